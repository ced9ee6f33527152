//! Custom rate limiters.

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

/// A custom rate limiter, for example one that several machines share. Several clients can use one.
///
/// ```
/// use std::sync::Arc;
/// use centerfy::{Acquire, Client, Permit, RateLimiter};
/// use tokio::sync::Semaphore;
///
/// /// Limits the number of concurrent requests.
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
    /// Waits for a slot. It is called once for each attempt. The future is dropped if the call is dropped.
    ///
    /// # Errors
    /// Any error means that no slot is available. The attempt is not sent, and the call ends with
    /// [`CenterfyError::RateLimited`](super::CenterfyError::RateLimited).
    fn acquire(&self) -> Acquire<'_>;

    /// Called when the server has responded with 429 and requests a pause. Defaults to no effect.
    fn hold(&self, pause: Duration) {
        let _ = pause;
    }
}

/// A slot under a rate limit. The client drops it when the request can no longer arrive: the response
/// headers were received, the attempt ended without them, or the request was never sent.
pub struct Permit {
    _guard: Box<dyn Any + Send + Sync>,
}

impl Permit {
    /// Creates a slot that is released when `guard` is dropped. Pass `()` if there is nothing to release.
    pub fn new(guard: impl Any + Send + Sync) -> Self {
        Self {
            _guard: Box::new(guard),
        }
    }
}

/// A custom rate limiter, as the client calls it.
pub(super) trait Gate: Send + Sync {
    fn acquire(self: Arc<Self>) -> Pin<Box<dyn Future<Output = Result<Permit, Cause>> + Send>>;

    fn hold(&self, milliseconds: f64);
}

/// A custom rate limiter behind a [`Gate`]: programs that do not set one contain none of this code.
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
