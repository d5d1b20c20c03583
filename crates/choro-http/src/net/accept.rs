//! Sockets: opened, taken from, and sent away.

use super::peer::Peer;
use socket2::SockRef;
use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// How long to wait when no connection can be taken, e.g. because all file descriptors are in use.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Connections that wait until they are taken, where `net.core.somaxconn` lets so many. In the 128 places of the standard library one
/// client that opens many at once leaves none to the others, who try again after a second.
const BACKLOG: u32 = 1024;
/// Bytes of answers that the system takes over from us beyond those that are on their way. Otherwise it takes megabytes: memory
/// that a thousand clients can hold who read nothing, and which the watch would count as taken by them.
const UNSENT_BYTES: u32 = 64 * 1024;
/// What a connection gets for which there is no place.
const NO_PLACE: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// A socket that takes connections.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As the standard library does, so that a server that is started again need not wait for the connections of the one before.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// The next connection, and where it comes from.
pub async fn accept(listener: &TcpListener) -> (TcpStream, IpAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, address)) => {
                let bounded = SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT_BYTES);
                if let Err(error) = stream.set_nodelay(true).and(bounded) {
                    tracing::debug!(%error, "a connection keeps the settings of the system");
                }
                return (stream, address.ip());
            }
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Sends a connection away. Its buffer is empty, so that this waits for nothing.
pub fn refuse(stream: &TcpStream, peer: &Peer) {
    if let Err(error) = SockRef::from(stream).send(NO_PLACE) {
        tracing::debug!(%error, "a refusal was not sent");
    }
    if let Some(refusals) = peer.account.refused(Instant::now()) {
        tracing::warn!(client.address = %peer.account.key, refusals, why = "no place for its connection", "client refused");
    }
}
