//! How a world behaves.

use crate::rate::RateLimit;
use serde_json::Value;

/// The contract's own bound.
pub(crate) const LARGEST_LIMIT: usize = 200;

/// The API's own limit.
const API_LIMIT: RateLimit = RateLimit {
    requests: 60,
    per_ms: 60_000,
};

/// How a world behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The limit of each key; none if left out.
    pub rate_limit: Option<RateLimit>,
    /// Whether a contact answers two seconds after a message.
    pub contact_replies: bool,
    /// How long a recording's URL is good for.
    pub recording_expires_in_ms: u64,
    /// As many messages a page has at the most, whatever was asked for.
    pub largest_page: usize,
    /// Whether it begins without agents, contacts and calls.
    pub empty: bool,
    /// The contacts that it begins with, without messages and calls; the practice's if left out.
    pub contacts: Option<Vec<NewContact>>,
}

/// A contact that a world begins with.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    /// Its id; a new one if left out.
    pub id: Option<String>,
    /// The id of its conversation; a new one if left out.
    pub conversation_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its email address; without one, no email reaches it.
    pub email: Option<String>,
    /// Its phone number; without one, no SMS and no WhatsApp message reaches it.
    pub phone: Option<String>,
}

impl NewContact {
    /// Reads a list of contacts out of JSON.
    ///
    /// # Errors
    /// When it is none, in words that go on after its name.
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
                _ => return Err(format!("has a field that a contact does not have: {name}")),
            };
            *field = match value {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                _ => return Err(format!("must have strings as {name}")),
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
    /// Those of the world that is always there: the API's own limit, and contacts who answer.
    pub fn well_known() -> Self {
        Self {
            rate_limit: Some(API_LIMIT),
            contact_replies: true,
            ..Self::default()
        }
    }

    /// Sets what an option of a command line names. The value is as it was typed; for `--contacts`
    /// it is the text of the file.
    ///
    /// # Errors
    /// When the value cannot be understood, in words for the person who typed it.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), String> {
        match option {
            "--rate-limit" => self.rate_limit = rate_limit(value)?,
            "--contact-replies" => self.contact_replies = switch(option, value)?,
            "--contacts" => {
                let json = serde_json::from_str(value)
                    .map_err(|error| format!("{option} must be JSON: {error}"))?;
                let contacts =
                    NewContact::list(&json).map_err(|words| format!("{option} {words}"))?;
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
    fn a_command_line_sets_them() {
        let mut settings = Settings::well_known();
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
    fn what_it_does_not_understand_is_named() {
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
                refused.is_err_and(|words| words.contains(option)),
                "{option} {value}"
            );
        }
    }
}
