//! How many tests ran, read from what their runners print.

use std::iter::Sum;

/// Tests by their end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tally {
    /// One check that is a test by itself.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: passed.into(),
            failed: (!passed).into(),
            skipped: 0,
        }
    }

    /// All that a run's output tells. A run that failed without naming a failed test counts as one
    /// failed test; one that succeeded and counts nothing, as one passed.
    pub(crate) fn read(output: &str, succeeded: bool) -> Self {
        let mut told: Self = output.lines().filter_map(read_line).sum();
        if !succeeded && told.failed == 0 {
            told.failed = 1;
        }
        if succeeded && told == Self::default() && !mentions_tests(output) {
            told.passed = 1;
        }
        told
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            passed: sum.passed + one.passed,
            failed: sum.failed + one.failed,
            skipped: sum.skipped + one.skipped,
        })
    }
}

/// Whether a runner reported at all, be it on no test.
fn mentions_tests(output: &str) -> bool {
    output.lines().any(|line| read_line(line).is_some())
}

fn read_line(line: &str) -> Option<Tally> {
    let line = line.trim();
    // cargo test and wasm-bindgen-test: "test result: ok. 5 passed; 0 failed; 1 ignored; …"
    if let Some(counts) = line.strip_prefix("test result: ") {
        let (_, counts) = counts.split_once(". ")?;
        return Some(read_counts(counts, ';'));
    }
    // node --test: "ℹ pass 3", "ℹ fail 0", "ℹ skipped 1"
    if let Some((kind, number)) = line
        .strip_prefix("ℹ ")
        .and_then(|rest| rest.split_once(' '))
    {
        let number = number.parse().ok()?;
        let mut tally = Tally::default();
        match kind {
            "pass" => tally.passed = number,
            "fail" | "cancelled" => tally.failed = number,
            "skipped" | "todo" => tally.skipped = number,
            _ => return None,
        }
        return Some(tally);
    }
    // The project's own runners: "12 passed, 1 failed", ", 2 skipped" may follow.
    let plain = line.split(", ").count() >= 2
        && line
            .split(", ")
            .all(|part| matches!(read_count(part), Some((_, "passed" | "failed" | "skipped"))));
    plain.then(|| read_counts(line, ','))
}

fn read_counts(text: &str, separator: char) -> Tally {
    let mut tally = Tally::default();
    for (number, kind) in text.split(separator).filter_map(read_count) {
        match kind {
            "passed" => tally.passed = number,
            "failed" => tally.failed = number,
            "ignored" | "skipped" => tally.skipped = number,
            _ => {}
        }
    }
    tally
}

/// `12 passed`.
fn read_count(text: &str) -> Option<(u32, &str)> {
    let (number, kind) = text.trim().split_once(' ')?;
    Some((number.parse().ok()?, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn cargo_test_counts_over_all_binaries() {
        let output = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                      test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured\n";
        assert_eq!(Tally::read(output, false), tally(7, 3, 1));
    }

    #[test]
    fn node_counts() {
        let output = "ℹ tests 6\nℹ pass 4\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ duration_ms 48";
        assert_eq!(Tally::read(output, false), tally(4, 1, 1));
    }

    #[test]
    fn own_runners_count_in_a_plain_line() {
        assert_eq!(
            Tally::read("table\n12 passed, 1 failed, 2 skipped", false),
            tally(12, 1, 2)
        );
        assert_eq!(Tally::read("12 passed, 0 failed", true), tally(12, 0, 0));
        assert_eq!(
            Tally::read("well, 3 passed by, 2 failed us", true),
            tally(1, 0, 0)
        );
    }

    #[test]
    fn a_silent_run_is_one_test_and_an_empty_one_none() {
        assert_eq!(Tally::read("all is well", true), tally(1, 0, 0));
        assert_eq!(Tally::read("could not compile", false), tally(0, 1, 0));
        assert_eq!(
            Tally::read("test result: ok. 0 passed; 0 failed; 0 ignored", true),
            tally(0, 0, 0)
        );
    }
}
