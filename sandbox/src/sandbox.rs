//! The one handler: a request and the time in, an answer out.

use crate::auth;
use crate::cors::{self, Part};
use crate::faults::Manner;
use crate::http::{Answer, Request};
use crate::log::{self, Entry};
use crate::preflights::Preflights;
use crate::random::Random;
use crate::receipt::{Outcome, Receipt};
use crate::routes::{self, Operation, Route};
use crate::world::World;
use crate::{agents, calls, control, messages, rate, recording};
use serde_json::Value;
use std::collections::BTreeMap;

/// A larger body is refused; no request of the API comes near.
pub(crate) const LARGEST_BODY: usize = 8 << 20;

/// The API and its control door, over any number of worlds.
#[derive(Debug, Clone)]
pub struct Sandbox {
    pub(crate) worlds: BTreeMap<String, World>,
    pub(crate) random: Random,
    tickets: u64,
    preflights: Preflights,
}

impl Sandbox {
    /// A sandbox with its well-known world. The seed decides the keys and ids of all others.
    pub fn new(seed: u64, now_ms: u64) -> Self {
        let world = World::well_known(now_ms);
        Self {
            worlds: BTreeMap::from([(world.main.key.clone(), world)]),
            random: Random::new(seed),
            tickets: 0,
            preflights: Preflights::default(),
        }
    }

    /// Whether a path leads to the API, the recordings or the control door.
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
            Part::Control => control::answer(self, request, now_ms),
            Part::Recordings => self.recording(request, now_ms),
            Part::Api => self.carry_out(receipt, request, now_ms),
        };
        cors::open(&mut answer, part);
        if part == Part::Api {
            answer.set("x-request-id", self.random.id("req_"));
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
        let main = sent.and_then(|(_, key)| self.main_key(key));
        let world = main.and_then(|main| self.worlds.get_mut(&main));
        let holder = sent.zip(world).map(|((way, key), world)| (way, key, world));
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
        world.log.push(Entry {
            ticket: receipt.ticket,
            operation: receipt.operation().map(Operation::id),
            auth: Some(way.name()),
            ..Entry::new(head, &keys, now_ms)
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

    /// The main key of the world that a key belongs to.
    fn main_key(&self, key: &str) -> Option<String> {
        if self.worlds.contains_key(key) {
            return Some(key.to_owned());
        }
        let mut worlds = self.worlds.values();
        let world = worlds.find(|world| world.other.key == key)?;
        Some(world.main.key.clone())
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
        let Some(world) = receipt
            .world
            .as_ref()
            .and_then(|key| self.worlds.get_mut(key))
        else {
            return auth::refusal(request).into();
        };
        world.advance(now_ms);
        let result = match operation {
            Operation::GetAgent => agents::get(world, scope, id),
            Operation::CreateAgent => agents::create(world, scope, request, now_ms),
            Operation::UpdateAgent => agents::update(world, scope, id, request, now_ms),
            Operation::ArchiveAgent => agents::archive(world, scope, request, now_ms),
            Operation::MakeAiCall => calls::make(world, scope, id, request, now_ms),
            Operation::GetCallRecording => {
                calls::get_recording(world, scope, id, &origin(request), now_ms)
            }
            Operation::GetContactMessages => messages::get(world, scope, id, request),
            Operation::SendMessage => messages::send(world, scope, request, now_ms),
        };
        match result {
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
        let Some(world) = receipt
            .world
            .as_ref()
            .and_then(|key| self.worlds.get_mut(key))
        else {
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
        let found = recording::call_id(&request.path).and_then(|id| {
            let mut worlds = self.worlds.values();
            worlds.find_map(|world| Some((id, world.call(id)?, world.secret)))
        });
        match found {
            Some((id, call, secret)) if call.id == id => {
                recording::serve(request, id, secret, now_ms)
            }
            _ => Answer::error(404, "Recording not found"),
        }
    }

    fn log_entry(&mut self, receipt: &Receipt) -> Option<&mut Entry> {
        let world = self.worlds.get_mut(receipt.world.as_ref()?)?;
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

/// Where the client found this server, for absolute URLs.
fn origin(request: &Request) -> String {
    let scheme = match request.header("x-forwarded-proto") {
        Some("https") => "https",
        _ => "http",
    };
    format!(
        "{scheme}://{}",
        request.header("host").unwrap_or("localhost")
    )
}
