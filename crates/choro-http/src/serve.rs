//! Connections: accepted, limited, and ended in order.

use crate::{
    body::{RequestBody, Response},
    gate::{Answers, Gate},
    net::{accept, guard::Guard, peer::Peer, refuse, stream::Stream},
};
use choro_config::Limits;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::server::graceful::GracefulShutdown;
use std::{
    convert::Infallible,
    future::Future,
    io,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

/// Headers that hyper takes by default.
const HYPERS_HEADERS: usize = 100;
/// How long a stopping server still takes connections, so that whoever spreads the load sees that it is not ready.
const NOTICE: Duration = Duration::from_secs(1);
/// How often the accounts of clients are looked through.
const FORGET_EVERY: Duration = Duration::from_secs(10);

/// Serves until `stop` is ready, then ends in order: first not ready, then no new connections, then the requests that are
/// running finish, within the grace of the limits.
pub async fn serve<A: Answers>(
    listener: TcpListener,
    gate: Arc<Gate>,
    answers: Arc<A>,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let ticks = tokio::spawn({
        let gate = Arc::clone(&gate);
        async move { tick(&gate).await }
    });
    let notice = async {
        stop.await;
        tracing::info!("stopping: no longer ready");
        gate.stop();
        tokio::time::sleep(NOTICE.min(gate.limits().shutdown_grace)).await;
    };
    let mut notice = pin!(notice);
    loop {
        let (stream, address) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut notice => break,
        };
        let peer = gate.peers.of(address);
        if !gate.watch.admits(&peer) {
            refuse(&stream, &peer);
            continue;
        }
        gate.watch.run(&peer.clone(), |guard| {
            let builder = builder(&gate.limits());
            let (gate, answers) = (Arc::clone(&gate), Arc::clone(&answers));
            let client = Arc::new(Client { gate, answers, guard: Arc::clone(&guard), peer });
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
    tokio::select! {
        () = graceful.shutdown() => tracing::info!("stopped: all requests are answered"),
        () = tokio::time::sleep(gate.limits().shutdown_grace) => tracing::warn!("stopped: the grace is over, open requests are lost"),
    }
    ticks.abort();
    Ok(())
}

/// What is done now and then: connections that are too slow are closed, clients forgotten, and the clock looked at.
async fn tick(gate: &Gate) {
    let mut forgotten = Instant::now();
    let also = || {
        gate.date.tick(SystemTime::now());
        if forgotten.elapsed() >= FORGET_EVERY {
            forgotten = Instant::now();
            gate.peers.clients.forget();
        }
    };
    gate.watch.tick(also).await;
}

/// Who asks on one connection.
struct Client<A> {
    gate: Arc<Gate>,
    answers: Arc<A>,
    guard: Arc<Guard>,
    peer: Peer,
}

impl<A: Answers> Client<A> {
    /// Called when a head is complete.
    fn ask(
        self: Arc<Self>,
        request: hyper::Request<hyper::body::Incoming>,
    ) -> impl Future<Output = Result<Response, Infallible>> {
        self.guard.begin();
        async move {
            let request = request.map(RequestBody::Incoming);
            let response = self.gate.answer(request, &self.peer, &*self.answers).await;
            self.guard.answered();
            Ok(response)
        }
    }
}

fn builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        // The watch closes what is too slow: hyper would allocate and arm a timer for each request.
        .header_read_timeout(None)
        // Room for a head at its limits and its separators; hyper wants 8 KiB at least.
        .max_buf_size((limits.max_header_bytes + limits.max_url_bytes + 4 * limits.max_headers + 4096).max(8192));
    // One more than is allowed, so that the gate sees it and answers with a document. A limit of one's own costs hyper an
    // allocation for each request, so its default stays where it is enough.
    if limits.max_headers >= HYPERS_HEADERS {
        builder.max_headers(limits.max_headers + 1);
    }
    builder
}

/// SIGHUP, which from here on does not end the process: a terminal that is closed is no reason.
#[derive(Debug)]
pub struct Hangups(Signal);

impl Hangups {
    /// Begins to catch the signal.
    ///
    /// # Errors
    /// The system does not allow it.
    pub fn catch() -> io::Result<Self> {
        signal(SignalKind::hangup()).map(Self)
    }

    /// Ready when the signal has come once more.
    pub async fn next(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

/// Ready when the process is asked to stop: SIGTERM, or SIGINT (Ctrl-C). From the call on neither ends the process, whether the future is
/// waited for yet or not.
///
/// # Errors
///
/// The system does not let a signal be caught.
pub fn stop_signal() -> io::Result<impl Future<Output = ()> + Send> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_signal_that_comes_before_anybody_waits_for_it_is_not_lost_and_ends_nothing() {
        let stop = stop_signal().unwrap();
        let sent = std::process::Command::new("kill").args(["-TERM", &std::process::id().to_string()]).status().unwrap();
        assert!(sent.success());
        stop.await;
    }
}
