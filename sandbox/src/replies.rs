//! The texts that AI agents write, and the replies of contacts.

use crate::entities::Contact;
use crate::random::Random;

/// A subject, the words by which it is recognized, and the texts of both sides.
struct Topic {
    words: &'static [&'static str],
    agent: &'static str,
    contact: &'static [&'static str],
}

const TOPICS: &[Topic] = &[
    Topic {
        words: &["reschedul", "cancel", "move", "another day", "another time"],
        agent: "No trouble at all, we can move your visit. Thursday at 10:30 and Friday at 2:15 are open; which of the two suits you better?",
        contact: &[
            "Friday at 2:15 works, thank you!",
            "Thursday morning please.",
        ],
    },
    Topic {
        words: &[
            "appointment",
            "book",
            "visit",
            "slot",
            "schedule",
            "tomorrow",
            "available",
        ],
        agent: "I would be glad to book that for you. We have tomorrow at 9:00 or Wednesday at 3:45 with Dr. Hale. Shall I hold one of them?",
        contact: &[
            "Tomorrow at 9 is perfect.",
            "Could you hold Wednesday for me?",
        ],
    },
    Topic {
        words: &[
            "pain",
            "hurt",
            "ache",
            "emergency",
            "broken",
            "chipped",
            "swollen",
        ],
        agent: "I am sorry to hear that. We keep time free every day for exactly this: can you come in today at 4:40? Until then, avoid very hot and very cold drinks.",
        contact: &[
            "Yes, I can be there at 4:40.",
            "Thank you. It is better already, but I will come.",
        ],
    },
    Topic {
        words: &[
            "price",
            "cost",
            "quote",
            "invoice",
            "bill",
            "pay",
            "insurance",
        ],
        agent: "Happy to clear that up. I have put the estimate together and sent it to the address on file; most plans cover it in part. Would you like us to check with your insurer first?",
        contact: &[
            "Yes please, check with the insurer.",
            "Got it, that is clear now. Thanks!",
        ],
    },
    Topic {
        words: &[
            "remind", "confirm", "due", "check-up", "checkup", "cleaning",
        ],
        agent: "Just a friendly reminder that your next check-up and cleaning is due. Reply YES and I will keep the usual time for you, or tell me what suits you better.",
        contact: &["YES", "Yes, the usual time is fine."],
    },
    Topic {
        words: &["thank", "review", "feedback", "welcome", "great"],
        agent: "Thank you, that made our day here at the front desk! If there is anything else you need, just write back to this message.",
        contact: &["You are all wonderful, see you next time.", "Will do!"],
    },
    Topic {
        words: &["whiten", "aligner", "implant", "crown", "veneer"],
        agent: "Good question. The first consultation takes twenty minutes and is free of charge; Dr. Hale will show you what is possible for you. Does a day next week work?",
        contact: &[
            "Next Tuesday would work for me.",
            "How long does the whole thing take?",
        ],
    },
];

/// The agent's text for a prompt.
pub(crate) fn from_agent(agent: &str, contact: &Contact, prompt: &str) -> String {
    let last = contact
        .messages
        .iter()
        .rev()
        .find(|message| message.sender_type == "contact")
        .map_or("", |message| message.content.as_str());
    let body = topic(prompt).or_else(|| topic(last)).map_or(
        "Thank you for your message. I have passed it on to the team, and one of us will get back to you today.",
        |topic| topic.agent,
    );
    let first = contact
        .name
        .as_deref()
        .and_then(|name| name.split(' ').next());
    let greeting = first.map_or("Hi".to_owned(), |first| format!("Hi {first}"));
    let agent = agent.split(',').next().unwrap_or(agent);
    format!("{greeting}, this is {agent} from Harbor Street Dental. {body}")
}

/// A contact's reply to a message.
pub(crate) fn from_contact(sent: &str, random: &mut Random) -> String {
    topic(sent)
        .and_then(|topic| random.pick(topic.contact))
        .or_else(|| {
            random.pick(&[
                "Thanks for letting me know!",
                "Okay, thank you.",
                "Great, talk soon.",
            ])
        })
        .map_or(String::new(), |text| (*text).to_owned())
}

fn topic(text: &str) -> Option<&'static Topic> {
    let text = text.to_lowercase();
    TOPICS
        .iter()
        .find(|topic| topic.words.iter().any(|word| text.contains(word)))
}
