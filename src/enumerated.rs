//! Enums that cross the door to JavaScript: listed once, numbered by their order.

/// Makes an enum without data, with all of its variants in `ALL` and their names in `IDENTIFIERS`.
///
/// A variant's number is its place in both. The build writes a TypeScript enum of the same names and
/// numbers, so neither side ever spells a number out, and variants may be put in any order.
macro_rules! enumerated {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All of them, each at the place of its number.
            pub const ALL: &'static [Self] = &Self::EACH;

            /// [`ALL`](Self::ALL), as many as this version has.
            #[doc(hidden)]
            pub const EACH: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];

            /// Their names in Rust and in TypeScript, each at the place of its number.
            #[doc(hidden)]
            pub const IDENTIFIERS: [&'static str; Self::ALL.len()] = [$(stringify!($variant)),+];

            /// The one with this number.
            #[doc(hidden)]
            #[must_use]
            pub fn of_number(number: u32) -> Option<Self> {
                match number {
                    $(number if number == Self::$variant as u32 => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use enumerated;
