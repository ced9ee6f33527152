//! The one handler: a request and the time in, an answer out.

use crate::auth;
use crate::cors::{self, Part};
use crate::door::Door;
use crate::faults::Manner;
use crate::http::{Answer, Request};
use crate::log::{self, LogEntry};
use crate::operations::{self, Order};
use crate::preflights::Preflights;
use crate::receipt::{Outcome, Receipt};
use crate::routes::{self, Operation, Route};
use crate::world::{Settings, WELL_KNOWN_KEY, World};
use crate::worlds::Worlds;
use crate::{control, rate, recording, welcome};
use serde_json::Value;

/// A larger body is refused; no request of the API comes near.
pub(crate) const LARGEST_BODY: usize = 8 << 20;

/// The API and its control door, over any number of worlds.
#[derive(Debug, Clone)]
pub struct Sandbox {
    /// The main key of the world that it was made with.
    home: String,
    worlds: Worlds,
    tickets: u64,
    preflights: Preflights,
}

impl Sandbox {
    /// A sandbox with its well-known world. The seed decides the keys and ids of all others.
    pub fn new(seed: u64, now_ms: u64) -> Self {
        Self::with_settings(seed, Settings::well_known(), now_ms)
    }

    /// The same with other settings of the well-known world.
    pub fn with_settings(seed: u64, settings: Settings, now_ms: u64) -> Self {
        Self::over(WELL_KNOWN_KEY, Worlds::new(seed, settings, now_ms))
    }

    /// A sandbox with one world, under a key of one's choice. Without a seed its ids are the
    /// well-known ones.
    pub fn with_world(key: &str, seed: Option<u64>, settings: Settings, now_ms: u64) -> Self {
        let world = World::under(key, seed, settings, now_ms);
        Self::over(key, Worlds::only(world, seed.unwrap_or_default()))
    }

    fn over(home: &str, worlds: Worlds) -> Self {
        Self {
            home: home.to_owned(),
            worlds,
            tickets: 0,
            preflights: Preflights::default(),
        }
    }

