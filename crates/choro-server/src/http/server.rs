//! Connections: accepted, limited, and ended in order.

use super::{App, Response, answer, guard::Guard, peer::Peer, stream::Stream};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::server::graceful::GracefulShutdown;
use socket2::SockRef;
use std::{
    convert::Infallible,
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    signal::unix::{SignalKind, signal},
};

/// How long to wait when no connection can be taken, e.g. because all file descriptors are in use.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Connections that wait until they are taken, where `net.core.somaxconn` lets so many. In the 128 places of the standard library one
/// client that opens many at once leaves none to the others, who try again after a second.
const BACKLOG: u32 = 1024;
/// Bytes of answers that the system takes over from us beyond those that are on their way. Otherwise it takes megabytes: memory
/// that a thousand clients can hold who read nothing, and which the watch would count as taken by them.
const UNSENT_BYTES: u32 = 64 * 1024;
/// Headers that hyper takes by default.
const HYPERS_HEADERS: usize = 100;
/// How long a stopping server still takes connections, so that whoever spreads the load sees that it is not ready.
const NOTICE: Duration = Duration::from_secs(1);
/// How often the accounts of clients are looked through.
const FORGET_EVERY: Duration = Duration::from_secs(10);
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

/// Serves until `stop` is ready, then ends in order: first not ready, then no new connections, then the requests that are
/// running finish, within the grace of the limits.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) -> io::Result<()> {
    let builder = builder(&app);
    let graceful = GracefulShutdown::new();
    let releases = tokio::spawn({
        let app = Arc::clone(&app);
        async move { app.server().watch().await }
    });
    let ticks = tokio::spawn({
        let app = Arc::clone(&app);
        async move { tick(&app).await }
    });
    let notice = async {
        stop.await;
        tracing::info!("stopping: no longer ready");
        app.stop();
        tokio::time::sleep(NOTICE.min(app.limits.shutdown_grace)).await;
    };
    let mut notice = pin!(notice);
    loop {
        let (stream, address) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut notice => break,
        };
        let peer = app.peers.of(address);
        if !app.watch.admits(&peer) {
            refuse(&stream, &peer);
            continue;
        }
        app.watch.run(&peer.clone(), |guard| {
            let client = Arc::new(Client { app: Arc::clone(&app), guard: Arc::clone(&guard), peer });
            let service = service_fn(move |request| Client::ask(Arc::clone(&client), request));
            let connection = graceful.watch(builder.serve_connection(Stream::new(stream, guard), service));
            async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "connection ended");
                }
            }
        });
    }
    drop(listener);
    releases.abort();
    tokio::select! {
        () = graceful.shutdown() => tracing::info!("stopped: all requests are answered"),
        () = tokio::time::sleep(app.limits.shutdown_grace) => tracing::warn!("stopped: the grace is over, open requests are lost"),
    }
    ticks.abort();
    Ok(())
}

/// What is done now and then: connections that are too slow are closed, clients forgotten, and the clock looked at.
async fn tick(app: &App) {
    let mut forgotten = Instant::now();
    let also = || {
        app.date.tick(SystemTime::now());
        if forgotten.elapsed() >= FORGET_EVERY {
            forgotten = Instant::now();
            app.peers.clients.forget();
        }
    };
    app.watch.tick(also).await;
}

/// Sends a connection away. Its buffer is empty, so that this waits for nothing.
fn refuse(stream: &TcpStream, peer: &Peer) {
    if let Err(error) = SockRef::from(stream).send(NO_PLACE) {
        tracing::debug!(%error, "a refusal was not sent");
    }
    if let Some(refusals) = peer.account.refused(Instant::now()) {
        tracing::warn!(client.address = %peer.account.key, refusals, why = "no place for its connection", "client refused");
    }
}

/// Who asks on one connection.
struct Client {
    app: Arc<App>,
    guard: Arc<Guard>,
    peer: Peer,
}

impl Client {
    /// Called when a head is complete.
    fn ask(
        self: Arc<Self>,
        request: hyper::Request<hyper::body::Incoming>,
    ) -> impl Future<Output = Result<Response, Infallible>> {
        self.guard.begin();
        async move {
            let response = answer(&self.app, &request.map(drop), &self.peer).await;
            self.guard.answered();
            Ok(response)
        }
    }
}

fn builder(app: &App) -> http1::Builder {
    let limits = &app.limits;
    let mut builder = http1::Builder::new();
    builder
        // The watch closes what is too slow: hyper would allocate and arm a timer for each request.
        .header_read_timeout(None)
        // Room for a head at its limits and its separators; hyper wants 8 KiB at least.
        .max_buf_size((limits.max_header_bytes + limits.max_url_bytes + 4 * limits.max_headers + 4096).max(8192));
    // One more than is allowed, so that the shield sees it and answers with a document. A limit of one's own costs hyper an
    // allocation for each request, so its default stays where it is enough.
    if limits.max_headers >= HYPERS_HEADERS {
        builder.max_headers(limits.max_headers + 1);
    }
    builder
}

/// The next connection, and where it comes from.
pub(super) async fn accept(listener: &TcpListener) -> (TcpStream, IpAddr) {
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

/// From here on SIGHUP does not end the process: there is no file to open anew, and a terminal that is closed is no reason.
pub fn survive_hangup() -> io::Result<()> {
    let mut hangups = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            tracing::info!(
                "SIGHUP changes nothing: settings are read at the start, releases are followed, and the log is a stream"
            );
        }
    });
    Ok(())
}

/// Ready when the process is asked to stop: SIGTERM, or SIGINT (Ctrl-C).
pub async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be caught: only Ctrl-C stops the server in order");
            if interrupt.await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
