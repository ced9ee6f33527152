//! The settings of an organization.

use super::new_contacts::NewContacts;
use crate::rate::RateLimit;

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
    /// The initial contacts. `None` for those of the dental practice.
    pub contacts: Option<NewContacts>,
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

    /// Sets the setting of a command-line option. For `--contacts`, the value is a number or the
    /// content of the file.
    ///
    /// # Errors
    /// If the option or the value is invalid.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), String> {
        match option {
            "--rate-limit" => self.rate_limit = rate_limit(value)?,
            "--contact-replies" => self.contact_replies = switch(option, value)?,
            "--contacts" => self
                .set_contacts(value)
                .map_err(|problem| format!("{option} {problem}"))?,
            "--empty" => self.empty = switch(option, value)?,
            _ => return Err(format!("unknown option {option}")),
        }
        Ok(())
    }

    /// Sets the contacts from JSON: a number of made-up people, or a list of contacts.
    ///
    /// # Errors
    /// If it is neither. The message continues after the name of the setting.
    pub fn set_contacts(&mut self, json: &str) -> Result<(), String> {
        let json = serde_json::from_str(json).map_err(|error| format!("must be JSON: {error}"))?;
        self.contacts = Some(NewContacts::read(&json)?);
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
        let contacts = settings.contacts.take();
        assert!(matches!(contacts, Some(NewContacts::List(list)) if list.len() == 2));
        assert_eq!(settings.set("--contacts", "1000"), Ok(()));
        let contacts = settings.contacts.take();
        assert!(matches!(contacts, Some(NewContacts::People(1_000))));
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
            ("--contacts", "-1"),
            ("--contacts", "0.5"),
            ("--contacts", "100001"),
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
