//! Whatever a client sends: an answer by HTTP, never 500, or the end of the connection.

use super::{observations::DEFINED, release};
use choro_bundle::encode::splice::Tail;
use choro_config::Limits;
use choro_model::Lang;
use choro_server::{
    public::{self, Public},
    serving::{AnswerOptions, ReleaseServer, ReleasesLocation},
};
use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::{Arc, LazyLock, mpsc},
    time::Duration,
};

/// A server of a small release, in threads of its own.
static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let (said, address) = mpsc::channel();
    std::thread::spawn(move || serve(&said));
    address.recv().expect("an address")
});

fn serve(said: &mpsc::Sender<SocketAddr>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    release::publish(dir.path(), &DEFINED[0]);
    let options = AnswerOptions {
        public_url: "https://maps.example.org".to_owned(),
        lang: Lang::new("en").expect("a language"),
        cache_mb: 1,
        release_poll: Duration::from_secs(60),
        tail: Tail::Stored,
    };
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options).expect("a server");
    let gate = Arc::new(public::gate(Limits::default()));
    let public = Arc::new(Public::new(server, gate, "*"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        said.send(listener.local_addr().expect("an address")).expect("somebody waits");
        public::serve(listener, public, std::future::pending()).await.expect("served");
    });
}

/// Sends made-up bytes: as they are where they are a request, else behind `GET `.
pub fn read(data: &[u8]) {
    let is_request = ["GET ", "HEAD ", "OPTIONS ", "POST "].iter().any(|verb| data.starts_with(verb.as_bytes()));
    let request = if is_request { data.to_vec() } else { [b"GET ", data].concat() };
    let request = [&request, b"\r\nConnection: close\r\n\r\n".as_slice()].concat();
    let mut stream = TcpStream::connect(*SERVER).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
    // It may have answered and closed before all of it was sent.
    let _sent = stream.write_all(&request).and_then(|()| stream.shutdown(Shutdown::Write));
    let mut reply = Vec::new();
    if stream.read_to_end(&mut reply).is_err() {
        return;
    }
    let head = String::from_utf8_lossy(&reply[..reply.len().min(40)]).into_owned();
    assert!(reply.is_empty() || head.starts_with("HTTP/1.1 ") || head.starts_with("HTTP/1.0 "), "{head:?}");
    let status = head.get(9..12).and_then(|status| status.parse::<u16>().ok()).unwrap_or_default();
    assert!(status != 500, "500 for {:?}", String::from_utf8_lossy(data));
}
