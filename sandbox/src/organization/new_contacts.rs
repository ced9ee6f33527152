//! The initial contacts of an organization.

use serde_json::Value;

/// The initial contacts of an organization. They have no messages and no calls.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum NewContacts {
    /// That number of made-up people, spread over time zones. The seed determines them. One in
    /// seventeen has no phone number, one in nine no email address. At most [`Self::MOST`].
    People(usize),
    /// These contacts.
    List(Vec<NewContact>),
}

/// An initial contact of an organization.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    /// The contact's id. `None` for a generated one.
    pub id: Option<String>,
    /// The id of the contact's conversation. `None` for a generated one.
    pub conversation_id: Option<String>,
    /// The contact's name.
    pub name: Option<String>,
    /// The contact's email address. Without it, no email reaches the contact.
    pub email: Option<String>,
    /// The contact's phone number. Without it, no call, SMS or WhatsApp message reaches the contact.
    pub phone: Option<String>,
    /// The contact's time zone, such as `America/New_York`.
    pub time_zone: Option<String>,
}

impl From<usize> for NewContacts {
    fn from(count: usize) -> Self {
        Self::People(count)
    }
}

impl From<Vec<NewContact>> for NewContacts {
    fn from(list: Vec<NewContact>) -> Self {
        Self::List(list)
    }
}

impl<const N: usize> From<[NewContact; N]> for NewContacts {
    fn from(list: [NewContact; N]) -> Self {
        Self::List(list.into())
    }
}

impl NewContacts {
    /// The largest number of made-up people.
    pub const MOST: usize = 100_000;

    /// Reads a number of people, or a list of contacts.
    ///
    /// # Errors
    /// If it is neither. The message continues after the name of the setting.
    pub(crate) fn read(json: &Value) -> Result<Self, String> {
        if let Some(list) = json.as_array() {
            let list: Result<_, _> = list.iter().map(NewContact::read).collect();
            return list.map(Self::List);
        }
        json.as_u64()
            .and_then(|count| usize::try_from(count).ok())
            .filter(|&count| count <= Self::MOST)
            .map(Self::People)
            .ok_or_else(|| {
                let most = Self::MOST;
                format!("must be an integer between 0 and {most} or a list of contacts")
            })
    }
}

impl NewContact {
    fn read(json: &Value) -> Result<Self, String> {
        let mut contact = Self::default();
        let fields = json.as_object().ok_or("must be a list of objects")?;
        for (name, value) in fields {
            let field = match name.as_str() {
                "id" => &mut contact.id,
                "conversation_id" => &mut contact.conversation_id,
                "name" => &mut contact.name,
                "email" => &mut contact.email,
                "phone" => &mut contact.phone,
                "time_zone" => &mut contact.time_zone,
                _ => {
                    return Err(format!(
                        "has an unknown field {name}; a contact has id, conversation_id, name, email, phone and time_zone"
                    ));
                }
            };
            *field = match value {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                _ => return Err(format!("must be objects whose {name} is a string")),
            };
        }
        Ok(contact)
    }
}
