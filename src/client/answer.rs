//! The response of one attempt, as far as it was received.

use std::time::Duration;

use super::cause::Cause;
use super::envelope::Envelope;
use super::headers::Raw;
use super::host;
use super::settings::Settings;
use super::{Failure, misfit};
use crate::call::{Body, Head};
use crate::error::{
    self, Code, Delivery, MAYBE_DELIVERED_HEADER, REDIRECTED, REQUEST_ID_HEADERS, Said,
};
use crate::operations::Operation;
use crate::retry;
use crate::types::Json;
use crate::validate;

/// A response, complete or not.
#[derive(Default)]
pub(super) struct Answer {
    /// 0 until the headers are received.
    pub(super) status: u32,
    pub(super) headers: Option<Raw>,
    /// The whole body.
    pub(super) text: Option<String>,
    /// The wait that the server requests, in milliseconds.
    pub(super) wait: Option<f64>,
    /// Why no response, or an incomplete one, was received.
    pub(super) lost: Option<Cause>,
    /// The maximum size of the body in bytes, if the body is larger.
    pub(super) too_large: Option<usize>,
    /// Why the client stopped waiting for it.
    pub(super) given_up: Option<Code>,
}

/// The maximum length of a body that is not JSON in an error.
const LONGEST_TEXT: usize = 1000;

impl Answer {
    /// No response was received, for this reason.
    pub(super) fn lost(why: Cause) -> Self {
        Self {
            lost: Some(why),
            ..Self::default()
        }
    }

    /// The kind of the body, for the call's decisions. `None` if it is incomplete.
    pub(super) fn kind(&self) -> Option<Body> {
        if self.too_large.is_some() {
            return Some(Body::Unreadable);
        }
        self.text.as_ref()?;
        Some(match self.envelope() {
            Some(Envelope { error: true, .. }) => Body::Error,
            Some(_) => Body::Json,
            None => Body::Unreadable,
        })
    }

    fn envelope(&self) -> Option<Envelope> {
        Envelope::read(self.text.as_ref()?)
    }

    /// Why the body does not match the response's type.
    pub(super) fn misfit(&self, error: &serde_json::Error) -> String {
        misfit::words(self.text.as_deref().unwrap_or_default(), error)
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.as_ref()?.get(name)
    }

    /// The wait that the headers of an error request, in milliseconds.
    pub(super) fn asked_wait(&self) -> Option<f64> {
        if self.status < 400 {
            return None;
        }
        retry::WAIT_HEADERS.into_iter().find_map(|(name, unit)| {
            let value = self.header(name)?;
            let date = || match name {
                retry::RETRY_AFTER => host::time_of_date(&retry::date(&value)?),
                _ => None,
            };
            let until = || Some(date()? - host::wall_clock());
            let wait = retry::wait(&value, unit).or_else(until)?;
            (wait >= 0.0).then_some(wait)
        })
    }

    /// The facts from the headers, for the call's decisions.
    pub(super) fn head(&self) -> Head {
        let word = self.header(MAYBE_DELIVERED_HEADER);
        let is_said = |said: &Said| word.as_deref() == Some(said.word());
        Head {
            status: self.status,
            said: Said::EACH.into_iter().find(is_said),
        }
    }

    fn body(&self, settings: &Settings) -> Option<Json> {
        let text = settings.hide(self.text.clone()?);
        if text.is_empty() {
            return None;
        }
        Json::of_text(text.clone()).or_else(|| {
            let cut: String = text.chars().take(LONGEST_TEXT).collect();
            Json::of_text(serde_json::to_string(&cut).ok()?)
        })
    }

    /// The server's request id.
    pub(super) fn request_id(&self, settings: &Settings) -> Option<String> {
        let mut names = REQUEST_ID_HEADERS.into_iter();
        let id = names.find_map(|name| self.header(name));
        id.map(|id| settings.hide(id))
    }

    /// The details of a call that fails with this code after this attempt.
    pub(super) fn failure(
        &self,
        code: Code,
        settings: &Settings,
        operation: Operation,
        attempts: u32,
        delivery: Delivery,
    ) -> Failure {
        let words = self.envelope().and_then(|envelope| envelope.message);
        // A message that warns about the last attempt must not say that nothing was sent.
        let fits = |text: &String| delivery != Delivery::Maybe || !error::denies_delivery(text);
        let said = match words.filter(|text| !text.is_empty() && fits(text)) {
            Some(text) => settings.hide(text),
            // Below 400, only a body with `"error": true` ends with this code.
            None if code == Code::Http
                && !(200..300).contains(&self.status)
                && self.status < 400 =>
            {
                REDIRECTED.into()
            }
            None => match self.too_large.filter(|_| code == Code::Parse) {
                Some(most) => format!(
                    "the response is larger than {most} bytes; raise max_response_bytes to read it"
                ),
                None => code.hint().into(),
            },
        };
        let field = (self.status == 400).then(|| field_in(&said, operation));
        let mut message = format!("{}: {said}", operation.name());
        let is_told = matches!(code, Code::Network | Code::RateLimited);
        let cause = self.lost.as_ref().filter(|_| is_told);
        let cause = cause.map(|cause| cause.map(&|text| settings.hide(text)));
        let chain = cause.as_ref().map(Cause::chain);
        if let Some(chain) = chain.filter(|chain| !chain.is_empty() && fits(chain)) {
            message += &format!(" ({chain})");
        }
        let request_id = self.request_id(settings);
        if self.status != 0 {
            message += &format!(" (status {}", self.status);
            if let Some(id) = &request_id {
                message += &format!(", request {id}");
            }
            message.push(')');
        }
        message += delivery.warning();
        Failure {
            operation: Some(operation),
            message,
            status: u16::try_from(self.status).ok().filter(|it| *it != 0),
            field: field.flatten().map(Into::into),
            issues: Vec::new(),
            cause,
            body: self.body(settings),
            request_id,
            retry_after: self.wait.map(duration),
            attempts,
            maybe_delivered: delivery != Delivery::No,
        }
    }
}

/// The field of the request that a text names first.
fn field_in(text: &str, operation: Operation) -> Option<&'static str> {
    let fields = validate::names(operation).get(validate::arity(operation)..)?;
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut words = text.split(|character| !is_part(character));
    words.find_map(|word| fields.iter().copied().find(|field| *field == word))
}

/// Converts milliseconds to a duration, [`Duration::MAX`] at most.
pub(super) fn duration(milliseconds: f64) -> Duration {
    Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or(Duration::MAX)
}
