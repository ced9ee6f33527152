//! The handler of all requests: a request and the time in, a response out.

use crate::auth;
use crate::cors::{self, Area};
use crate::faults::Transfer;
use crate::http::{Request, Response};
use crate::inspector::Inspector;
use crate::log::{self, LogEntry};
use crate::operations::Input;
use crate::organization::{DEFAULT_KEY, Organization, Settings};
use crate::organizations::Organizations;
use crate::pending::{Outcome, PendingRequest};
use crate::preflights::Preflights;
use crate::routes::{self, Route};
use crate::{control, rate, recording, welcome};
use serde_json::Value;

/// The largest request body. A larger one is refused with 413; no request of the API comes close.
pub(crate) const LARGEST_BODY: usize = 8 << 20;

/// The API and its control endpoints, for any number of organizations.
///
/// It has no clock, no randomness of its own and no input or output. The time is an argument of each
/// call, in milliseconds since 1970.
#[derive(Debug, Clone)]
pub struct Handler {
    /// The main key of the organization that the handler was created with.
    first_key: String,
    organizations: Organizations,
    last_id: u64,
    preflights: Preflights,
}

impl Handler {
    /// A handler with the default organization. The seed determines the keys and ids of all others.
    pub fn new(seed: u64, now_ms: u64) -> Self {
        Self::with_settings(seed, Settings::default_organization(), now_ms)
    }

    /// A handler whose default organization has these settings.
    pub fn with_settings(seed: u64, settings: Settings, now_ms: u64) -> Self {
        Self::over(DEFAULT_KEY, Organizations::new(seed, settings, now_ms))
    }

    /// A handler with one organization, under the given key. Without a seed its ids are those of the
    /// default organization.
    pub fn with_organization(
        key: &str,
        seed: Option<u64>,
        settings: Settings,
        now_ms: u64,
    ) -> Self {
        let organization = Organization::under(key, seed, settings, now_ms);
        Self::over(
            key,
            Organizations::only(organization, seed.unwrap_or_default()),
        )
    }

    fn over(first_key: &str, organizations: Organizations) -> Self {
        Self {
            first_key: first_key.to_owned(),
            organizations,
            last_id: 0,
            preflights: Preflights::default(),
        }
    }

