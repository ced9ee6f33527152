//! One connection: HTTP over a socket that can be reset.

use super::connection_handle::ConnectionHandle;
use super::service;
use super::shared::Shared;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Serves the requests of a connection until it ends.
pub(crate) async fn serve(stream: TcpStream, handle: ConnectionHandle, shared: Arc<Shared>) {
    let socket = Socket {
        stream,
        handle: handle.clone(),
    };
    let service = service_fn(|request| service::respond(shared.clone(), handle.clone(), request));
    let mut connection = pin!(http1::Builder::new().serve_connection(socket, service));
    let mut reset = pin!(handle.wait_for_reset());
    // Dropping the connection closes the socket. An error means that the client disconnected, which
    // is in the log already.
    std::future::poll_fn(|context| {
        if reset.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        connection.as_mut().poll(context).map(|_| ())
    })
    .await;
}

/// A TCP stream for hyper. It is closed with a reset if the handle says so.
struct Socket {
    stream: TcpStream,
    handle: ConnectionHandle,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.handle.is_reset() {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // Through another buffer: reading into hyper's needs unsafe code.
        let mut bytes = [0; 16 * 1024];
        let length = into.remaining().min(bytes.len());
        let mut buffer = ReadBuf::new(bytes.get_mut(..length).unwrap_or_default());
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
        into.put_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
