//! The sandbox as a program: see `--help`.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use centerfy_sandbox::server::{Options, Server};
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{}", Options::help());
            return ExitCode::SUCCESS;
        }
        Err(mistake) => return fail(&mistake),
    };
    let port = options.port;
    match start(options) {
        Ok(server) => {
            server.run();
            ExitCode::SUCCESS
        }
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => fail(&format!(
            "port {port} is in use; name another one, or --port 0 for any free one"
        )),
        Err(error) => fail(&format!("cannot listen on port {port}: {error}")),
    }
}

/// Takes the port and says so. Whoever waits for that line may ask at once.
fn start(options: Options) -> io::Result<Server> {
    let server = Server::bind(options)?;
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{}", server.address()?)?;
    out.flush()?;
    drop(out);
    Ok(server)
}

fn fail(message: &str) -> ExitCode {
    eprintln!("centerfy-sandbox: {message}");
    ExitCode::from(2)
}
