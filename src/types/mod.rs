//! The requests and responses of the API.
//!
//! The types describe the JSON on the wire:
//!
//! * names are those on the wire (`voice_id`, and `backcchanneling` with its double c);
//! * a field that may be absent is an `Option`, and a field that may be `null` says so;
//! * an open list is a string type with known values (see [`VoiceId`]), a closed list an enum;
//! * if one field requires another, both are one enum whose every value is valid (see [`Voicemail`]);
//! * unknown fields of a response are kept as the server sent them (see [`Unlisted`]);
//! * a lone surrogate (`"\ud83d"`), which a Rust string cannot hold, is read as U+FFFD;
//! * an integer is written without a fraction, so a response that is relayed stays the same.
//!
//! The last digit of a decimal field with 16 digits or more can be off by one, because serde_json reads such
//! numbers exactly only with its feature `float_roundtrip`, which adds 7.6 KB (brotli) to a program. If
//! you need it, add it to your `Cargo.toml`:
//! `serde_json = { version = "1", features = ["float_roundtrip"] }`.
//!
//! Create a request with `new` and the fields that the API requires, then set the optional fields.
//! Later versions may add fields to responses and requests.

/// Lists the types of a module that the npm package declares in TypeScript.
macro_rules! declare {
    (requests: $($request:ident),*; others: $($other:ident),* $(,)?) => {
        #[cfg(feature = "typescript")]
        pub(super) const DECLARED: &[$crate::types::typescript::Declared] = &[
            $($crate::types::typescript::Declared::new::<$request>(stringify!($request), true),)*
            $($crate::types::typescript::Declared::new::<$other>(stringify!($other), false),)*
        ];
    };
}

mod agents;
mod answer;
mod calls;
mod conditions;
mod errors;
mod messages;
mod named;
mod numbers;
mod objects;
mod open;
mod scope;
#[cfg(feature = "typescript")]
mod typescript;
mod unlisted;

pub use agents::*;
#[cfg(feature = "client")]
pub(crate) use answer::Name;
pub use calls::*;
pub use conditions::*;
pub use errors::*;
pub use messages::*;
pub use named::UnknownName;
pub use open::*;
pub use scope::*;
#[cfg(feature = "typescript")]
#[doc(hidden)]
pub use typescript::{declarations, round_trip};
pub use unlisted::*;
