//! The settings of an organization.

use crate::rate::RateLimit;
use serde_json::Value;

/// The largest page size of the contract.
pub(crate) const LARGEST_LIMIT: usize = 200;

/// The rate limit of the API.
const API_LIMIT: RateLimit = RateLimit {
    requests: 60,
    per_ms: 60_000,
};

/// The settings of an organization.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The rate limit of each key. `None` for no limit.
    pub rate_limit: Option<RateLimit>,
    /// Whether contacts reply two seconds after a message.
    pub contact_replies: bool,
    /// The lifetime of the URL of a recording, in milliseconds.
    pub recording_expires_in_ms: u64,
    /// The largest page size, whatever the request's `limit` is.
    pub largest_page: usize,
    /// Whether the organization starts without agents, contacts and calls.
    pub empty: bool,
    /// The initial contacts, which have no messages and calls. `None` for those of the dental
    /// practice.
    pub contacts: Option<Vec<NewContact>>,
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
}

impl NewContact {
    /// Reads a list of contacts from JSON.
    ///
    /// # Errors
    /// If it is not a list of contacts. The message continues after the name of the list.
    pub(crate) fn list(json: &Value) -> Result<Vec<Self>, String> {
        let list = json.as_array().ok_or("must be a list of contacts")?;
        list.iter().map(Self::read).collect()
    }

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
                _ => {
                    return Err(format!(
                        "has an unknown field {name}; a contact has id, conversation_id, name, email and phone"
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

impl Default for Settings {
    fn default() -> Self {
        Self {
            rate_limit: None,
            contact_replies: false,
            recording_expires_in_ms: 3_600_000,
            largest_page: LARGEST_LIMIT,
            empty: false,
            contacts: None,
        }
    }
}

impl Settings {
    /// The settings of the default organization: the API's rate limit, and contacts that reply.
    pub fn default_organization() -> Self {
        Self {
            rate_limit: Some(API_LIMIT),
            contact_replies: true,
            ..Self::default()
        }
    }

    /// Sets the setting of a command-line option. For `--contacts`, the value is the content of the
    /// file.
    ///
    /// # Errors
    /// If the option or the value is invalid.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), String> {
        match option {
            "--rate-limit" => self.rate_limit = rate_limit(value)?,
            "--contact-replies" => self.contact_replies = switch(option, value)?,
            "--contacts" => {
                let json = serde_json::from_str(value)
                    .map_err(|error| format!("{option} must be JSON: {error}"))?;
                let contacts =
                    NewContact::list(&json).map_err(|problem| format!("{option} {problem}"))?;
                self.contacts = Some(contacts);
            }
            "--empty" => self.empty = switch(option, value)?,
            _ => return Err(format!("unknown option {option}")),
        }
        Ok(())
    }
}

fn rate_limit(value: &str) -> Result<Option<RateLimit>, String> {
    if value == "none" {
        return Ok(None);
    }
    let limit = value.split_once('/').and_then(|(requests, per_ms)| {
        Some(RateLimit {
            requests: requests.parse().ok()?,
            per_ms: per_ms.parse().ok()?,
        })
    });
    match limit {
        Some(limit) if limit.requests > 0 && limit.per_ms > 0 => Ok(Some(limit)),
        _ => Err(format!(
            "--rate-limit must be REQUESTS/MILLISECONDS, such as 60/60000, or none, not {value}"
        )),
    }
}

fn switch(option: &str, value: &str) -> Result<bool, String> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("{option} must be on or off, not {value}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_line_options_set_them() {
        let mut settings = Settings::default_organization();
        for (option, value) in [
            ("--rate-limit", "5/1000"),
            ("--contact-replies", "off"),
            ("--contacts", r#"[{"id": "c-1", "name": "Mia"}, {}]"#),
            ("--empty", "on"),
        ] {
            assert_eq!(settings.set(option, value), Ok(()), "{option}");
        }
        let limit = settings
            .rate_limit
            .map(|limit| (limit.requests, limit.per_ms));
        assert_eq!(limit, Some((5, 1_000)));
        assert!(!settings.contact_replies && settings.empty);
        let contacts = settings.contacts.take().unwrap_or_default();
        let ids: Vec<_> = contacts
            .iter()
            .map(|contact| contact.id.as_deref())
            .collect();
        assert_eq!(ids, [Some("c-1"), None]);
        assert_eq!(settings.set("--rate-limit", "none"), Ok(()));
        assert_eq!(settings.rate_limit, None);
    }

    #[test]
    fn an_invalid_option_is_named() {
        for (option, value) in [
            ("--rate-limit", ""),
            ("--rate-limit", "60"),
            ("--rate-limit", "0/1000"),
            ("--rate-limit", "60/-1"),
            ("--contact-replies", "yes"),
            ("--contacts", "{}"),
            ("--contacts", "["),
            ("--contacts", r#"[{"name": 1}]"#),
            ("--contacts", r#"[{"nmae": "Mia"}]"#),
            ("--empty", "true"),
            ("--other", "on"),
        ] {
            let refused = Settings::default().set(option, value);
            assert!(
                refused.is_err_and(|message| message.contains(option)),
                "{option} {value}"
            );
        }
    }
}
