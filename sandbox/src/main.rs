//! The sandbox as a command-line program; see `--help`.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use centerfy_sandbox::server::{Options, Server};
use std::io::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;

/// The exit code for an invalid command line.
const USAGE: u8 = 2;
/// The exit code if the server cannot start.
const FAILURE: u8 = 1;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{}", Options::help());
            return ExitCode::SUCCESS;
        }
        Err(message) => return fail(USAGE, &message),
    };
    let port = options.port;
    match start(options) {
        Ok(server) => {
            server.run();
            ExitCode::SUCCESS
        }
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => fail(
            FAILURE,
            &format!(
                "port {port} is in use; choose another port, or use --port 0 for any free port"
            ),
        ),
        Err(error) => fail(FAILURE, &format!("cannot listen on port {port}: {error}")),
    }
}

/// Binds the port and prints the URL. From then on, the server accepts connections.
fn start(options: Options) -> io::Result<Server> {
    let server = Server::bind(options)?;
    let address = server.address()?;
    if !address.ip().is_loopback() {
        // A closed stderr must not stop the server.
        let _ = writeln!(
            io::stderr(),
            "centerfy-sandbox: warning: listening on {}, so other machines can use the sandbox and its control endpoints",
            address.ip()
        );
    }
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{}", reachable(address))?;
    out.flush()?;
    drop(out);
    Ok(server)
}

/// The address for clients on this machine: the unspecified address is replaced by loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

fn fail(status: u8, message: &str) -> ExitCode {
    eprintln!("centerfy-sandbox: {message}");
    ExitCode::from(status)
}
