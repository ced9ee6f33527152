//! The contacts of an organization, by their ids.

use super::Contact;

/// The contacts of an organization, in their order. If an id is used twice, it is that of the first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contacts {
    list: Vec<Contact>,
    by_id: Index,
    by_conversation: Index,
}

impl From<Vec<Contact>> for Contacts {
    fn from(list: Vec<Contact>) -> Self {
        Self {
            by_id: Index::new(&list, contact_id),
            by_conversation: Index::new(&list, conversation_id),
            list,
        }
    }
}

impl Contacts {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Contact> {
        self.list.iter()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Contact> {
        self.list.get(self.by_id.find(&self.list, contact_id, id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Contact> {
        let at = self.by_id.find(&self.list, contact_id, id)?;
        self.list.get_mut(at)
    }

    /// The contact of a conversation.
    pub(crate) fn of_conversation(&self, id: &str) -> Option<&Contact> {
        let at = self.by_conversation.find(&self.list, conversation_id, id)?;
        self.list.get(at)
    }
}

type IdOf = fn(&Contact) -> &str;

fn contact_id(contact: &Contact) -> &str {
    &contact.id
}

fn conversation_id(contact: &Contact) -> &str {
    &contact.conversation_id
}

/// A hash table of positions in a list. A map of the standard library adds 3 000 bytes (brotli) to the
/// WebAssembly module.
#[derive(Debug, Clone, Default)]
struct Index {
    /// At the hash of an id or after it: one more than the position in the list, or 0.
    slots: Vec<usize>,
}

impl Index {
    fn new(list: &[Contact], id_of: IdOf) -> Self {
        let slots = vec![0; (2 * list.len()).next_power_of_two()];
        let mut index = Self { slots };
        for (position, contact) in list.iter().enumerate() {
            let (slot, found) = index.probe(list, id_of, id_of(contact));
            if found.is_none()
                && let Some(slot) = index.slots.get_mut(slot)
            {
                *slot = position + 1;
            }
        }
        index
    }

    /// The position of an id in the list.
    fn find(&self, list: &[Contact], id_of: IdOf, id: &str) -> Option<usize> {
        self.probe(list, id_of, id).1
    }

    /// The slot of an id or a free one for it, and the position in the list. At least half of the slots
    /// are free.
    fn probe(&self, list: &[Contact], id_of: IdOf, id: &str) -> (usize, Option<usize>) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash(id) & mask;
        loop {
            let position = self.slots.get(slot).and_then(|at| at.checked_sub(1));
            match position.and_then(|position| list.get(position)) {
                Some(contact) if id_of(contact) != id => slot = (slot + 1) & mask,
                Some(_) => return (slot, position),
                None => return (slot, None),
            }
        }
    }
}

/// FNV-1a.
fn hash(id: &str) -> usize {
    let hash = id.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    usize::try_from(hash).unwrap_or_default()
}
