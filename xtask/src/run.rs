//! Starting other programs.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Runs a command and gives what it wrote to stdout. What it wrote is shown only when it failed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", words(command)))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    bail!(
        "`{}` failed ({})\n{}",
        words(command),
        output.status,
        [stdout.trim_end(), stderr.trim_end()].join("\n").trim()
    )
}

/// As `output`, but ends a command that takes longer than `limit`.
pub(crate) fn output_within(command: &mut Command, limit: Duration) -> Result<String> {
    let (status, all) = all_output(command, false, Some(limit))?;
    if status.success() {
        return Ok(all);
    }
    bail!("`{}` failed ({status})\n{}", words(command), all.trim())
}

/// Runs a command and keeps all it writes, stdout and stderr in the order they came as far as
/// that can be told. With `show`, it is also shown while it comes.
pub(crate) fn kept(command: &mut Command, show: bool) -> Result<(ExitStatus, String)> {
    all_output(command, show, None)
}

fn all_output(
    command: &mut Command,
    show: bool,
    limit: Option<Duration>,
) -> Result<(ExitStatus, String)> {
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", words(command)))?;
    let (send, receive) = mpsc::channel();
    let pipes: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|pipe| Box::new(pipe) as _),
        child.stderr.take().map(|pipe| Box::new(pipe) as _),
    ];
    for pipe in pipes.into_iter().flatten() {
        let send = send.clone();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(pipe);
            let mut line = Vec::new();
            while lines
                .read_until(b'\n', &mut line)
                .is_ok_and(|read| read > 0)
            {
                let text = String::from_utf8_lossy(&line).into_owned();
                line.clear();
                if send.send(text).is_err() {
                    break;
                }
            }
        });
    }
    drop(send);
    let mut all = String::new();
    loop {
        let line = match limit {
            None => receive.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(limit) => receive.recv_timeout(limit.saturating_sub(started.elapsed())),
        };
        match line {
            Ok(line) => {
                if show {
                    eprint!("{line}");
                }
                all += &line;
            }
            Err(RecvTimeoutError::Disconnected) => return Ok((child.wait()?, all)),
            Err(RecvTimeoutError::Timeout) => {
                child.kill()?;
                child.wait()?;
                bail!("`{}` took too long and was ended", words(command));
            }
        }
    }
}

/// The command as one would type it.
pub(crate) fn words(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_ended() {
        let started = Instant::now();
        let result = output_within(Command::new("sleep").arg("60"), Duration::from_millis(50));
        assert!(result.is_err_and(|error| error.to_string().contains("took too long")));
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn output_and_failure_are_told() {
        let said = output_within(Command::new("echo").arg("hi"), Duration::from_secs(60));
        assert_eq!(said.ok().as_deref(), Some("hi\n"));
        assert!(output(&mut Command::new("false")).is_err());
        assert!(output(&mut Command::new("there-is-no-such-program")).is_err());
    }
}
