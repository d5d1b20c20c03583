//! What only a socket shows: connections, heads that hyper judges, and the end of the server.

use super::*;
use crate::http::serve;
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

struct Running {
    address: std::net::SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<std::io::Result<()>>,
    _dir: tempfile::TempDir,
}

async fn running(limits: Limits) -> Running {
    let Site { dir, app, .. } = Site::with(limits);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, app, async move { drop(stopped.await) }));
    Running { address, stop: Some(stop), task, _dir: dir }
}

/// Sends bytes and reads until the server closes.
async fn exchange(running: &Running, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut reply = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut reply)).await.unwrap().ok();
    String::from_utf8_lossy(&reply).into_owned()
}

#[tokio::test]
async fn two_requests_share_a_connection() {
    let running = running(Limits::default()).await;
    let two = format!("GET {TILE} HTTP/1.1\r\nHost: x\r\n\r\nHEAD {TILE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let reply = exchange(&running, two.as_bytes()).await;
    assert_eq!(reply.matches("HTTP/1.1 200 OK").count(), 2, "{reply}");
    assert!(reply.ends_with("\r\n\r\n"), "the second has no body: {reply}");
}

#[tokio::test]
async fn ambiguous_and_oversized_heads_are_refused_and_the_connection_ends() {
    let running = running(Limits { header_read_timeout: Duration::from_millis(300), ..Limits::default() }).await;
    let headers = |count: usize| (0..count).map(|i| format!("h{i}: 1\r\n")).collect::<String>();
    for (head, expected) in [
        (format!("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{}\r\n", headers(62)), "HTTP/1.1 200"),
        (format!("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{}\r\n", headers(63)), "HTTP/1.1 431"),
        (format!("GET /health/live HTTP/1.1\r\nHost: x\r\n{}\r\n", headers(200)), "HTTP/1.1 431"),
        (format!("GET /health/live HTTP/1.1\r\nHost: x\r\na: {}\r\n\r\n", "b".repeat(60_000)), "HTTP/1.1 431"),
        (format!("GET /{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "a".repeat(3000)), "HTTP/1.1 414"),
        ("GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc".to_owned(), "HTTP/1.1 413"),
        (
            "GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd".to_owned(),
            "HTTP/1.1 400",
        ),
        (
            "GET /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
                .to_owned(),
            "HTTP/1.1 4",
        ),
        ("GET /health/live HTTP/1.1\r\nHost: x\r\na: 1\r\n b: 2\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("GET /health\0/live HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("nonsense\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("CONNECT evil.example:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(), "HTTP/1.1 405"),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(), "HTTP/1.1 204"),
    ] {
        let reply = exchange(&running, head.as_bytes()).await;
        assert!(reply.starts_with(expected), "{}: {reply}", head.chars().take(100).collect::<String>());
        assert_eq!(reply.matches("HTTP/1.1").count(), 1, "{reply}");
    }
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let running = running(Limits { header_read_timeout: Duration::from_millis(100), ..Limits::default() }).await;
    let begun = Instant::now();
    exchange(&running, b"GET / HTTP/1.1\r\nHost: ").await;
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_stopping_server_is_not_ready_first_and_answers_what_it_has_begun() {
    let mut running = running(Limits::default()).await;
    let mut waiting = TcpStream::connect(running.address).await.unwrap();
    waiting.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    running.stop.take().unwrap().send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let ready = exchange(&running, b"GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert!(ready.starts_with("HTTP/1.1 503"), "{ready}");
    waiting.write_all(b"\r\n").await.unwrap();
    let mut reply = [0; 12];
    waiting.read_exact(&mut reply).await.unwrap();
    assert_eq!(&reply, b"HTTP/1.1 200");
    tokio::time::timeout(Duration::from_secs(5), running.task).await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
}
