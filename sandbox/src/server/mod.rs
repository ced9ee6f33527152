//! The sandbox as an HTTP server.

mod body;
mod clock;
mod connection;
mod connection_handle;
mod exchange;
mod files;
mod options;
mod service;
mod shared;

pub use options::Options;

use crate::Handler;
use clock::now_ms;
use connection_handle::ConnectionHandle;
use shared::Shared;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Runtime;

/// The number of connections that can wait to be accepted. Tests open thousands at once.
const BACKLOG: u32 = 4_096;

/// A server that is bound to its port and does not respond yet.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Server {
    /// Binds the port. Port 0 binds any free port.
    ///
    /// # Errors
    /// If the port is in use, or the system cannot open another socket.
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
        let handler = Handler::with_settings(seed, options.settings.clone(), now_ms());
        Ok(Self {
            runtime,
            listener,
            shared: Arc::new(Shared::new(handler, options)),
        })
    }

    /// The address on which the server listens.
    ///
    /// # Errors
    /// If the system does not report it.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves requests until the process ends.
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
                        tokio::spawn(connection::serve(
                            stream,
                            ConnectionHandle::new(),
                            shared.clone(),
                        ));
                    }
                    // Most likely too many files are open; some of them will be closed.
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        });
    }
}
