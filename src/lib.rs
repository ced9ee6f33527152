//! A client for the Centerfy AI API: AI voice agents, outbound calls, recordings and messages.
//!
//! It is for Rust programs that run where JavaScript does: Leptos, Yew and Dioxus in a page,
//! workers-rs in a Worker, anything on `wasm32-unknown-unknown` in Node.js. Begin with [`Client`]:
//!
//! ```no_run
//! use centerfy::types::{MakeAiCallRequest, Scope};
//! use centerfy::{CenterfyError, Client};
//!
//! # async fn example() -> Result<(), CenterfyError> {
//! let client = Client::new("cfy_…")?;
//! let agent = client.get_agent("00000000-0000-4000-8000-000000000001").await?;
//! println!("{} speaks {:?}", agent.name, agent.language);
//!
//! let scope = Scope {
//!     organization_id: "00000000-0000-4000-8000-000000000003".into(),
//!     sub_account_id: "00000000-0000-4000-8000-000000000004".into(),
//! };
//! let request = MakeAiCallRequest::new("00000000-0000-4000-8000-000000000002", scope);
//! match client.make_ai_call(&agent.id, &request).await {
//!     Ok(call) => println!("{} is calling", call.agent_name),
//!     Err(error) if error.maybe_delivered() => println!("check before you call again: {error}"),
//!     Err(error) => println!("no call was placed: {error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Each operation gives a [`Request`]: a future that can be set up before it is awaited, and that
//! ends the call when it is dropped. Every call is checked before it is sent, waits for its place
//! under the [`RateLimit`], and is tried again only where that cannot reach a person twice. What it
//! ends with otherwise is a [`CenterfyError`], which says whether something may have happened.
//! Requests and answers are in [`types`].
//!
//! A client is cheap to clone, and it can be shared between threads. Its futures cannot, as they hold
//! what is JavaScript's: start them with `wasm_bindgen_futures::spawn_local`, Leptos's
//! `LocalResource` or Yew's `spawn_local`. In a Worker of workers-rs, make them `Send` with the
//! framework's `SendFuture` where it asks for that.
//!
//! The crate compiles for other targets too, so that one code base can render on a server. There is
//! no `fetch` there, and every call ends at once with [`CenterfyError::Network`].
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the types, as the npm module uses the crate, it does without std: its panics would bring 4 KB of
// text and formatting (brotli 2.1 KB) into a module in which none is reachable.
#![cfg_attr(not(feature = "types"), no_std)]

extern crate alloc;

mod accepts;
mod call;
mod checks;
#[cfg(feature = "client")]
mod client;
mod enumerated;
mod error;
#[doc(hidden)]
pub mod internal;
#[cfg(feature = "client")]
mod limiter;
mod operations;
mod protocol;
mod retry;
#[cfg(feature = "types")]
pub mod types;
#[cfg(feature = "client")]
mod url;
mod validate;

#[cfg(feature = "client")]
pub use client::{
    Auth, Cause, CenterfyError, Client, ClientBuilder, Failure, MessageStream, RateLimit, Request,
};
/// Sending by a `tower::Service` of the caller's own: see [`ClientBuilder::transport`].
#[cfg(feature = "transport")]
pub mod transport {
    pub use crate::client::{BoxError, RequestBody};
}
pub use error::Code;
pub use operations::Operation;

/// The Rust programs of `docs/`, which compile with the documentation's examples.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../docs/rust.md")]
pub struct Docs;
