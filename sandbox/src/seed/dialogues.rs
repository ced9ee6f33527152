//! The texts of the conversations, as short exchanges.

/// The author of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Agent,
    Contact,
}

use Side::{Agent as A, Contact as C};

type Line = (Side, &'static str);

/// The exchanges. Each stays on one subject and one channel.
#[rustfmt::skip]
pub(crate) const EXCHANGES: &[&[Line]] = &[
    &[
        (A, "Hi {first}, this is Nora from Harbor Street Dental. Your check-up with Dr. Hale is on Tuesday at 9:30. Reply YES to confirm."),
        (C, "YES"),
        (A, "Thank you, {first}. See you on Tuesday at 9:30. We are on the second floor, the lift is by the bakery."),
    ],
    &[
        (C, "Hello, something came up on Tuesday. Can I move my appointment?"),
        (A, "Of course. I have Wednesday at 11:15 or Thursday at 3:00. Which is better for you?"),
        (C, "Thursday at 3 please"),
        (A, "Done: Thursday at 3:00 with Dr. Hale. You will get a reminder the day before."),
        (C, "Perfect, thank you so much!"),
    ],
    &[
        (C, "Do you take Northway dental insurance?"),
        (A, "Yes, we do. If you send us a photo of the card, front and back, we will check what your plan covers before the visit."),
        (C, "Great, I will send it tonight."),
    ],
    &[
        (C, "I chipped a tooth at lunch. It does not hurt but the edge is sharp. Is that urgent?"),
        (A, "Sorry to hear that, {first}. Not an emergency as long as it does not hurt, but we would like to see it this week. Tomorrow at 8:20 is free."),
        (C, "8:20 works"),
        (A, "You are booked for tomorrow at 8:20. Until then a little orthodontic wax from the pharmacy will cover the edge."),
    ],
    &[
        (A, "Hi {first}, how is the tooth after yesterday's visit?"),
        (C, "Much better, I can hardly tell which one it was."),
        (A, "Lovely to hear. If it feels high when you bite, call us and we will polish it in five minutes."),
    ],
    &[
        (C, "Could you send me the invoice for last week again? I cannot find it."),
        (A, "Certainly. I have just sent it to the address we have on file."),
        (C, "Got it. Can I pay by card on the phone?"),
        (A, "You can: 207-555-0100, option 2, weekdays from 8 to 5. There is a pay link at the bottom of the invoice as well."),
        (C, "Paid with the link. Thanks"),
    ],
    &[
        (C, "What does whitening cost?"),
        (A, "Whitening in the practice is $420 and takes about ninety minutes. The trays for home are $260. Dr. Hale can tell you which suits your teeth, at no charge."),
        (C, "I think the home trays. Do I need an appointment?"),
        (A, "One short one for the impressions, twenty minutes. Friday at 1:40 is free."),
        (C, "Please book me in"),
        (A, "Booked: Friday at 1:40. See you then, {first}."),
    ],
    &[
        (A, "Hi {first}, it has been six months since your last cleaning. Shall I find you a time this month?"),
        (C, "Yes please, early mornings are best for me"),
        (A, "I have the 14th at 7:45 and the 16th at 8:10 with Jamie, our hygienist."),
        (C, "The 16th"),
        (A, "The 16th at 8:10 it is."),
    ],
    &[
        (C, "Is there parking near the practice?"),
        (A, "Yes, behind the building; take the entrance on Mill Lane. The first two hours are free for patients, just bring the ticket to the desk."),
        (C, "Good to know, thanks"),
    ],
    &[
        (C, "My daughter is seven and a bit nervous. Can she see someone who is good with kids?"),
        (A, "Dr. Osei sees most of our young patients and has all the time they need. We can begin with a visit where she only looks around."),
        (C, "That sounds ideal. When?"),
        (A, "Next Monday at 3:30, after school?"),
        (C, "We will be there. Thank you for being so kind about it."),
    ],
    &[
        (A, "Hi {first}, a time has come free today at 2:00, a week before your appointment. Would you like to have it?"),
        (C, "I am at work until 5, sorry"),
        (A, "No problem at all, your appointment stays as it is."),
    ],
    &[
        (C, "I still feel the injection on the left side. Is that normal after four hours?"),
        (A, "It can take up to five hours to wear off, so that is still normal. Please eat on the other side until then. If it is not gone by tonight, call 207-555-0100; someone picks up at any time."),
        (C, "It is going away now. Thank you!"),
    ],
    &[
        (C, "Can you send my x-rays to my new orthodontist?"),
        (A, "Gladly. I need their name and your OK in writing; a reply to this message is enough."),
        (C, "Bayview Orthodontics. I agree to sending them my x-rays."),
        (A, "Sent to Bayview Orthodontics this afternoon. They confirmed that they have them."),
    ],
    &[
        (A, "Thank you for coming in today, {first}. If you have a minute, how did we do?"),
        (C, "Everything was great and right on time. Jamie is the best."),
        (A, "That made Jamie's day. See you in six months!"),
    ],
    &[
        (C, "Which toothbrush did Dr. Hale recommend? I forgot to write it down."),
        (A, "A soft round head, and a pressure sensor if you can. She wrote 'two minutes, twice a day, no scrubbing' in your notes."),
        (C, "Ha, that sounds like her. Thanks"),
    ],
    &[
        (C, "Do you have an estimate for the crown yet?"),
        (A, "Yes: $1,180, of which your plan covers $640. The estimate is on its way to you with all the details."),
        (C, "And how many visits is that?"),
        (A, "Two: an hour for the preparation, and half an hour two weeks later to fit it."),
        (C, "OK, let us do it. Any time after the 20th."),
        (A, "The 22nd at 10:00 and the 6th at 10:00. Both are held for you."),
    ],
    &[
        (A, "Hi {first}, a reminder of your visit tomorrow at 10:00. Please have a light breakfast before you come."),
        (C, "Will do. Am I allowed to drive afterwards?"),
        (A, "Yes, it is only a local anaesthetic. You can drive as soon as you feel well."),
    ],
    &[
        (C, "Running ten minutes late, traffic on the bridge"),
        (A, "Thanks for telling us. We will wait for you, drive safely."),
        (C, "Just parked!"),
    ],
    &[
        (C, "Are you open on the Monday of the long weekend?"),
        (A, "We are closed that Monday and open again on Tuesday at 8:00. For emergencies 207-555-0100 is answered all weekend."),
        (C, "OK thanks"),
    ],
    &[
        (C, "The new night guard feels tight. Should I keep wearing it?"),
        (A, "A little tight is normal for the first three nights. If it hurts or leaves a mark, come by any weekday before noon and we will ease it while you wait."),
        (C, "Third night and it is fine now"),
        (A, "Wonderful. Bring it along to your next cleaning so that we can have a look."),
    ],
    &[
        (A, "Hi {first}, we have new opening hours: from next month we are here until 7 on Wednesdays."),
        (C, "Finally, that is so useful! Can I move my cleaning to a Wednesday evening?"),
        (A, "Done: Wednesday at 6:15 instead of Thursday morning."),
        (C, "You are the best"),
    ],
    &[
        (C, "I moved. My new address is 18 Alder Road, same town."),
        (A, "Thank you, I have changed it. Is the phone number still the right one?"),
        (C, "Yes, same number"),
    ],
    &[
        (C, "How long do I have to wait before I can drink coffee after the filling?"),
        (A, "A white filling is hard at once, so as soon as the numbness is gone. For today we would still go easy on very hot drinks."),
        (C, "Best news of the day"),
    ],
    &[
        (C, "Can my husband come with me on Thursday? He would like to become a patient too."),
        (A, "With pleasure. Aria, who looks after our new patients, can register him by phone so that there is nothing to fill in. Shall she call him?"),
        (C, "Yes please, weekdays after 4."),
        (A, "She will call tomorrow after 4. Welcome to both of you!"),
    ],
];