    /// The side entrance to the world with that main key.
    pub fn door(&mut self, key: &str, now_ms: u64) -> Option<Door<'_>> {
        let world = self.worlds.get(key)?;
        Some(Door::new(world, now_ms))
    }

    /// Whether a path leads to the API, the recordings, the control door or the welcome at `/`.
    pub fn is_for(path: &str) -> bool {
        part(path).is_some()
    }

    /// Does all at once, for a transport that lies in the same process.
    pub fn handle(&mut self, request: &Request, now_ms: u64) -> Outcome {
        let receipt = self.receive(request, now_ms);
        Outcome {
            answer: self.answer(&receipt, request, now_ms),
            manner: receipt.manner(),
            delay_ms: receipt.delay_ms(),
        }
    }

    /// The first half: looks at a request's head only, and decides what happens to it.
    pub fn receive(&mut self, head: &Request, now_ms: u64) -> Receipt {
        self.tickets += 1;
        let mut receipt = Receipt {
            ticket: self.tickets,
            part: part(&head.path),
            world: None,
            scope: None,
            operation: None,
            refusal: None,
            effect: None,
        };
        if receipt.part != Some(Part::Api) {
            return receipt;
        }
        if cors::is_preflight(head) {
            self.preflights.keep(head, now_ms);
            return receipt;
        }
        if let Route::Operation(operation, id) = routes::route(&head.method, &head.path) {
            receipt.operation = Some((operation, id));
        }
        receipt.refusal = self.admit(head, &mut receipt, now_ms).err();
        receipt
    }

    /// The second half: carries out what was received, now that the body is there too.
    pub fn answer(&mut self, receipt: &Receipt, request: &Request, now_ms: u64) -> Answer {
        let Some(part) = receipt.part else {
            return Answer::error(404, "There is nothing at this path");
        };
        if cors::is_preflight(request) {
            return cors::preflight(request, part);
        }
        let mut answer = match part {
            Part::Control => control::answer(&mut self.worlds, request, now_ms),
            Part::Welcome => welcome::answer(&self.home, request),
            Part::Recordings => self.recording(request, now_ms),
            Part::Api => self.carry_out(receipt, request, now_ms),
        };
        cors::open(&mut answer, part);
        if part == Part::Api {
            answer.set("x-request-id", self.worlds.id("req_"));
            self.finish(receipt, request, &mut answer);
        }
        answer
    }

    /// Notes that the client went away before it had its answer.
    pub fn closed_by_client(&mut self, receipt: &Receipt) {
        if let Some(entry) = self.log_entry(receipt) {
            entry.closed_by_client = true;
        }
    }

    /// Logs the request, and decides whether it may go on.
    fn admit(&mut self, head: &Request, receipt: &mut Receipt, now_ms: u64) -> Result<(), Answer> {
        let sent = auth::key(head);
        let holder = sent.and_then(|(way, key)| Some((way, key, self.worlds.of_key(key)?)));
        let Some((way, key, world)) = holder else {
            reachable(head)?;
            return Err(auth::refusal(head).into());
        };
        world.advance(now_ms);
        receipt.world = Some(world.main.key.clone());
        let keys = [world.main.key.as_str(), world.other.key.as_str()];
        if let Some(preflight) = self.preflights.announcing(head, &keys) {
            world.log.push(preflight);
        }
        world.log.push(LogEntry {
            ticket: receipt.ticket,
            operation: receipt.operation().map(Operation::id),
            auth: Some(way.name()),
            ..LogEntry::new(head, &keys, now_ms)
        });
        reachable(head)?;
        let limit = world.settings.rate_limit;
        if let Some(access) = world.access(key) {
            receipt.scope = Some(access.scope.clone());
            if let Some(Err(wait_ms)) = limit.map(|limit| access.window.take(limit, now_ms)) {
                return Err(rate::refusal(wait_ms));
            }
        }
        receipt.effect = receipt
            .operation()
            .and_then(|operation| world.faults.take(operation));
        Ok(())
    }

    fn carry_out(&mut self, receipt: &Receipt, request: &Request, now_ms: u64) -> Answer {
        if let Some(refusal) = &receipt.refusal {
            return refusal.clone();
        }
        if request.body.len() > LARGEST_BODY {
            return Answer::error(413, "The body is too large");
        }
        if receipt
            .effect
            .as_ref()
            .is_some_and(|effect| !effect.carry_out)
        {
            return Answer::empty(200);
        }
        let (Some((operation, id)), Some(scope)) = (&receipt.operation, &receipt.scope) else {
            return Answer::error(404, "There is nothing at this path");
        };
        let order = Order {
            operation: *operation,
            id,
            scope,
            request,
        };
        let main_key = receipt.world.as_ref();
        let Some(world) = main_key.and_then(|key| self.worlds.get(key)) else {
            return auth::refusal(request).into();
        };
        world.advance(now_ms);
        match operations::carry_out(world, &order, now_ms) {
            Ok(answer) => {
                if let Some(entry) = self.log_entry(receipt) {
                    entry.carried_out = true;
                }
                answer
            }
            Err(refusal) => refusal.into(),
        }
    }

    /// Puts a canned answer in the real one's place, and completes the log.
    fn finish(&mut self, receipt: &Receipt, request: &Request, answer: &mut Answer) {
        if let Some(canned) = receipt
            .effect
            .as_ref()
            .and_then(|effect| effect.canned.as_ref())
        {
            canned.replace(answer);
        }
        let main_key = receipt.world.as_ref();
        let Some(world) = main_key.and_then(|key| self.worlds.get(key)) else {
            return;
        };
        let keys = [world.main.key.as_str(), world.other.key.as_str()];
        if let Some(entry) = world.log.entry(receipt.ticket) {
            entry.body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
            log::redact_value(&mut entry.body, &keys);
            if !matches!(receipt.manner(), Manner::Nothing(_)) {
                entry.status = Some(answer.status);
            }
        }
    }

    fn recording(&mut self, request: &Request, now_ms: u64) -> Answer {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Answer::wrong_method("GET, HEAD");
        }
        let found = recording::call_id(&request.path)
            .and_then(|id| self.worlds.of_call(id).filter(|(_, call)| call.id == id));
        match found {
            Some((world, call)) => recording::serve(request, &call.id, world.secret, now_ms),
            None => Answer::error(404, "Recording not found"),
        }
    }

    fn log_entry(&mut self, receipt: &Receipt) -> Option<&mut LogEntry> {
        let world = self.worlds.get(receipt.world.as_ref()?)?;
        world.log.entry(receipt.ticket)
    }
}

fn part(path: &str) -> Option<Part> {
    let below = |prefix: &str| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if below(routes::BASE_PATH) {
        Some(Part::Api)
    } else if below("/_sandbox") {
        Some(Part::Control)
    } else if below("/recordings") {
        Some(Part::Recordings)
    } else if path == "/" {
        Some(Part::Welcome)
    } else {
        None
    }
}

fn reachable(head: &Request) -> Result<(), Answer> {
    match routes::route(&head.method, &head.path) {
        Route::Operation(..) => Ok(()),
        Route::WrongMethod(method) => Err(Answer::wrong_method(method)),
        Route::Unknown => Err(Answer::error(404, "There is no such endpoint")),
    }
}
