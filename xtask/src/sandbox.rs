//! The sandbox API as a program beside xtask.

use crate::guard::Guard;
use crate::{paths, run, say};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// A sandbox that answers, until this value goes.
pub(crate) struct Sandbox {
    /// `http://127.0.0.1:PORT`, with no slash at the end.
    pub(crate) url: String,
    guard: Guard,
}

impl Sandbox {
    /// Compiles the sandbox when it must be and gives its path. The dev profile: it compiles in a
    /// third of the time, and nothing here measures the sandbox's speed.
    pub(crate) fn compile() -> Result<PathBuf> {
        let step = say::long("Compiling the sandbox", "a minute the first time");
        run::output(
            Command::new(crate::toolchain::native_cargo())
                .args(["build", "--quiet", "--package", "centerfy-sandbox", "--bin"])
                .arg("centerfy-sandbox")
                .current_dir(paths::root()),
        )?;
        step.done();
        let name = format!("centerfy-sandbox{}", std::env::consts::EXE_SUFFIX);
        Ok(paths::target().join("debug").join(name))
    }

    /// Starts it on `port` (0: any free one), serving each `(URL prefix, folder)` too, and waits
    /// until it listens.
    pub(crate) fn start(binary: &Path, port: u16, serve: &[(&str, PathBuf)]) -> Result<Self> {
        let mut command = Command::new(binary);
        command.args(["--port", &port.to_string(), "--quiet"]);
        for (prefix, folder) in serve {
            let mut pair = std::ffi::OsString::from(format!("{prefix}="));
            pair.push(folder);
            command.arg("--serve").arg(pair);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let (guard, stdout) = Guard::start(&mut command)?;
        let stdout = stdout.context("the sandbox has no stdout")?;
        let (send, lines) = mpsc::channel();
        // Reads to the end, so that the sandbox never waits for a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    if let Some(url) = listening_on(&line) {
                        return Ok(Self { url, guard });
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("the sandbox ended before it listened ({})", guard.wait()?)
                }
                Err(RecvTimeoutError::Timeout) => bail!("the sandbox does not listen"),
            }
        }
    }

    /// Waits until the sandbox ends by itself.
    pub(crate) fn wait(&self) -> Result<ExitStatus> {
        self.guard.wait()
    }
}

fn listening_on(line: &str) -> Option<String> {
    let url = line.trim().strip_prefix("listening on ")?;
    Some(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::listening_on;

    #[test]
    fn the_url_is_read_from_the_line() {
        let url = Some("http://127.0.0.1:8787".to_owned());
        assert_eq!(listening_on("listening on http://127.0.0.1:8787"), url);
        assert_eq!(listening_on("listening on http://127.0.0.1:8787/\n"), url);
        assert_eq!(listening_on("warming up"), None);
    }
}
