//! Progress: one line a step, on stderr.

use std::time::{Duration, Instant};

/// A step in progress. `done` prints how long it took when that was long.
#[must_use]
pub(crate) struct Step {
    what: String,
    started: Instant,
}

/// Announces a step that may be long, with how long it usually takes (`"about a minute"`).
pub(crate) fn long(what: &str, usually: &str) -> Step {
    eprintln!("  {what} ({usually})");
    Step {
        what: what.to_owned(),
        started: Instant::now(),
    }
}

impl Step {
    /// The step is through.
    pub(crate) fn done(self) {
        let took = self.started.elapsed();
        if took >= Duration::from_secs(3) {
            eprintln!("  {}: done in {}", self.what, duration(took));
        }
    }
}

/// A fact worth a line.
pub(crate) fn note(text: &str) {
    eprintln!("  {text}");
}

/// An error with its causes.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

/// `0.4 s`, `12 s`, `2 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else if seconds >= 10 {
        format!("{seconds} s")
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
