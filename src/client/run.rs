//! Drives one call: performs the actions that [`Call`] decides on. Dropping it aborts the request in
//! flight, clears the timer and leaves the queue.

use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use serde::de::DeserializeOwned;

use super::answer::Answer;
use super::event::{Facts, Moment};
use super::exchange::Exchange;
use super::exclusive::Exclusive;
use super::host::{self, Timer};
use super::prepare::{Argument, Outgoing, prepare};
use super::queue::{NoPlace, Place, Waits, Wish};
use super::response::ApiResponse;
use super::settings::{CallOptions, Limiting, Settings};
use super::{CenterfyError, Failure, characters};
use crate::call::{Action, Body, Call};
use crate::error::{Code, Delivery};
use crate::operations::Operation;

/// Makes one call. On success, the complete response is ready to be [read](Done::read).
pub(super) async fn run(
    settings: Arc<Settings>,
    options: CallOptions,
    operation: Operation,
    arguments: Vec<Argument>,
) -> Result<Done, CenterfyError> {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    if settings.base.starts_with('/') && !settings.takes_paths() {
        let field = if settings.keys.is_some() {
            "proxy"
        } else {
            "base_url"
        };
        let expected =
            "an absolute URL here (`https://example.com/api`): only a page resolves a path";
        return Err(CenterfyError::invalid(Some(operation), field, expected));
    }
    let mut outgoing = prepare(&settings, operation, arguments)?;
    outgoing.key = settings.key(operation, options.idempotency_key)?;
    if let Some(why) = settings.unable() {
        let nothing = Answer::lost(why);
        let failure = nothing.failure(Code::Network, &settings, operation, 0, Delivery::No);
        return Err(CenterfyError::new(Code::Network, failure));
    }
    let mut plan = options.limits.plan(operation);
    plan.once = settings.keys.is_some();
    let started = host::now();
    let mut driver = Driver {
        call: Call::new(plan, started),
        id: CALLS.fetch_add(1, Ordering::Relaxed),
        lease: plan.attempt_timeout,
        settings,
        outgoing,
        attempts: 0,
        started,
        sent: started,
        place: None,
        exchange: None,
        answer: Answer::default(),
    };
    let ended = driver.drive().await;
    let code = ended.as_ref().err().map(CenterfyError::code);
    let took = host::now() - started;
    driver.tell(driver.attempts, Moment::Ended { code, took });
    ended.map(|()| Done(driver))
}

/// A call that has succeeded.
pub(super) struct Done(Driver);

impl Done {
    /// The response body as a value of its type.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, CenterfyError> {
        let text = self.0.answer.text.as_deref().unwrap_or_default();
        serde_json::from_str(text).map_err(|error| self.misfit(&error))
    }

    /// The response with its status and headers.
    pub(super) fn response<T: DeserializeOwned>(self) -> Result<ApiResponse<T>, CenterfyError> {
        let answer = &self.0.answer;
        let status = u16::try_from(answer.status).unwrap_or_default();
        let headers = answer.headers.as_ref().map(super::headers::Raw::all);
        let request_id = answer.request_id(&self.0.settings);
        let attempts = self.0.attempts;
        Ok(ApiResponse {
            data: self.read()?,
            status,
            headers: headers.unwrap_or_default(),
            request_id,
            attempts,
        })
    }

    fn misfit(&self, error: &serde_json::Error) -> CenterfyError {
        let route = self.0.outgoing.operation.route();
        let delivery = if route.repeat_safe {
            Delivery::No
        } else {
            Delivery::Maybe
        };
        let mut failure = self.0.failure(Code::Parse, delivery);
        failure.message = format!(
            "{}: the request succeeded, but its response is not as expected: {}",
            self.0.outgoing.operation,
            self.0.settings.hide(self.0.answer.misfit(error))
        );
        CenterfyError::new(Code::Parse, failure)
    }
}

struct Driver {
    settings: Arc<Settings>,
    outgoing: Outgoing,
    call: Call,
    id: usize,
    /// The maximum duration of an attempt, in milliseconds; infinite for no limit.
    lease: f64,
    attempts: u32,
    /// When the call started, and when its last attempt did.
    started: f64,
    sent: f64,
    /// The slot under the rate limit, until the request is sent.
    place: Option<Place>,
    /// The request in flight.
    exchange: Option<Exchange>,
    /// The response of the last attempt.
    answer: Answer,
}

