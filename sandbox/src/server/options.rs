//! The command-line options.

use crate::Settings;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

const HELP: &str = "\
The Centerfy AI API on this machine, for tests and demos. Press Ctrl+C to stop.

Usage: centerfy-sandbox [OPTIONS]

  --port PORT               the port; 0 for any free port (default: 8787)
  --host ADDRESS            the address to listen on; 0.0.0.0 in a container (default: 127.0.0.1)
  --rate-limit REQUESTS/MS  the rate limit of each key, or none (default: 60/60000)
  --contact-replies on|off  whether contacts reply two seconds after a message (default: on)
  --contacts NUMBER|FILE    made-up people, or a JSON list of contacts, instead of the dental practice's
  --empty                   starts without agents, contacts and calls
  --serve /PREFIX=DIR       serves the files of a directory below a path; can be repeated
  --seed NUMBER             makes the keys and ids of new organizations the same on every start
  --quiet                   does not log requests to stderr
  --help                    prints this text

The client's base URL is http://127.0.0.1:PORT/functions/v1/crm-api, its API key cfy_sandbox.
";

/// The options of a server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port; 0 for any free port.
    pub port: u16,
    /// The address to listen on. Other machines can use a server that does not listen on loopback.
    pub host: IpAddr,
    /// The settings of the default organization.
    pub settings: Settings,
    /// Path prefixes, and the directories whose files are served below them.
    pub serve: Vec<(String, PathBuf)>,
    /// Determines the keys and ids of new organizations. Without it, they differ on each start.
    pub seed: Option<u64>,
    /// Whether requests are not logged to stderr.
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            host: Ipv4Addr::LOCALHOST.into(),
            settings: Settings::default_organization(),
            serve: Vec::new(),
            seed: None,
            quiet: false,
        }
    }
}

impl Options {
    /// Parses a command line without the program's name. `None` if `--help` is requested.
    ///
    /// # Errors
    /// If an option or a value is invalid.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            port: 8787,
            ..Self::default()
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    (name.to_owned(), Some(value.to_owned()))
                }
                _ => (argument, None),
            };
            let mut value = || {
                inline
                    .clone()
                    .or_else(|| arguments.next())
                    .ok_or_else(|| format!("{name} requires a value"))
            };
            match name.as_str() {
                "--port" => {
                    options.port = value()?
                        .parse()
                        .map_err(|_| "--port must be an integer from 0 to 65535".to_owned())?;
                }
                "--seed" => {
                    options.seed = Some(
                        value()?
                            .parse()
                            .map_err(|_| "--seed must be a non-negative integer".to_owned())?,
                    );
                }
                "--host" => options.host = host(&value()?)?,
                "--rate-limit" | "--contact-replies" => options.settings.set(&name, &value()?)?,
                "--contacts" => {
                    options.settings.set(&name, &number_or_text(&value()?)?)?;
                }
                "--empty" => options.settings.empty = true,
                "--serve" => options.serve.push(directory(&value()?)?),
                "--quiet" => options.quiet = true,
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("unknown option {name}; --help lists the options")),
            }
        }
        Ok(Some(options))
    }

    /// The text that `--help` prints.
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

/// A number as it is, and otherwise the content of the file.
fn number_or_text(value: &str) -> Result<String, String> {
    if value.parse::<u64>().is_ok() {
        return Ok(value.to_owned());
    }
    std::fs::read_to_string(value)
        .map_err(|error| format!("--contacts: cannot read {value}: {error}"))
}

fn directory(value: &str) -> Result<(String, PathBuf), String> {
    let (prefix, directory) = value
        .split_once('=')
        .filter(|(prefix, directory)| prefix.starts_with('/') && !directory.is_empty())
        .ok_or("--serve must be /PREFIX=DIR")?;
    let directory = PathBuf::from(directory);
    if !directory.is_dir() {
        return Err(format!(
            "--serve: {} is not a directory",
            directory.display()
        ));
    }
    Ok((prefix.trim_end_matches('/').to_owned(), directory))
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(line: &str) -> Result<Option<Options>, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_value_follows_a_space_or_an_equals_sign() {
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
    fn invalid_options_are_named() {
        for (line, word) in [
            ("--port", "--port requires"),
            ("--port x", "--port must"),
            ("--host here", "--host must"),
            ("--rate-limit 60", "--rate-limit must"),
            ("--contact-replies yes", "--contact-replies must"),
            (
                "--contacts 100001",
                "--contacts must be an integer between 0",
            ),
            ("--contacts /no/such/file", "cannot read /no/such/file"),
            ("--serve x", "--serve must"),
            ("--serve /x=/no/such/directory", "not a directory"),
            ("--verbose", "unknown option --verbose"),
        ] {
            assert!(
                parse(line).is_err_and(|error| error.contains(word)),
                "{line}"
            );
        }
    }
}
