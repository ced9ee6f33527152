//! Making a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::event::{Event, Listener, Observer};
use super::keys::Keys;
use super::rate_limiter::{Own, RateLimiter};
use super::settings::{Auth, Limiting, Limits, RateLimit, Settings};
#[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
use super::wire::Transport;
use super::{CenterfyError, Client, host};
use crate::url;

/// Sets up a [`Client`]. Every option has a default.
///
/// ```no_run
/// use std::time::Duration;
/// use centerfy::{Auth, Client, RateLimit};
///
/// # fn main() -> Result<(), centerfy::CenterfyError> {
/// let client = Client::builder()
///     .api_key("cfy_…")
///     .auth(Auth::ApiKey)
///     .attempt_timeout(Duration::from_secs(10))
///     .timeout(None)
///     .max_retries(5)
///     .rate_limit(RateLimit::new(10, Duration::from_secs(1)))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "`build` makes the client"]
pub struct ClientBuilder {
    api_key: Option<String>,
    base_url: Option<String>,
    proxy: Option<(String, Keys)>,
    auth: Auth,
    limiting: Limiting,
    observer: Option<Arc<dyn Observer>>,
    limits: Limits,
    max_response_bytes: usize,
    #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
    transport: Option<Arc<dyn Transport>>,
    dangerously_allow_browser: bool,
}

