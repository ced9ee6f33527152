//! The entities of an organization: agents, contacts with their conversations, and calls.

mod agent;
mod call;
mod contact;
mod contacts;

pub(crate) use agent::Agent;
pub(crate) use call::{Call, Recording};
pub(crate) use contact::{Contact, Message};
pub(crate) use contacts::Contacts;
