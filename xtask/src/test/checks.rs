//! The checks of one subject: run, counted, and shown when they fail.

use super::tally::Tally;
use crate::{run, say};
use anyhow::{Result, bail};
use std::process::{Command, ExitStatus};
use std::thread;

/// Runs checks one after the other; one that fails does not stop the next.
pub(crate) struct Checks {
    show: bool,
    tally: Tally,
}

impl Checks {
    /// With `show`, what the checks print is shown while they run, not only after a failure.
    pub(crate) fn new(show: bool) -> Self {
        Self {
            show,
            tally: Tally::default(),
        }
    }

    /// Runs a command; the tests in its output are counted.
    pub(crate) fn run(&mut self, what: &str, command: &mut Command) -> Result<()> {
        let outcome = run::kept(command, self.show)?;
        self.count(what, command, &outcome);
        Ok(())
    }

    /// Runs two commands at the same time, which wait more than they compute.
    pub(crate) fn run_both(
        &mut self,
        (first, one): (&str, &mut Command),
        (second, other): (&str, &mut Command),
    ) -> Result<()> {
        let show = self.show;
        let (outcome, beside) = thread::scope(|scope| {
            let beside = scope.spawn(|| run::kept(other, show));
            (run::kept(one, show), beside.join())
        });
        self.count(first, one, &outcome?);
        match beside {
            Ok(outcome) => self.count(second, other, &outcome?),
            Err(_) => bail!("`{}` could not be watched", run::words(other)),
        }
        Ok(())
    }

    fn count(&mut self, what: &str, command: &Command, (status, output): &(ExitStatus, String)) {
        let tally = Tally::read(output, status.success());
        if !status.success() && !self.show {
            let text = format!("$ {}\n{}", run::words(command), output.trim_end());
            self.show_failure(what, &text);
        }
        self.add(tally);
    }

    /// Counts one check that xtask made itself.
    pub(crate) fn one(&mut self, what: &str, result: Result<()>) {
        if let Err(error) = &result {
            self.show_failure(what, &format!("{error:#}"));
        }
        self.add(Tally::one(result.is_ok()));
    }

    pub(crate) fn skip(&mut self, why: &str) {
        say::note(why);
        self.tally.skipped += 1;
    }

    pub(crate) fn add(&mut self, tally: Tally) {
        self.tally = [self.tally, tally].into_iter().sum();
    }

    pub(crate) fn end(self) -> Tally {
        self.tally
    }

    fn show_failure(&self, what: &str, text: &str) {
        eprintln!("--- {what} failed\n{text}\n---");
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn both_commands_are_counted_and_run_at_the_same_time() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-both-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        // Each goes on when the other one has started.
        let sh = |own: &str, other: &str, end: &str| {
            let mut sh = Command::new("sh");
            sh.arg("-c").arg(format!(
                "touch {own}; until [ -e {other} ]; do sleep 0.01; done; {end}"
            ));
            sh.current_dir(&folder);
            sh
        };
        let mut checks = Checks::new(true);
        checks.run_both(
            ("one", &mut sh("one", "other", "echo '2 passed, 0 failed'")),
            (
                "other",
                &mut sh("other", "one", "echo '1 passed, 1 failed'; exit 1"),
            ),
        )?;
        let Tally { passed, failed, .. } = checks.end();
        assert_eq!((passed, failed), (3, 1));
        std::fs::remove_dir_all(folder)?;
        Ok(())
    }
}
