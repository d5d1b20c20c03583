//! Connections: taken from a socket, and sent away.

use super::peer::Peer;
use socket2::SockRef;
use std::{
    net::IpAddr,
    time::{Duration, Instant},
};
use tokio::net::{TcpListener, TcpStream};

/// How long to wait when no connection can be taken, e.g. because all file descriptors are in use.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Bytes of answers that the system takes over from us beyond those that are on their way. Otherwise it takes megabytes: memory
/// that a thousand clients can hold who read nothing, and which the watch would count as taken by them.
const UNSENT_BYTES: u32 = 64 * 1024;
/// What a connection gets for which there is no place.
const NO_PLACE: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

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
