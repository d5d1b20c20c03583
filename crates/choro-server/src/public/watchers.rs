//! Health and metrics on listeners of their own, answered by a thread of its own: whoever watches hears of the server also when all
//! its threads and places are taken. Nothing of the metrics can be reached where the public asks.

use super::{
    App, Public,
    headers::{RESOURCE_POLICY, SAME_ORIGIN},
    health, metrics,
    respond::{self, Response},
};
use choro_http::net::accept;
use hyper::{Method, StatusCode, header, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    io,
    net::TcpListener as Bound,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, oneshot},
    task::JoinSet,
};

/// Connections at one time: there are few who watch.
const CONNECTIONS: usize = 16;
/// How long a head may take, and a connection lie idle.
const IDLE: Duration = Duration::from_secs(30);

/// What a listener shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// `/health/live` and `/health/ready`.
    Health,
    /// Health, and `/metrics`.
    HealthAndMetrics,
}

/// The thread; ended when dropped.
#[derive(Debug)]
pub struct Watchers {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watchers {
    fn drop(&mut self) {
        // Whoever waits for the thread knows that it ends: it holds nothing but waits itself.
        drop(self.stop.take());
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

/// Answers on listeners until what is returned is dropped.
pub fn serve_watchers(listeners: Vec<(Bound, Shown)>, public: &Public) -> io::Result<Watchers> {
    listeners.iter().try_for_each(|(listener, _)| listener.set_nonblocking(true))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stop, stopped) = oneshot::channel();
    let app = public.app();
    let work = async move {
        let mut served = JoinSet::new();
        for (listener, shown) in listeners {
            match TcpListener::from_std(listener) {
                Ok(listener) => drop(served.spawn(serve(listener, shown, Arc::clone(&app)))),
                Err(error) => tracing::error!(%error, "nobody answers for health and metrics"),
            }
        }
        // The sender never sends: that it is gone is the word.
        drop(stopped.await);
    };
    let thread = thread::Builder::new().name("choro-apart".to_owned()).spawn(move || runtime.block_on(work))?;
    Ok(Watchers { stop: Some(stop), thread: Some(thread) })
}

async fn serve(listener: TcpListener, shown: Shown, app: Arc<App>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let place = Arc::clone(&places).acquire_owned().await;
        let (stream, _) = accept(&listener).await;
        let app = Arc::clone(&app);
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let app = Arc::clone(&app);
            async move { Ok::<_, Infallible>(answer(&app, shown, request.method(), request.uri().path()).await) }
        });
        tokio::spawn(async move {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(IDLE);
            if let Err(error) = builder.serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, "connection for health or metrics ended");
            }
            drop(place);
        });
    }
}

/// An answer, which is for programs that watch: no page of another site may read it, though the browser of an operator can reach it.
async fn answer(app: &App, shown: Shown, method: &Method, path: &str) -> Response {
    let mut response = found(app, shown, method, path).await;
    let headers = response.headers_mut();
    headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    headers.remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
    headers.insert(RESOURCE_POLICY, SAME_ORIGIN);
    response
}

async fn found(app: &App, shown: Shown, method: &Method, path: &str) -> Response {
    match path {
        _ if !matches!(*method, Method::GET | Method::HEAD) => respond::bare(StatusCode::NOT_FOUND),
        "/health/live" => health::is_live(),
        "/health/ready" => health::is_ready(app.gate.is_ready()),
        "/metrics" if shown == Shown::HealthAndMetrics => metrics::respond(app).await,
        _ => respond::bare(StatusCode::NOT_FOUND),
    }
}
