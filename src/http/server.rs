//! Connections: accepted, limited, and ended in order.

use super::{App, Response, answer, guard::Guard, stream::Stream, watch::Watch};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::server::graceful::GracefulShutdown;
use socket2::SockRef;
use std::{convert::Infallible, future::Future, io, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// How long to wait when no connection can be taken, e.g. because all file descriptors are in use.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Bytes of answers that the system takes over from us beyond those that are on their way. Otherwise it takes megabytes: memory
/// that a thousand clients can hold who read nothing, and which the watch would count as taken by them.
const UNSENT_BYTES: u32 = 64 * 1024;
/// Headers that hyper takes by default.
const HYPERS_HEADERS: usize = 100;
/// How long a stopping server still takes connections, so that whoever spreads the load sees that it is not ready.
const NOTICE: Duration = Duration::from_secs(1);

/// Serves until `stop` is ready, then ends in order: first not ready, then no new connections, then the requests that are
/// running finish, within the grace of the limits.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) -> io::Result<()> {
    let builder = builder(&app);
    let places = Arc::new(Semaphore::new(app.limits.max_connections));
    let graceful = GracefulShutdown::new();
    let watch = Arc::new(Watch::new(&app.limits));
    let releases = tokio::spawn({
        let app = Arc::clone(&app);
        async move { app.server().watch().await }
    });
    let ticks = tokio::spawn({
        let watch = Arc::clone(&watch);
        async move { watch.tick().await }
    });
    let notice = async {
        stop.await;
        tracing::info!("stopping: no longer ready");
        app.stop();
        tokio::time::sleep(NOTICE.min(app.limits.shutdown_grace)).await;
    };
    let mut notice = pin!(notice);
    loop {
        let (stream, place) = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut notice => break,
        };
        watch.run(|guard| {
            let client = Arc::new(Client { app: Arc::clone(&app), guard: Arc::clone(&guard) });
            let service = service_fn(move |request| Client::ask(Arc::clone(&client), request));
            let connection = graceful.watch(builder.serve_connection(Stream::new(stream, guard), service));
            async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "connection ended");
                }
                drop(place);
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

/// Who asks on one connection.
struct Client {
    app: Arc<App>,
    guard: Arc<Guard>,
}

impl Client {
    /// Called when a head is complete.
    fn ask(
        self: Arc<Self>,
        request: hyper::Request<hyper::body::Incoming>,
    ) -> impl Future<Output = Result<Response, Infallible>> {
        self.guard.begin();
        async move {
            let response = answer(&self.app, &request.map(drop)).await;
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

/// The next connection, as soon as there is a place for it.
pub(super) async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let bounded = SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT_BYTES);
                if let Err(error) = stream.set_nodelay(true).and(bounded) {
                    tracing::debug!(%error, "a connection keeps the settings of the system");
                }
                return (stream, place);
            }
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Ready when the process is asked to stop: SIGTERM, or SIGINT (Ctrl-C).
pub async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
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
