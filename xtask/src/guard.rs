//! Programs that run beside xtask and must not outlive it.

use anyhow::{Context, Result};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

type Shared = Arc<Mutex<Child>>;

/// All that run now, for the moment when xtask itself is told to stop.
static RUNNING: Mutex<Vec<Shared>> = Mutex::new(Vec::new());

/// A program that is killed when this value goes, also on a panic, Ctrl-C or SIGTERM.
pub(crate) struct Guard {
    child: Shared,
}

impl Guard {
    /// Starts the program; gives the guard and the child's stdout, if that is piped.
    pub(crate) fn start(
        command: &mut Command,
    ) -> Result<(Self, Option<std::process::ChildStdout>)> {
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot start `{}`", crate::run::words(command)))?;
        let stdout = child.stdout.take();
        let child = Arc::new(Mutex::new(child));
        lock(&RUNNING).push(Arc::clone(&child));
        Ok((Self { child }, stdout))
    }

    /// Waits until the program ends by itself.
    pub(crate) fn wait(&self) -> Result<ExitStatus> {
        loop {
            // No blocking wait here: it would hold the lock that Ctrl-C needs.
            if let Some(status) = lock(&self.child).try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        kill(&self.child);
        lock(&RUNNING).retain(|other| !Arc::ptr_eq(other, &self.child));
    }
}

/// From now on Ctrl-C and SIGTERM end what was started, then xtask.
pub(crate) fn stop_all_on_ctrl_c() -> Result<()> {
    ctrlc::set_handler(|| {
        for child in lock(&RUNNING).iter() {
            kill(child);
        }
        // What shells expect of a program that was interrupted.
        std::process::exit(130);
    })
    .context("cannot listen for Ctrl-C")
}

fn kill(child: &Mutex<Child>) {
    let mut child = lock(child);
    // An error means that it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
