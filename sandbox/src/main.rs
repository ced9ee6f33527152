//! The sandbox as a program: see `--help`.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use centerfy_sandbox::server::{Options, Server};
use std::io::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;

/// What cannot be understood, and what cannot be done.
const MISUSED: u8 = 2;
const FAILED: u8 = 1;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{}", Options::help());
            return ExitCode::SUCCESS;
        }
        Err(mistake) => return fail(MISUSED, &mistake),
    };
    let port = options.port;
    match start(options) {
        Ok(server) => {
            server.run();
            ExitCode::SUCCESS
        }
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => fail(
            FAILED,
            &format!("port {port} is in use; name another one, or --port 0 for any free one"),
        ),
        Err(error) => fail(FAILED, &format!("cannot listen on port {port}: {error}")),
    }
}

/// Takes the port and says so. From that line on it answers.
fn start(options: Options) -> io::Result<Server> {
    let server = Server::bind(options)?;
    let address = server.address()?;
    if !address.ip().is_loopback() {
        // A closed stderr is no reason to stop.
        let _ = writeln!(
            io::stderr(),
            "centerfy-sandbox: warning: it listens on {}, so other machines can use it and its control door",
            address.ip()
        );
    }
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{}", reachable(address))?;
    out.flush()?;
    drop(out);
    Ok(server)
}

/// Where a program on this machine reaches it: an address that stands for all of them is none.
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
