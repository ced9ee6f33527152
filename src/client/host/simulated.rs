//! A simulation for the crate's own tests: a clock that advances when every future waits, and a server
//! with the responses that a test sets.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::call::Head;
use crate::client::answer::Answer;
use crate::client::cause::Cause;
use crate::client::headers::Raw;
use crate::client::prepare::Outgoing;
use crate::client::queue::Place;
use crate::client::settings::Settings;

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::default());
}

type Ring = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct World {
    now: f64,
    /// By when they ring, in microseconds, and their number.
    timers: BTreeMap<(u64, u64), Ring>,
    last_timer: u64,
    chance: u64,
    replies: VecDeque<Reply>,
    sent: Vec<Sent>,
}

/// How the server treats one request.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// When the headers come, in milliseconds after the request.
    pub(crate) headers_after: f64,
    /// When the body has come whole, in milliseconds after the headers.
    pub(crate) body_after: f64,
    /// 0: the connection breaks instead of headers.
    pub(crate) status: u32,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// `None`: the connection breaks instead of a body.
    pub(crate) text: Option<String>,
}

impl Reply {
    pub(crate) fn new(status: u32, text: &str) -> Self {
        Self {
            headers_after: 1.0,
            body_after: 1.0,
            status,
            headers: Vec::new(),
            text: Some(text.into()),
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn broken() -> Self {
        Self {
            text: None,
            ..Self::new(0, "")
        }
    }

    pub(crate) fn silent() -> Self {
        Self {
            headers_after: f64::INFINITY,
            ..Self::broken()
        }
    }
}

/// A request as the server received it.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) at: f64,
    pub(crate) url: String,
    pub(crate) aborted: bool,
}

fn world<T>(act: impl FnOnce(&mut World) -> T) -> T {
    WORLD.with_borrow_mut(act)
}

/// Sets the replies to the next requests. The server does not reply to later ones.
pub(crate) fn replies(replies: impl IntoIterator<Item = Reply>) {
    world(|world| world.replies.extend(replies));
}

/// Drops the unused replies.
pub(crate) fn forget() {
    world(|world| world.replies.clear());
}

/// All requests that were sent.
pub(crate) fn sent() -> Vec<Sent> {
    world(|world| world.sent.clone())
}

/// How many timers are set.
pub(crate) fn timers() -> usize {
    world(|world| world.timers.len())
}

/// How many timers were ever set.
pub(crate) fn timers_set() -> u64 {
    world(|world| world.last_timer)
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a future until it is over, or until nothing can happen any more or the clock reaches `until`:
/// then `None`, and the future is dropped.
pub(crate) fn run_until<T>(future: impl Future<Output = T>, until: f64) -> Option<T> {
    let flag = Arc::new(Flag(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&flag));
    let mut future = pin!(future);
    loop {
        while flag.0.swap(false, Ordering::Relaxed) {
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Some(value);
            }
        }
        let next = world(|world| match world.timers.pop_first() {
            Some(((at, number), ring)) if at as f64 / 1000.0 > until => {
                world.timers.insert((at, number), ring);
                None
            }
            Some(((at, _), ring)) => {
                world.now = world.now.max(at as f64 / 1000.0);
                Some(ring)
            }
            None => None,
        });
        next?();
    }
}

pub(crate) fn now() -> f64 {
    world(|world| world.now)
}

pub(crate) fn wall_clock() -> f64 {
    1_790_000_000_000.0 + now()
}

/// The time that an HTTP date tells. Nothing here reads one.
pub(crate) fn time_of_date(_date: &str) -> Option<f64> {
    None
}

pub(crate) fn random() -> f64 {
    0.0
}

pub(crate) fn bits() -> u64 {
    world(|world| {
        world.chance += 1;
        world.chance
    })
}

/// Rings once, unless it is dropped before.
struct Alarm((u64, u64));

/// Ends after so many milliseconds.
pub(crate) struct Timer {
    bell: Arc<Mutex<Bell>>,
    _alarm: Alarm,
}

#[derive(Default)]
struct Bell {
    rung: bool,
    waker: Option<Waker>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Timer {
    pub(crate) fn after(milliseconds: f64) -> Self {
        let bell = Arc::<Mutex<Bell>>::default();
        let rope = Arc::clone(&bell);
        let alarm = Alarm::after(milliseconds, move || {
            let mut bell = lock(&rope);
            bell.rung = true;
            if let Some(waker) = bell.waker.take() {
                waker.wake();
            }
        });
        Self {
            bell,
            _alarm: alarm,
        }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut bell = lock(&self.bell);
        if bell.rung {
            return Poll::Ready(());
        }
        bell.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Alarm {
    fn after(milliseconds: f64, ring: impl FnOnce() + Send + 'static) -> Self {
        world(|world| {
            world.last_timer += 1;
            let at = ((world.now + milliseconds.min(1e12)) * 1000.0).ceil() as u64;
            let key = (at, world.last_timer);
            world.timers.insert(key, Box::new(ring));
            Self(key)
        })
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        // Drop it after the borrow: the closure's captures may call back into this module.
        let _ring = WORLD.try_with(|world| world.borrow_mut().timers.remove(&self.0));
    }
}

#[derive(Default)]
struct Wire {
    answer: Answer,
    over: bool,
    waker: Option<Waker>,
    timer: Option<Alarm>,
    /// Until the headers have come.
    place: Option<Place>,
}

pub(crate) struct Exchange {
    wire: Arc<Mutex<Wire>>,
    number: usize,
}

impl Exchange {
    pub(crate) fn start(
        _settings: &Settings,
        outgoing: &Outgoing,
        mut place: Option<Place>,
    ) -> Self {
        if let Some(place) = &mut place {
            place.send();
        }
        let (reply, number) = world(|world| {
            world.sent.push(Sent {
                at: world.now,
                url: outgoing.url.clone(),
                aborted: false,
            });
            let reply = world.replies.pop_front().unwrap_or_else(Reply::silent);
            (reply, world.sent.len() - 1)
        });
        let wire = Arc::new(Mutex::new(Wire {
            place,
            ..Wire::default()
        }));
        if reply.headers_after.is_finite() {
            let other = Arc::clone(&wire);
            let timer = Alarm::after(reply.headers_after, move || headers(&other, reply));
            lock(&wire).timer = Some(timer);
        }
        Self { wire, number }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut wire = lock(&self.wire);
        wire.waker = Some(context.waker().clone());
        if wire.over {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }

    pub(crate) fn head(&self) -> Head {
        lock(&self.wire).answer.head()
    }

    pub(crate) fn end(self) -> Answer {
        std::mem::take(&mut lock(&self.wire).answer)
    }
}

fn headers(wire: &Arc<Mutex<Wire>>, reply: Reply) {
    let mut open = lock(wire);
    open.place = None;
    if reply.status == 0 {
        open.answer.lost = Some(Cause::new("connection reset"));
        return open.end();
    }
    open.answer.status = reply.status;
    let headers = reply.headers.iter();
    let headers = headers.map(|(name, value)| ((*name).to_owned(), value.clone()));
    open.answer.headers = Some(Raw::List(headers.collect()));
    if reply.body_after.is_finite() {
        let other = Arc::clone(wire);
        open.timer = Some(Alarm::after(reply.body_after, move || body(&other, reply)));
    }
}

fn body(wire: &Arc<Mutex<Wire>>, reply: Reply) {
    let mut open = lock(wire);
    match reply.text {
        Some(text) => open.answer.text = Some(text),
        None => open.answer.lost = Some(Cause::new("terminated")),
    }
    open.end();
}

impl Wire {
    fn end(&mut self) {
        self.over = true;
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let mut wire = lock(&self.wire);
        wire.timer = None;
        wire.place = None;
        if !wire.over {
            world(|world| {
                if let Some(sent) = world.sent.get_mut(self.number) {
                    sent.aborted = true;
                }
            });
        }
    }
}
