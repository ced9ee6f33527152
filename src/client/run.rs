//! Drives one call: does what [`Call`] decides. Dropping it ends whatever is under way, for what it
//! waits for ends with it: the request is aborted, the timer cleared, the queue left.

use std::future;
use std::sync::Arc;
use std::task::Poll;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::Answer;
use super::exchange::Exchange;
use super::host::{self, Timer};
use super::prepare::{Outgoing, prepare};
use super::queue::{self, Place, Wish};
use super::settings::{Limits, Settings};
use super::{CenterfyError, Failure};
use crate::call::{Action, Body, Call};
use crate::error::{Code, Delivery};
use crate::operations::Operation;

/// Makes one call. Its answer of success has come whole, and is to be [read](Done::read).
pub(super) async fn run(
    settings: Arc<Settings>,
    limits: Limits,
    operation: Operation,
    arguments: Vec<Value>,
) -> Result<Done, CenterfyError> {
    let outgoing = prepare(&settings, operation, arguments)?;
    if let Some(why) = settings.unable() {
        let nothing = Answer::lost(why);
        let failure = nothing.failure(Code::Network, &settings, operation, 0, Delivery::No);
        return Err(CenterfyError::new(Code::Network, failure));
    }
    let plan = limits.plan(operation);
    let mut driver = Driver {
        call: Call::new(plan, host::now()),
        lease: plan.attempt_timeout,
        settings,
        outgoing,
        attempts: 0,
        place: None,
        exchange: None,
        answer: Answer::default(),
    };
    driver.drive().await?;
    Ok(Done(driver))
}

/// A call whose answer of success has come.
pub(super) struct Done(Driver);

impl Done {
    /// Its answer as a value of its type.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, CenterfyError> {
        let text = self.0.answer.text.as_deref().unwrap_or_default();
        serde_json::from_str(text).map_err(|error| self.misfit(&error))
    }

    fn misfit(&self, error: &serde_json::Error) -> CenterfyError {
        let spec = self.0.outgoing.operation.spec();
        let delivery = if spec.repeat_safe {
            Delivery::No
        } else {
            Delivery::Maybe
        };
        let mut failure = self.0.failure(Code::Parse, delivery);
        failure.message = format!(
            "{}: it was carried out, but its answer is not as expected: {}",
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
    /// The longest that an attempt may take, in milliseconds; infinite for no limit.
    lease: f64,
    attempts: u32,
    /// Its place under the rate limit, until it sends.
    place: Option<Place>,
    /// What is on the wire.
    exchange: Option<Exchange>,
    /// What came of the last attempt.
    answer: Answer,
}

impl Driver {
    /// Until the call is over. An answer of success is in `answer`.
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
                        Err(held) => {
                            self.answer.wait = Some(held);
                            self.call.held(held)
                        }
                    };
                    continue;
                }
                Action::Send(milliseconds) => {
                    self.attempts += 1;
                    self.answer = Answer::default();
                    let place = self.place.take();
                    let exchange = Exchange::start(&self.settings, &self.outgoing, place);
                    self.exchange = Some(exchange);
                    milliseconds
                }
                Action::Back(milliseconds) => {
                    self.exchange = None;
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

    /// Its place, where there is a limit; or the server's pause, in milliseconds, that is too long for it.
    async fn wait_for_place(&self) -> Result<Option<Place>, f64> {
        let Some(limit) = self.settings.rate_limit else {
            return Ok(None);
        };
        let wish = Wish {
            limit: limit.limit(),
            lease: self.lease,
            patience: self.call.patience(),
        };
        queue::place(&self.settings.shared(), wish).await.map(Some)
    }

    /// Waits for what is on the wire, but no longer than so many milliseconds.
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
                // What came of the attempt is what an error tells.
                self.end_attempt();
            }
            return action;
        }
        self.end_attempt();
        let (head, wait) = (self.answer.head(), self.answer.wait);
        if let (429, Some(wait), Some(_)) = (head.status, wait, self.settings.rate_limit) {
            queue::hold(&self.settings.shared(), wait);
        }
        match self.answer.kind() {
            None if head.status < 400 => self.call.lost(host::now(), head, random),
            // The rest of an error's body is lost: its headers stand.
            body => {
                let body = body.unwrap_or(Body::Unreadable);
                self.call.answer(host::now(), head, body, wait, random)
            }
        }
    }

    fn end_attempt(&mut self) {
        if let Some(exchange) = self.exchange.take() {
            self.answer = exchange.end();
            self.answer.wait = self.answer.asked_wait();
        }
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
