//! Texts that are composed at compile time: the code to compose them would add 600 bytes (brotli) to a program.
#![allow(
    clippy::indexing_slicing,
    reason = "everything here runs at compile time"
)]

/// The maximum length in bytes. A longer text does not compile.
const LONGEST: usize = 96;

/// A text.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Text {
    pub(crate) const EMPTY: Self = Self {
        bytes: [0; LONGEST],
        length: 0,
    };

    /// Appends a text.
    pub(crate) const fn and(mut self, text: &str) -> Self {
        let mut left = text.as_bytes();
        while let [byte, rest @ ..] = left {
            self.bytes[self.length] = *byte;
            self.length += 1;
            left = rest;
        }
        self
    }

    /// Appends an integer, 0 or more.
    pub(crate) const fn number(mut self, number: f64) -> Self {
        let number = number as u64;
        if number >= 10 {
            self = self.number((number / 10) as f64);
        }
        self.bytes[self.length] = b'0' + (number % 10) as u8;
        self.length += 1;
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