    /// Inspects and changes the organization with that main key. `None` if no organization has that key.
    pub fn inspect(&mut self, key: &str, now_ms: u64) -> Option<Inspector<'_>> {
        let organization = self.organizations.get(key)?;
        Some(Inspector::new(organization, now_ms))
    }

    /// Whether a path belongs to the API, the recordings, the control endpoints or the welcome page
    /// at `/`.
    pub fn is_for(path: &str) -> bool {
        area(path).is_some()
    }

    /// Handles a request in one step, for a transport in the same process.
    pub fn handle(&mut self, request: &Request, now_ms: u64) -> Outcome {
        let pending = self.receive(request, now_ms);
        Outcome {
            response: self.respond(&pending, request, now_ms),
            transfer: pending.transfer(),
            delay_ms: pending.delay_ms(),
        }
    }

    /// The first step: reads the head of a request, without its body, and decides how to treat it.
    pub fn receive(&mut self, head: &Request, now_ms: u64) -> PendingRequest {
        self.last_id += 1;
        let mut pending = PendingRequest {
            id: self.last_id,
            area: area(&head.path),
            organization: None,
            scope: None,
            operation: None,
            refusal: None,
            effect: None,
        };
        if pending.area != Some(Area::Api) {
            return pending;
        }
        if cors::is_preflight(head) {
            self.preflights.keep(head, now_ms);
            return pending;
        }
        if let Route::Operation(operation, id) = routes::route(&head.method, &head.path) {
            pending.operation = Some((operation, id));
        }
        pending.refusal = self.admit(head, &mut pending, now_ms).err();
        pending
    }

    /// The second step: performs the operation, with the request's body.
    pub fn respond(
        &mut self,
        pending: &PendingRequest,
        request: &Request,
        now_ms: u64,
    ) -> Response {
        let Some(area) = pending.area else {
            return Response::error(404, "There is nothing at this path");
        };
        if cors::is_preflight(request) {
            return cors::preflight(request, area);
        }
        let mut response = match area {
            Area::Control => control::respond(&mut self.organizations, request, now_ms),
            Area::Welcome => welcome::respond(&self.first_key, request),
            Area::Recordings => self.recording(request, now_ms),
            Area::Api => self.perform(pending, request, now_ms),
        };
        cors::allow(&mut response, area);
        if area == Area::Api {
            response.set("x-request-id", self.organizations.id("req_"));
            self.finish(pending, request, &mut response);
        }
        response
    }

    /// Logs that the client disconnected before it received the response.
    pub fn client_disconnected(&mut self, pending: &PendingRequest) {
        if let Some(entry) = self.log_entry(pending) {
            entry.closed_by_client = true;
        }
    }

    /// Logs the request. An error is the response to a request that must not be performed.
    fn admit(
        &mut self,
        head: &Request,
        pending: &mut PendingRequest,
        now_ms: u64,
    ) -> Result<(), Response> {
        let found = auth::key(head)
            .and_then(|(scheme, key)| Some((scheme, key, self.organizations.of_key(key)?)));
        let Some((scheme, key, organization)) = found else {
            require_route(head)?;
            return Err(auth::refusal(head).into());
        };
        let now_ms = organization.advance_to(now_ms);
        pending.organization = Some(organization.main.key.clone());
        let keys = organization.keys();
        if let Some(preflight) = self.preflights.announcing(head, &keys) {
            organization.log.push(preflight);
        }
        let entry = LogEntry::new(head, &keys, now_ms);
        organization.log.push(LogEntry {
            id: pending.id,
            operation: pending.operation().map(|operation| operation.id),
            auth: Some(scheme.name()),
            ..entry
        });
        require_route(head)?;
        let limit = organization.settings.rate_limit;
        if let Some(access) = organization.access(key) {
            pending.scope = Some(access.scope.clone());
            if let Some(Err(wait_ms)) = limit.map(|limit| access.window.take(limit, now_ms)) {
                return Err(rate::refusal(wait_ms));
            }
        }
        pending.effect = pending
            .operation()
            .and_then(|operation| organization.faults.take(operation));
        Ok(())
    }

    fn perform(&mut self, pending: &PendingRequest, request: &Request, now_ms: u64) -> Response {
        if let Some(refusal) = &pending.refusal {
            return refusal.clone();
        }
        if request.body.len() > LARGEST_BODY {
            return Response::error(413, "The request body is too large");
        }
        if pending
            .effect
            .as_ref()
            .is_some_and(|effect| !effect.carry_out)
        {
            return Response::empty(200);
        }
        let (Some((operation, id)), Some(scope)) = (&pending.operation, &pending.scope) else {
            return Response::error(404, "There is nothing at this path");
        };
        let Some(organization) = self.organization_of(pending) else {
            return auth::refusal(request).into();
        };
        let input = Input {
            id,
            scope,
            request,
            now_ms: organization.advance_to(now_ms),
        };
        match operation.perform(organization, &input) {
            Ok(response) => {
                if let Some(entry) = self.log_entry(pending) {
                    entry.carried_out = true;
                }
                response
            }
            Err(refusal) => refusal.into(),
        }
    }

    /// Replaces the response if a fault says so, and completes the log entry.
    fn finish(&mut self, pending: &PendingRequest, request: &Request, response: &mut Response) {
        if let Some(canned) = pending
            .effect
            .as_ref()
            .and_then(|effect| effect.canned.as_ref())
        {
            canned.replace(response);
        }
        let Some(organization) = self.organization_of(pending) else {
            return;
        };
        let keys = organization.keys();
        if let Some(entry) = organization.log.entry(pending.id) {
            entry.body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
            log::redact_value(&mut entry.body, &keys);
            if !matches!(pending.transfer(), Transfer::Nothing(_)) {
                entry.status = Some(response.status);
            }
        }
    }

    fn recording(&mut self, request: &Request, now_ms: u64) -> Response {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Response::wrong_method("GET, HEAD");
        }
        let found = recording::call_id(&request.path).and_then(|id| {
            self.organizations
                .of_call(id)
                .filter(|(_, call)| call.id == id)
        });
        match found {
            Some((organization, call)) => {
                let now_ms = organization.now(now_ms);
                recording::serve(request, &call.id, organization.secret, now_ms)
            }
            None => Response::error(404, "Recording not found"),
        }
    }

    fn organization_of(&mut self, pending: &PendingRequest) -> Option<&mut Organization> {
        self.organizations.get(pending.organization.as_ref()?)
    }

    fn log_entry(&mut self, pending: &PendingRequest) -> Option<&mut LogEntry> {
        self.organization_of(pending)?.log.entry(pending.id)
    }
}

fn area(path: &str) -> Option<Area> {
    let is_below = |prefix: &str| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if is_below(routes::BASE_PATH) {
        Some(Area::Api)
    } else if is_below(control::PATH) {
        Some(Area::Control)
    } else if is_below(recording::PATH) {
        Some(Area::Recordings)
    } else if path == "/" {
        Some(Area::Welcome)
    } else {
        None
    }
}

fn require_route(head: &Request) -> Result<(), Response> {
    match routes::route(&head.method, &head.path) {
        Route::Operation(..) => Ok(()),
        Route::WrongMethod(method) => Err(Response::wrong_method(method)),
        Route::Unknown => Err(Response::error(404, "There is no such endpoint")),
    }
}
