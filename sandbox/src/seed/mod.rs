//! The agents, contacts, conversations and calls of a fictional dental practice.

mod business;
mod dialogues;
mod people;

use crate::auth::Scope;
use crate::entities::{Agent, Call, Contact, Message};
use crate::organization::{NewContact, NewContacts};
use crate::random::Random;
use business::{AGENTS, CALLS, CONTACTS, Person, TIME_ZONE};
use dialogues::{EXCHANGES, Side};
use serde_json::json;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The initial entities of an organization.
pub(crate) struct Practice {
    pub(crate) agents: Vec<Agent>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) calls: Vec<Call>,
}

/// A dental practice in that scope, with a history of some days before `now_ms`.
pub(crate) fn practice(scope: &Scope, random: &mut Random, now_ms: u64) -> Practice {
    let agents = agents(scope, random, now_ms);
    let contacts: Vec<Contact> = CONTACTS
        .iter()
        .enumerate()
        .map(|(place, person)| contact(person, place, scope, random, now_ms))
        .collect();
    let calls = calls(&agents, &contacts, random, now_ms);
    Practice {
        agents,
        contacts,
        calls,
    }
}

/// The contacts of the settings, without messages.
pub(crate) fn contacts(wanted: &NewContacts, scope: &Scope, random: &mut Random) -> Vec<Contact> {
    match wanted {
        NewContacts::People(count) => people::made_up(*count, scope, random),
        NewContacts::List(list) => {
            let contacts = list.iter();
            contacts.map(|it| listed(it, scope, random)).collect()
        }
    }
}

fn listed(wanted: &NewContact, scope: &Scope, random: &mut Random) -> Contact {
    let (id, conversation_id) = (random.uuid(), random.id("conv_"));
    Contact {
        id: wanted.id.clone().unwrap_or(id),
        scope: scope.clone(),
        name: wanted.name.clone(),
        email: wanted.email.clone(),
        phone: wanted.phone.clone(),
        time_zone: wanted.time_zone.clone(),
        conversation_id: wanted.conversation_id.clone().unwrap_or(conversation_id),
        messages: Vec::new(),
    }
}

fn agents(scope: &Scope, random: &mut Random, now_ms: u64) -> Vec<Agent> {
    let mut agents = Vec::with_capacity(AGENTS.len());
    for (age, settings) in (0..).zip(AGENTS) {
        agents.push(Agent {
            id: random.uuid(),
            scope: scope.clone(),
            settings: serde_json::from_str(settings).unwrap_or_default(),
            created_ms: now_ms.saturating_sub((90 - 20 * age) * DAY + 5 * HOUR),
            updated_ms: now_ms.saturating_sub((12 - 3 * age) * DAY + 2 * HOUR),
            archived_ms: None,
        });
    }
    agents
}

fn calls(agents: &[Agent], contacts: &[Contact], random: &mut Random, now_ms: u64) -> Vec<Call> {
    let mut calls = Vec::with_capacity(CALLS.len());
    for plan in CALLS {
        if let (Some(agent), Some(contact)) = (agents.get(plan.agent), contacts.get(plan.contact)) {
            calls.push(Call {
                id: random.uuid(),
                sid: random.call_sid(),
                agent_id: agent.id.clone(),
                contact_id: contact.id.clone(),
                scope: agent.scope.clone(),
                started_ms: now_ms.saturating_sub(plan.minutes_ago * MINUTE),
                recording: plan.recording,
                status: Some(plan.status),
            });
        }
    }
    calls
}

fn contact(
    person: &Person,
    place: usize,
    scope: &Scope,
    random: &mut Random,
    now_ms: u64,
) -> Contact {
    let mut contact = Contact {
        id: random.uuid(),
        scope: scope.clone(),
        name: person.name.map(str::to_owned),
        email: person.email.map(str::to_owned),
        phone: person.phone.map(str::to_owned),
        time_zone: person.phone.map(|_| TIME_ZONE.to_owned()),
        conversation_id: random.id("conv_"),
        messages: conversation(person, place, random, now_ms),
    };
    // One message has a type and a field that are not in the contract. Clients must accept them.
    if place == 1
        && let Some(message) = contact.messages.iter_mut().rev().nth(2)
    {
        message.message_type = "voicemail".to_owned();
        message
            .extra
            .insert("duration_seconds".to_owned(), json!(17));
    }
    contact
}

/// A conversation of short exchanges, with the person's number of messages.
fn conversation(person: &Person, place: usize, random: &mut Random, now_ms: u64) -> Vec<Message> {
    let lines = EXCHANGES
        .iter()
        .cycle()
        .skip(place * 5)
        .enumerate()
        .flat_map(|(turn, lines)| {
            lines
                .iter()
                .enumerate()
                .map(move |(line, text)| (turn, line, *text))
        })
        .take(person.messages);
    let first = person
        .name
        .and_then(|name| name.split(' ').next())
        .unwrap_or("there");
    let mut messages = Vec::with_capacity(person.messages);
    for (turn, line, (side, text)) in lines {
        let channel = person.channels.get(turn % person.channels.len().max(1));
        let gap = if line == 0 {
            random.between(9 * HOUR, 26 * HOUR)
        } else {
            random.between(MINUTE, 14 * MINUTE)
        };
        messages.push(Message::new(
            random.id("msg_"),
            text.replace("{first}", first),
            match side {
                Side::Agent => "agent",
                Side::Contact => "contact",
            },
            channel.copied().unwrap_or("sms"),
            gap,
        ));
    }
    // So far, `at_ms` is the time since the previous message. Make it absolute, from the last one back.
    let mut at_ms = now_ms.saturating_sub(person.quiet_minutes * MINUTE);
    for message in messages.iter_mut().rev() {
        let gap = message.at_ms;
        message.at_ms = at_ms;
        at_ms = at_ms.saturating_sub(gap);
    }
    messages
}