/// The most bytes that the body of an answer may have, where nothing else is set: 16 MiB.
const MAX_RESPONSE_BYTES: usize = 16 << 20;

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            api_key: None,
            base_url: None,
            proxy: None,
            auth: Auth::default(),
            limiting: Limiting::Shared(RateLimit::default()),
            observer: None,
            limits: Limits {
                attempt_timeout: Some(Duration::from_secs(30)),
                timeout: Some(Duration::from_secs(60)),
                max_retries: 2,
            },
            max_response_bytes: MAX_RESPONSE_BYTES,
            #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
            transport: None,
            dangerously_allow_browser: false,
        }
    }

    /// The API key (`cfy_…`). Needed unless [`base_url`](Self::base_url) is that of a proxy of your
    /// own, which adds it.
    ///
    /// Whoever has it can do everything in its scope, so it belongs on a server: in a page, a client
    /// with a key can only be made with
    /// [`dangerously_allow_browser`](Self::dangerously_allow_browser).
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// How the key is sent: [`Auth::Bearer`] when left out.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// The URL below which the operations are: that of a proxy, or a path (`/api/crm`) in a page or a
    /// worker. The API's own when left out.
    ///
    /// A path is for pages and for transports of your own. A program that renders on a server too can be
    /// given one: it builds there, and each call ends with [`CenterfyError::Validation`].
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The path or URL at which a proxy made by `centerfy/proxy` stands, instead of
    /// [`base_url`](Self::base_url) and [`api_key`](Self::api_key). Through it nothing is performed
    /// twice, so all operations are tried again alike. It ends with a slash if the framework has one at
    /// the end of every path.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some((url.into(), Keys::new()));
        self
    }

    /// The longest that one attempt may take, reading its answer included. 30 seconds when left out;
    /// `None` or zero for no limit.
    pub fn attempt_timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt_timeout = longest.into();
        self
    }

    /// The longest that a call may take with all its attempts and the waits between them; waiting for
    /// the rate limiter does not count, and neither does an attempt that the server answered with 429: it
    /// was not carried out. 60 seconds when left out; `None` or zero for no limit.
    pub fn timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = longest.into();
        self
    }

    /// How often a failed call is tried again. 2 when left out.
    ///
    /// Creating an agent, calling and sending are only tried again when the server refused them with
    /// 429, because a second request would be a second agent, call or message.
    pub fn max_retries(mut self, most: u32) -> Self {
        self.limits.max_retries = most;
        self
    }

    /// How many requests may go out in which time; `None` for no limit. The API's own limit, 60 a
    /// minute, when left out.
    ///
    /// All clients with the same key share their places, as far as they run in one realm (a page, a
    /// worker, a process).
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.limiting = limit.into().map_or(Limiting::None, Limiting::Shared);
        self
    }

    /// A rate limiter of your own, in place of [`rate_limit`](Self::rate_limit). Many clients can share
    /// one.
    pub fn rate_limiter(mut self, limiter: Arc<dyn RateLimiter>) -> Self {
        self.limiting = Limiting::Own(Arc::new(Own(limiter)));
        self
    }

    /// Is told what happens to each call, for logs and metrics. It never sees the key or a body. It is
    /// called within the call's own task, so it should not block. A panic of its own is ignored.
    ///
    /// ```
    /// use centerfy::{Client, EventKind};
    ///
    /// # fn main() -> Result<(), centerfy::CenterfyError> {
    /// let client = Client::builder()
    ///     .api_key("cfy_test")
    ///     .on_event(|event| match &event.kind {
    ///         EventKind::Retry { delay, reason, .. } => {
    ///             eprintln!("{}: {} again in {delay:?}", event.operation, reason.name());
    ///         }
    ///         EventKind::End { code: Some(code), .. } => {
    ///             eprintln!("{}: {}", event.operation, code.name());
    ///         }
    ///         _ => {}
    ///     })
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_event(mut self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(Listener(listener)));
        self
    }

    /// The most bytes that the body of an answer may have: 16 MiB by default. The rest of a larger one is
    /// not read, and the call ends with [`CenterfyError::Parse`].
    ///
    /// In JavaScript, an answer without a `content-length` is read to its end before it is refused.
    pub fn max_response_bytes(mut self, most: usize) -> Self {
        self.max_response_bytes = most;
        self
    }

    /// What sends the requests: a `tower::Service` with any layers around it, for a test, a proxy, or a
    /// runtime of your own. By default, reqwest sends them, and `fetch` where JavaScript has one.
    ///
    /// The service is cloned for each request, and dropped where the call is given up. Its own retries
    /// and redirects are not seen here, so it should have neither: a second request could reach a person
    /// a second time.
    ///
    /// ```
    /// use centerfy::{Client, transport::RequestBody};
    ///
    /// # #[derive(Clone)] struct Service;
    /// # impl tower_service::Service<http::Request<RequestBody>> for Service {
    /// #     type Response = http::Response<String>;
    /// #     type Error = std::convert::Infallible;
    /// #     type Future = std::future::Ready<Result<Self::Response, Self::Error>>;
    /// #     fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
    /// #         Ok(()).into()
    /// #     }
    /// #     fn call(&mut self, _: http::Request<RequestBody>) -> Self::Future {
    /// #         std::future::ready(Ok(http::Response::new(r#"{ "id": "a", "name": "A" }"#.into())))
    /// #     }
    /// # }
    /// # async fn example(service: Service) -> Result<(), centerfy::CenterfyError> {
    /// let client = Client::builder().api_key("cfy_test").transport(service).build()?;
    /// let agent = client.get_agent("00000000-0000-4000-8000-000000000001").await?;
    /// # assert_eq!(agent.name, "A");
    /// # Ok(())
    /// # }
    /// # let waker = std::task::Waker::noop();
    /// # let polled = std::pin::pin!(example(Service)).poll(&mut std::task::Context::from_waker(waker));
    /// # assert!(matches!(polled, std::task::Poll::Ready(Ok(()))), "{polled:?}");
    /// ```
    #[cfg(feature = "transport")]
    pub fn transport<S, B>(mut self, service: S) -> Self
    where
        S: tower_service::Service<
                http::Request<super::wire::service::RequestBody>,
                Response = http::Response<B>,
            > + Clone
            + Send
            + 'static,
        S::Future: Send + 'static,
        S::Error: Into<super::wire::service::BoxError>,
        B: http_body::Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<super::wire::service::BoxError>,
    {
        let transport = super::wire::service::ServiceTransport::new(service);
        self.transport = Some(Arc::new(transport));
        self
    }

    /// What sends, where a transport does.
    #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
    fn sender(&self) -> Option<Arc<dyn Transport>> {
        #[cfg(all(feature = "native", not(target_arch = "wasm32"), not(test)))]
        return Some(
            self.transport
                .clone()
                .unwrap_or_else(|| Arc::new(super::wire::Reqwest::default())),
        );
        #[cfg(not(all(feature = "native", not(target_arch = "wasm32"), not(test))))]
        self.transport.clone()
    }

    /// Allows a client with a key in a page. Whoever opens the page can read the key and use it, so
    /// set this only where that is meant, for example in an internal tool.
    pub fn dangerously_allow_browser(mut self, allow: bool) -> Self {
        self.dangerously_allow_browser = allow;
        self
    }

    /// Makes the client. It sends nothing, and starts no timer.
    ///
    /// # Errors
    /// [`CenterfyError::Validation`] where an option is not what it has to be.
    pub fn build(self) -> Result<Client, CenterfyError> {
        let must = |holds: bool, field, expected| {
            if holds {
                Ok(())
            } else {
                Err(CenterfyError::invalid(None, field, expected))
            }
        };
        let fit = match &self.api_key {
            Some(key) => !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()),
            None => self.base_url.is_some() || self.proxy.is_some(),
        };
        must(
            self.proxy.is_none() || self.api_key.is_none() && self.base_url.is_none(),
            "proxy",
            "set without api_key and base_url",
        )?;
        must(
            fit,
            "api_key",
            "given, a string of visible ASCII characters (only with a base_url of your own proxy it \
             may be left out)",
        )?;
        must(
            self.api_key.is_none() || self.dangerously_allow_browser || !host::in_page(),
            "api_key",
            "kept out of pages: use a base_url of your own proxy, or set dangerously_allow_browser",
        )?;
        let limited = match &self.limiting {
            Limiting::Shared(limit) => limit.requests > 0 && !limit.per.is_zero(),
            Limiting::None | Limiting::Own(_) => true,
        };
        must(
            limited,
            "rate_limit",
            "one request or more in a window longer than zero",
        )?;
        let (field, given) = match (&self.proxy, &self.base_url) {
            (Some((proxy, _)), _) => ("proxy", proxy.as_str()),
            (None, Some(base)) => ("base_url", base.as_str()),
            (None, None) => ("base_url", url::BASE),
        };
        let base = url::base(given, true);
        let Some(base) = base.filter(|base| base.starts_with('/') || host::is_url(base)) else {
            return Err(CenterfyError::invalid(
                None,
                field,
                "an http or https URL without credentials, query or fragment, or a path (`/api`)",
            ));
        };
        let path = match given.split_once("://") {
            Some((_, below)) => below.split_once('/').map_or("", |(_, path)| path),
            None => given.trim_start_matches('/'),
        };
        let ends = self.proxy.is_some() && path.ends_with('/');
        #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
        let transport = self.sender();
        #[cfg(not(any(target_arch = "wasm32", test)))]
        must(
            transport.is_some(),
            "transport",
            "given, or the crate's feature `native` on: nothing can send the requests",
        )?;
        Ok(Client {
            settings: Arc::new(Settings {
                api_key: self.api_key.unwrap_or_default(),
                base,
                auth: self.auth,
                limiting: self.limiting,
                keys: self.proxy.map(|(_, keys)| keys),
                end: if ends { "/" } else { "" },
                observer: self.observer,
                limits: self.limits,
                max_response_bytes: self.max_response_bytes,
                #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
                transport,
            }),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key, and without what a base URL may have in it before it is checked.
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("rate_limit", &self.limiting)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
