//! The command line.

use crate::Settings;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// What `--help` prints.
pub const HELP: &str = "\
The Centerfy AI API on this machine, for tests and demos.

Usage: centerfy-sandbox [OPTIONS]

  --port PORT               the port (8787; 0 takes any free one)
  --host ADDRESS            the address to listen on (127.0.0.1; 0.0.0.0 in a container)
  --rate-limit REQUESTS/MS  the limit of each key, or none (60/60000)
  --contact-replies on|off  whether contacts answer two seconds after a message (on)
  --contacts FILE           a JSON list of contacts, instead of those of the dental practice
  --empty                   begins without agents, contacts and calls
  --serve /PREFIX=DIR       serves the files of a folder below a path (may be repeated)
  --seed NUMBER             makes the keys and ids of new worlds the same on every start
  --quiet                   no line per request on stderr
  --help                    this text

The client's baseUrl is http://127.0.0.1:PORT/functions/v1/crm-api, its key cfy_sandbox.
";

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// The address to listen on. Beyond loopback, whoever reaches it can use it.
    pub host: IpAddr,
    /// How the well-known world behaves.
    pub settings: Settings,
    /// Paths, and the folders whose files are below them.
    pub serve: Vec<(String, PathBuf)>,
    /// Decides the keys and ids of new worlds; without it they differ from start to start.
    pub seed: Option<u64>,
    /// Leaves out the line per request on stderr.
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            host: Ipv4Addr::LOCALHOST.into(),
            settings: Settings::well_known(),
            serve: Vec::new(),
            seed: None,
            quiet: false,
        }
    }
}

impl Options {
    /// Reads a command line without the program's name. `None`: it asks for [`Options::help`].
    ///
    /// # Errors
    /// When it cannot be understood, in words for the person who typed it.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            port: 8787,
            ..Self::default()
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, glued) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    (name.to_owned(), Some(value.to_owned()))
                }
                _ => (argument, None),
            };
            let mut value = || {
                glued
                    .clone()
                    .or_else(|| arguments.next())
                    .ok_or_else(|| format!("{name} needs a value"))
            };
            match name.as_str() {
                "--port" => {
                    options.port = value()?
                        .parse()
                        .map_err(|_| "--port must be a number from 0 to 65535".to_owned())?;
                }
                "--seed" => {
                    options.seed = Some(
                        value()?
                            .parse()
                            .map_err(|_| "--seed must be a whole number".to_owned())?,
                    );
                }
                "--host" => options.host = host(&value()?)?,
                "--rate-limit" | "--contact-replies" => options.settings.set(&name, &value()?)?,
                "--contacts" => {
                    let file = value()?;
                    let text = std::fs::read_to_string(&file)
                        .map_err(|error| format!("--contacts: cannot read {file}: {error}"))?;
                    options.settings.set(&name, &text)?;
                }
                "--empty" => options.settings.empty = true,
                "--serve" => options.serve.push(folder(&value()?)?),
                "--quiet" => options.quiet = true,
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("unknown option {name}; --help lists all of them")),
            }
        }
        Ok(Some(options))
    }

    /// The text that explains the command line.
    pub fn help() -> &'static str {
        HELP
    }
}

fn host(value: &str) -> Result<IpAddr, String> {
    match value {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => value.parse().map_err(|_| {
            format!("--host must be an IP address such as 0.0.0.0, or localhost, not {value:?}")
        }),
    }
}

fn folder(value: &str) -> Result<(String, PathBuf), String> {
    let (prefix, folder) = value
        .split_once('=')
        .filter(|(prefix, folder)| prefix.starts_with('/') && !folder.is_empty())
        .ok_or("--serve must be /PREFIX=DIR")?;
    let folder = PathBuf::from(folder);
    if !folder.is_dir() {
        return Err(format!("--serve: {} is not a folder", folder.display()));
    }
    Ok((prefix.trim_end_matches('/').to_owned(), folder))
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(line: &str) -> Result<Option<Options>, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn both_ways_to_write_a_value() {
        for line in [
            "--port 0 --serve /x/=. --quiet",
            "--port=0 --serve=/x=. --quiet",
        ] {
            let options = parse(line).ok().flatten();
            assert!(options.is_some_and(|options| {
                options.port == 0
                    && options.quiet
                    && options
                        .serve
                        .first()
                        .is_some_and(|(prefix, _)| prefix == "/x")
            }));
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("--port", "--port needs"),
            ("--port x", "--port must"),
            ("--host here", "--host must"),
            ("--rate-limit 60", "--rate-limit must"),
            ("--contact-replies yes", "--contact-replies must"),
            ("--contacts /no/such/file", "cannot read /no/such/file"),
            ("--serve x", "--serve must"),
            ("--serve /x=/no/such/folder", "not a folder"),
            ("--verbose", "unknown option --verbose"),
        ] {
            assert!(
                parse(line).is_err_and(|error| error.contains(word)),
                "{line}"
            );
        }
    }
}
