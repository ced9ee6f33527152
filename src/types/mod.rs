//! The requests and answers of the API.
//!
//! They describe the JSON on the wire:
//!
//! * names are the wire's own (`voice_id`, and `backcchanneling` with its double c);
//! * a field that may be absent is an `Option`, and one that may be `null` says so;
//! * an open list is a string with known values (see [`VoiceId`]), a closed one an enum;
//! * fields of which one requires another are one enum of which every value is legal (see
//!   [`Voicemail`]);
//! * fields that an answer brings beyond the known ones are kept (see [`Unlisted`]);
//! * a whole number is written without a fraction, so what is read and relayed stays as it was.
//!
//! Of a decimal with 16 digits or more, the last can come out one off: serde_json reads no closer
//! unless its feature `float_roundtrip` is on, which is 7.6 KB (brotli) of a program. Whoever needs it
//! asks for it in a `Cargo.toml` of their own: `serde_json = { version = "1", features =
//! ["float_roundtrip"] }`.
//!
//! A request is made with `new` and what the API requires, and what may be left out is set on it.
//! Answers, and requests too, can get fields in a version to come.

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
