//! One connection: HTTP over a socket that can be reset on demand.

use super::link::Link;
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

/// Answers the requests of a connection until it ends.
pub(crate) async fn serve(stream: TcpStream, link: Link, shared: Arc<Shared>) {
    let socket = Socket {
        stream,
        link: link.clone(),
    };
    let service = service_fn(|request| service::answer(shared.clone(), link.clone(), request));
    let mut connection = pin!(http1::Builder::new().serve_connection(socket, service));
    let mut reset = pin!(link.is_reset());
    // Ends with whichever comes first; dropping the connection closes the socket. An error is
    // the client's way of leaving, and it is in the world's log already.
    std::future::poll_fn(|context| {
        if reset.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        connection.as_mut().poll(context).map(|_| ())
    })
    .await;
}

/// A TCP stream as hyper wants it. When it was asked to, it ends with a reset.
struct Socket {
    stream: TcpStream,
    link: Link,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.link.resets() {
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
        // By way of a buffer of its own: to read straight into hyper's is not for safe Rust.
        let mut bytes = [0; 16 * 1024];
        let room = into.remaining().min(bytes.len());
        let mut buffer = ReadBuf::new(bytes.get_mut(..room).unwrap_or_default());
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
