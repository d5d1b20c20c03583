//! What only a socket shows: connections, heads that hyper judges, and the end of the server.

use super::*;
use crate::public::{Shown, serve, serve_watchers};
use choro_http::gate::Hosts;
use std::{
    net::Ipv4Addr,
    time::{Duration, Instant},
};
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
    let Site { dir, public, .. } = Site::with(limits);
    run(dir, public).await
}

async fn run(dir: tempfile::TempDir, public: Arc<Public>) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, public, async move { drop(stopped.await) }));
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
    for head in ["", "G", "GET / HTTP/1.1\r\nHost: "] {
        assert_eq!(exchange(&running, head.as_bytes()).await, "", "{head:?}");
    }
    // A byte now and then gives no further time.
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let dripped = async {
        while stream.write_all(b"G").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), dripped).await.unwrap();
}

#[tokio::test]
async fn a_connection_may_lie_idle_for_its_own_time_and_is_closed_after_it() {
    let (head, idle) = (Duration::from_millis(100), Duration::from_millis(600));
    let running = running(Limits { header_read_timeout: head, idle_timeout: idle, ..Limits::default() }).await;
    let ask = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let mut reply = [0; 4096];
    for _ in 0..2 {
        stream.write_all(ask).await.unwrap();
        assert!(stream.read(&mut reply).await.unwrap() > 100);
        tokio::time::sleep(3 * head).await;
    }
    let begun = Instant::now();
    assert_eq!(exchange(&running, ask).await.matches("HTTP/1.1 200 OK").count(), 1);
    assert!(begun.elapsed() >= idle);
}

/// A client that only asks: its answers fill the buffers of both sides, and then nothing of them is taken any more.
#[tokio::test]
async fn a_client_that_takes_nothing_of_its_answers_is_cut_off_and_others_are_served() {
    let running = running(Limits { write_timeout: Duration::from_millis(200), ..Limits::default() }).await;
    let ask = format!("GET {TILE} HTTP/1.1\r\nHost: x\r\n\r\n");
    let mut greedy = TcpStream::connect(running.address).await.unwrap();
    let asking = async { while greedy.write_all(ask.as_bytes()).await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(20), asking).await.unwrap();
    let last = format!("GET {TILE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(exchange(&running, last.as_bytes()).await.starts_with("HTTP/1.1 200"));
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

#[tokio::test]
async fn a_request_says_once_whom_it_asks_and_asks_a_name_that_is_ours() {
    let (dir, server) = testing::server();
    let hosts = Hosts::new(Some("https://maps.example.org"), &["choro.internal".to_owned()], Ipv4Addr::LOCALHOST.into());
    let running = run(dir, Arc::new(Public::new(server, Arc::new(gate(Limits::default()).with_hosts(hosts)), "*"))).await;
    for (line, headers, expected) in [
        ("GET /catalog.json HTTP/1.1", "Host: maps.example.org", 200),
        ("GET /catalog.json HTTP/1.1", "Host: choro.internal:8080", 200),
        ("GET /catalog.json HTTP/1.1", "Host: 127.0.0.1:9000", 200),
        ("GET /catalog.json HTTP/1.1", "Host: evil.example", 421),
        ("GET /catalog.json HTTP/1.1", "Host: 192.0.2.1", 421),
        ("GET /catalog.json HTTP/1.1", "Host: ", 421),
        ("GET /catalog.json HTTP/1.1", "Accept: */*", 400),
        ("GET /catalog.json HTTP/1.1", "Host: maps.example.org\r\nHost: maps.example.org", 400),
        ("GET /catalog.json HTTP/1.1", "Host: maps.example.org\r\nHost: evil.example", 400),
        ("GET /catalog.json HTTP/1.1", "Host: maps.example.org/x", 400),
        ("GET /catalog.json HTTP/1.1", "Host: user@maps.example.org", 400),
        ("GET /catalog.json HTTP/1.1", "Host: maps.example.org, evil.example", 400),
        ("GET /catalog.json HTTP/1.0", "Accept: */*", 200),
        ("GET /catalog.json HTTP/1.0", "Host: evil.example", 421),
        ("GET http://maps.example.org/catalog.json HTTP/1.1", "Host: maps.example.org", 200),
        ("GET http://evil.example/catalog.json HTTP/1.1", "Host: maps.example.org", 421),
        ("GET http://evil.example/catalog.json HTTP/1.0", "Accept: */*", 421),
        ("GET /health/ready HTTP/1.1", "Host: evil.example", 200),
        ("GET /health/ready HTTP/1.0", "Accept: */*", 200),
        ("GET /health/ready HTTP/1.1", "Accept: */*", 400),
    ] {
        let reply = exchange(&running, format!("{line}\r\n{headers}\r\nConnection: close\r\n\r\n").as_bytes()).await;
        let status = reply.split(' ').nth(1).unwrap_or_default();
        assert_eq!(status, expected.to_string(), "{line} {headers}: {reply}");
        assert_eq!(reply.contains("server.allowed_hosts"), expected == 421, "{reply}");
        assert!(!reply.contains("evil.example"), "{reply}");
    }
}

/// No runtime runs here but its own.
#[test]
fn health_is_told_by_a_thread_of_its_own_when_no_other_answers() {
    let (_dir, server) = testing::server();
    let public = public(server, Limits::default());
    let listeners = [(); 2].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    let addresses = listeners.each_ref().map(|listener| listener.local_addr().unwrap());
    let [health, all] = listeners;
    let apart = serve_watchers(vec![(health, Shown::Health), (all, Shown::HealthAndMetrics)], &public).unwrap();
    let ask = |address: std::net::SocketAddr, path: &str| {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(!reply.contains("access-control-allow-origin"), "no page of another site may read it: {reply}");
        assert!(reply.contains("cross-origin-resource-policy: same-origin"), "{reply}");
        reply.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for (path, of_health, of_all) in [
        ("/health/live", "200", "200"),
        ("/health/ready", "200", "200"),
        ("/metrics", "404", "200"),
        ("/catalog.json", "404", "404"),
    ] {
        assert_eq!(addresses.map(|address| ask(address, path)), [of_health, of_all], "{path}");
    }
    public.gate().stop();
    assert_eq!(ask(addresses[0], "/health/ready"), "503");
    drop(apart);
    assert!(std::net::TcpStream::connect(addresses[0]).is_err());
}
