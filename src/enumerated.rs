//! Enums that cross the boundary to JavaScript: listed once, numbered by their order.

/// Defines an enum without data, with all of its variants in `ALL` and their names in `IDENTIFIERS`.
///
/// A variant's number is its index in both. The build writes a TypeScript enum of the same names and
/// numbers, so neither side contains a literal number, and variants can be in any order.
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
            /// All variants, each at the index of its number.
            pub const ALL: &'static [Self] = &Self::EACH;

            /// [`ALL`](Self::ALL), as many as this version has.
            #[doc(hidden)]
            pub const EACH: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];

            /// The names in Rust and in TypeScript, each at the index of its number.
            #[doc(hidden)]
            pub const IDENTIFIERS: [&'static str; Self::ALL.len()] = [$(stringify!($variant)),+];

            /// The variant with this number.
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
