//! A rate limiter of the caller's own.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::answer::duration;
use super::cause::Cause;

/// A future of a slot.
pub type Acquire<'a> =
    Pin<Box<dyn Future<Output = Result<Permit, Box<dyn Error + Send + Sync>>> + Send + 'a>>;

/// A rate limiter of your own, for example one that many machines share. One can serve many clients.
///
/// ```
/// use std::sync::Arc;
/// use centerfy::{Acquire, Client, Permit, RateLimiter};
/// use tokio::sync::Semaphore;
///
/// /// At most so many requests at the same time.
/// struct Concurrency(Arc<Semaphore>);
///
/// impl RateLimiter for Concurrency {
///     fn acquire(&self) -> Acquire<'_> {
///         let semaphore = Arc::clone(&self.0);
///         Box::pin(async move { Ok(Permit::new(semaphore.acquire_owned().await?)) })
///     }
/// }
///
/// # fn main() -> Result<(), centerfy::CenterfyError> {
/// let limiter = Arc::new(Concurrency(Arc::new(Semaphore::new(4))));
/// let client = Client::builder().api_key("cfy_test").rate_limiter(limiter).build()?;
/// # Ok(())
/// # }
/// ```
pub trait RateLimiter: Send + Sync {
    /// Waits for a slot: once for each attempt. The future is dropped where the call is given up.
    ///
    /// # Errors
    /// Where there is none to be had. The attempt is not sent, and the call ends with
    /// [`CenterfyError::RateLimited`](super::CenterfyError::RateLimited).
    fn acquire(&self) -> Acquire<'_>;

    /// The server has answered 429 and asks for a pause. Does nothing by default.
    fn hold(&self, pause: Duration) {
        let _ = pause;
    }
}

/// A slot. It is dropped when the request can no longer arrive: its answer's headers have come, the
/// attempt has ended without them, or it was never sent.
pub struct Permit {
    _guard: Box<dyn Any + Send + Sync>,
}

impl Permit {
    /// A slot that is released when `guard` is dropped: `()` where there is nothing to release.
    pub fn new(guard: impl Any + Send + Sync) -> Self {
        Self {
            _guard: Box::new(guard),
        }
    }
}

/// A limiter of the caller's own, as the client asks it.
pub(super) trait Gate: Send + Sync {
    fn acquire(self: Arc<Self>) -> Pin<Box<dyn Future<Output = Result<Permit, Cause>> + Send>>;

    fn hold(&self, milliseconds: f64);
}

/// A limiter behind a gate: a program that never sets one has none of its code.
pub(super) struct Own(pub(super) Arc<dyn RateLimiter>);

impl Gate for Own {
    fn acquire(self: Arc<Self>) -> Pin<Box<dyn Future<Output = Result<Permit, Cause>> + Send>> {
        Box::pin(async move {
            let permit = self.0.acquire().await;
            permit.map_err(|error| {
                Cause::new("the rate limiter failed").because(Some(Cause::of(&*error)))
            })
        })
    }

    fn hold(&self, milliseconds: f64) {
        self.0.hold(duration(milliseconds));
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}
