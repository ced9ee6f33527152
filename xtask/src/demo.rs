//! `cargo xtask demo`: the API and a page that talks to it, on this machine.

use crate::args::Args;
use crate::sandbox::Sandbox;
use crate::{build, paths};
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::thread;

pub(crate) const HELP: &str = "\
Usage: cargo xtask demo [--port N]

Builds the npm package, starts the sandbox API and the demo page on this machine, prints the page's
URL and stays until Ctrl-C. Everything runs on loopback; no real person is called or written to.

  --port N    the port to listen on (8787, or the next free one)
";

const PORT: u16 = 8787;
const PORTS_TO_TRY: u16 = 50;

pub(crate) fn demo(mut args: Args) -> Result<()> {
    let port = args.value("--port")?;
    args.finish()?;
    // The two share no step. While one waits for packages or for its last crate, the other compiles.
    let (built, compiled) = thread::scope(|scope| {
        let sandbox = scope.spawn(Sandbox::compile);
        let built = build::build(&build::Options {
            client_only: true,
            ..build::Options::default()
        });
        (built, sandbox.join())
    });
    let package = built.context("the npm package cannot be built")?;
    let binary = match compiled {
        Ok(binary) => binary.context("the sandbox cannot be compiled")?,
        Err(_) => bail!("compiling the sandbox broke off"),
    };
    let port = match port {
        Some(port) => port,
        None => free_port()?,
    };
    let serve = [("/", paths::root().join("www")), ("/pkg", package.folder)];
    let sandbox = Sandbox::start(&binary, port, &serve)?;
    println!("{}/  (press Ctrl+C to stop)", sandbox.url);
    bail!("the sandbox ended ({})", sandbox.wait()?)
}

fn free_port() -> Result<u16> {
    (PORT..PORT + PORTS_TO_TRY)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .with_context(|| format!("no port from {PORT} on is free; choose one with --port"))
}