impl Driver {
    /// Runs until the call ends. On success, the response is in `answer`.
    async fn drive(&mut self) -> Result<(), CenterfyError> {
        let mut action = Action::Ask;
        loop {
            let milliseconds = match action {
                Action::Ask => {
                    action = match self.wait_for_place().await {
                        Ok(place) => {
                            self.place = place;
                            self.call.place(host::now())
                        }
                        Err(NoPlace::Held(held)) => {
                            self.answer.wait = Some(held);
                            self.call.held(held)
                        }
                        Err(NoPlace::Failed(cause)) => {
                            self.answer = Answer::lost(cause);
                            self.call.refused()
                        }
                    };
                    continue;
                }
                Action::Send(milliseconds) => {
                    self.send();
                    milliseconds
                }
                Action::Back(milliseconds) => {
                    self.exchange = None;
                    let (delay, reason) = (milliseconds, self.reason());
                    self.tell(self.attempts, Moment::Retry { delay, reason });
                    milliseconds
                }
                Action::Sleep(milliseconds) => milliseconds,
                Action::Succeed => return Ok(()),
                Action::Fail { code, delivery } => {
                    return Err(CenterfyError::new(code, self.failure(code, delivery)));
                }
            };
            action = self.wait(milliseconds).await;
        }
    }

    fn send(&mut self) {
        self.sent = host::now();
        if self.attempts > 0 {
            self.outgoing.since = Some(self.sent - self.started);
        }
        self.attempts += 1;
        self.answer = Answer::default();
        self.tell(self.attempts, Moment::Sent);
        let place = self.place.take();
        let exchange = Exchange::start(&self.settings, &self.outgoing, place);
        self.exchange = Some(exchange);
    }

    /// Waits for a slot, if there is a limit. The error is why no slot is available.
    async fn wait_for_place(&self) -> Result<Option<Place>, NoPlace> {
        let mut waits = match &self.settings.limiting {
            Limiting::None => return Ok(None),
            Limiting::Shared(limit) => {
                let wish = Wish {
                    limit: limit.limit(),
                    lease: self.lease,
                    patience: self.call.patience(),
                };
                Waits::shared(self.settings.shared(), wish)
            }
            Limiting::Own(gate) => Waits::Own(Exclusive::new(Arc::clone(gate).acquire())),
        };
        let mut told = false;
        let place = future::poll_fn(|context| {
            let polled = waits.poll(context);
            if polled.is_pending() && !std::mem::replace(&mut told, true) {
                self.tell(self.attempts + 1, Moment::Queued);
            }
            polled
        });
        place.await.map(Some)
    }

    /// Waits for the request in flight, at most this many milliseconds.
    async fn wait(&mut self, milliseconds: f64) -> Action {
        let mut alarm = Timer::after(milliseconds);
        let exchange = &mut self.exchange;
        let over = future::poll_fn(|context| {
            let over = exchange.as_mut().map(|it| it.poll(context).is_ready());
            if over == Some(true) {
                return Poll::Ready(true);
            }
            alarm.poll(context).map(|()| false)
        })
        .await;
        let random = host::random();
        if !over {
            let head = exchange.as_ref().map(Exchange::head).unwrap_or_default();
            let action = self.call.timer(host::now(), head, random);
            if !matches!(action, Action::Sleep(_)) {
                // An error reports what was received in this attempt.
                self.end_attempt(Some(Code::Timeout));
            }
            return action;
        }
        self.end_attempt(None);
        let (head, wait) = (self.answer.head(), self.answer.wait);
        if let (429, Some(wait)) = (head.status, wait) {
            self.settings.hold(wait);
        }
        match self.answer.kind() {
            None if head.status < 400 => self.call.lost(host::now(), head, random),
            // The rest of an error's body is lost, but its headers count.
            body => {
                let body = body.unwrap_or(Body::Unreadable);
                self.call.answer(host::now(), head, body, wait, random)
            }
        }
    }

    /// Stores the response of an attempt that has ended, or is aborted for this reason.
    fn end_attempt(&mut self, given_up: Option<Code>) {
        let Some(exchange) = self.exchange.take() else {
            return;
        };
        self.answer = exchange.end();
        self.answer.text = self.answer.text.take().map(characters::whole);
        self.answer.wait = self.answer.asked_wait();
        self.answer.given_up = given_up;
        let (status, took) = (self.answer.status, host::now() - self.sent);
        let lost = given_up.or(self.answer.lost.as_ref().map(|_| Code::Network));
        let moment = match lost {
            Some(code) => Moment::Lost { code, took },
            None => Moment::Answered { status, took },
        };
        self.tell(self.attempts, moment);
    }

    /// Why the last attempt failed.
    fn reason(&self) -> Code {
        match self.answer.given_up {
            Some(code) => code,
            None if self.answer.status >= 400 => Code::of_status(self.answer.status),
            None => Code::Network,
        }
    }

    fn tell(&self, attempt: u32, moment: Moment) {
        let Some(observer) = &self.settings.observer else {
            return;
        };
        observer.observe(Facts {
            call_id: self.id as u64,
            operation: self.outgoing.operation,
            attempt,
            url: &self.outgoing.url,
            hide: &|text| self.settings.hide(text),
            moment,
        });
    }

    fn failure(&self, code: Code, delivery: Delivery) -> Failure {
        let operation = self.outgoing.operation;
        self.answer
            .failure(code, &self.settings, operation, self.attempts, delivery)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "run_tests.rs"]
mod tests;
