//! The builder of a client.

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

/// Configures a [`Client`]. Every option has a default.
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

/// The default of [`ClientBuilder::max_response_bytes`]: 16 MiB.
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

    /// Sets the API key (`cfy_…`). It is required unless [`proxy`](Self::proxy) is set, or
    /// [`base_url`](Self::base_url) is the URL of your own proxy, which adds the key.
    ///
    /// The key grants access to everything in its scope, so keep it on a server. In a page,
    /// [`build`](Self::build) returns an error for a client with a key, unless
    /// [`dangerously_allow_browser`](Self::dangerously_allow_browser) is set.
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Sets the header that carries the key. Defaults to [`Auth::Bearer`].
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Sets the URL that the operations' paths are appended to: that of a proxy, or a path (`/api/crm`)
    /// in a page or a worker. Defaults to the API's own URL.
    ///
    /// A path works in pages and with a custom transport. A program that also renders on a server can
    /// build a client with a path there, but each call ends with [`CenterfyError::Validation`].
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sets the path or URL of a proxy created with `centerfy/proxy`, in place of
    /// [`base_url`](Self::base_url) and [`api_key`](Self::api_key). The proxy performs each operation
    /// at most once, so every operation is retried. Add a trailing slash if the framework requires one
    /// on every path.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some((url.into(), Keys::new()));
        self
    }

    /// Limits how long one attempt may take, including reading the response. Defaults to 30 seconds;
    /// `None` or zero means no limit.
    pub fn attempt_timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt_timeout = longest.into();
        self
    }

    /// Limits how long a call may take, including all attempts and the delays between them. Defaults to
    /// 60 seconds; `None` or zero means no limit.
    ///
    /// Time in the rate limiter's queue does not count, nor does an attempt that the server rejected
    /// with 429, because it was not performed.
    pub fn timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = longest.into();
        self
    }

    /// Limits how often a failed call is retried. Defaults to 2.
    ///
    /// Without a [`proxy`](Self::proxy), creating an agent, making a call and sending a message are
    /// retried only after 429, because a second request could create a second agent, call or message.
    pub fn max_retries(mut self, most: u32) -> Self {
        self.limits.max_retries = most;
        self
    }

    /// Limits how many requests are sent within a period. Defaults to the API's own limit, 60 requests a
    /// minute; `None` means no limit.
    ///
    /// All clients with the same key in the same page, worker or process share one limit.
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.limiting = limit.into().map_or(Limiting::None, Limiting::Shared);
        self
    }

    /// Sets a custom rate limiter, in place of [`rate_limit`](Self::rate_limit). Several clients can
    /// share one.
    pub fn rate_limiter(mut self, limiter: Arc<dyn RateLimiter>) -> Self {
        self.limiting = Limiting::Own(Arc::new(Own(limiter)));
        self
    }

    /// Sets a listener for the events of each call, for logs and metrics. Events contain neither the key
    /// nor a body. The listener runs in the call's own task, so it should not block. If it panics, the
    /// panic is ignored.
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

    /// Limits the size of a response body, in bytes. Defaults to 16 MiB. The rest of a larger body is not
    /// read, and the call ends with [`CenterfyError::Parse`].
    ///
    /// On wasm32, a response without a `content-length` is read to its end before it is rejected.
    pub fn max_response_bytes(mut self, most: usize) -> Self {
        self.max_response_bytes = most;
        self
    }

    /// Sets the transport that sends the requests: a `tower::Service` with any layers around it, for a
    /// test, a proxy or another runtime. Defaults to reqwest, and to `fetch` on wasm32.
    ///
    /// The service is cloned for each request, and dropped if the call is dropped. The client does not
    /// see the service's own retries and redirects, so disable both: a second request could reach a
    /// person a second time.
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

    /// The transport, or reqwest if none is set.
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

    /// Allows a client with a key in a page. Defaults to `false`. Anyone who opens the page can read and
    /// use the key, so set this only if that is intended, for example in an internal tool.
    pub fn dangerously_allow_browser(mut self, allow: bool) -> Self {
        self.dangerously_allow_browser = allow;
        self
    }

    /// Builds the client. This sends no request and starts no timer.
    ///
    /// # Errors
    /// [`CenterfyError::Validation`] if an option is invalid.
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
            "omitted if api_key or base_url is set",
        )?;
        must(
            fit,
            "api_key",
            "a non-empty string of visible ASCII characters (optional only with proxy, or with the \
             base_url of your own proxy)",
        )?;
        must(
            self.api_key.is_none() || self.dangerously_allow_browser || !host::in_page(),
            "api_key",
            "kept out of pages: use proxy, or set dangerously_allow_browser",
        )?;
        let limited = match &self.limiting {
            Limiting::Shared(limit) => limit.requests > 0 && !limit.per.is_zero(),
            Limiting::None | Limiting::Own(_) => true,
        };
        must(
            limited,
            "rate_limit",
            "at least one request in a window longer than zero",
        )?;
        let (field, given) = match (&self.proxy, &self.base_url) {
            (Some((proxy, _)), _) => ("proxy", proxy.as_str()),
            (None, Some(base)) => ("base_url", base.as_str()),
            (None, None) => ("base_url", url::BASE),
        };
        let base = url::base(given, true).and_then(|base| match base.strip_prefix('/') {
            Some(_) => Some(base),
            None => host::url(base),
        });
        let Some(base) = base else {
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
            "set unless the crate's feature `native` is enabled",
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
        // Omits the key, and the base URL, which can contain credentials until it is checked.
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("rate_limit", &self.limiting)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
