//! The sandbox behind a real HTTP server.

mod body;
mod clock;
mod connection;
mod files;
mod link;
mod options;
mod service;
mod shared;
mod watch;

pub use options::Options;

use crate::Sandbox;
use clock::now_ms;
use link::Link;
use shared::Shared;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Runtime;

/// As many connections may wait to be taken; tests open thousands at once.
const BACKLOG: u32 = 4_096;

/// A server that holds its port and does not answer yet.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Server {
    /// Takes the port; port 0 takes any that is free.
    ///
    /// # Errors
    /// When the port is taken, or the system has no room for another server.
    pub fn bind(options: Options) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            let socket = match options.host {
                IpAddr::V4(_) => TcpSocket::new_v4()?,
                IpAddr::V6(_) => TcpSocket::new_v6()?,
            };
            socket.set_reuseaddr(true)?;
            socket.bind(SocketAddr::from((options.host, options.port)))?;
            socket.listen(BACKLOG)?
        };
        let seed = options
            .seed
            .unwrap_or_else(|| now_ms().wrapping_mul(0x9E37_79B9) ^ u64::from(std::process::id()));
        let sandbox = Sandbox::with_settings(seed, options.settings.clone(), now_ms());
        Ok(Self {
            runtime,
            listener,
            shared: Arc::new(Shared::new(sandbox, options)),
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process ends.
    pub fn run(self) {
        let Self {
            runtime,
            listener,
            shared,
        } = self;
        runtime.block_on(async {
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        let _ = stream.set_nodelay(true);
                        tokio::spawn(connection::serve(stream, Link::new(), shared.clone()));
                    }
                    // Too many open files, most likely: some of them close soon.
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        });
    }
}
