//! Requests whose end two readers would see in two places: none of them may bring a second one in.

use super::served;
use crate::harness::Server;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

/// Longer than an answer takes, and shorter than the server waits for what is missing.
const PATIENCE: Duration = Duration::from_millis(1500);

pub struct Wire(TcpStream);

impl Wire {
    pub fn open(server: &Server) -> Self {
        let stream = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    /// Sends bytes and reads until the server closes, or says nothing more.
    pub fn ask(&mut self, bytes: &[u8]) -> String {
        // A server that has refused already may have closed.
        let _sent = self.0.write_all(bytes);
        let (mut reply, mut buffer) = (Vec::new(), [0; 16 * 1024]);
        while let Ok(read @ 1..) = self.0.read(&mut buffer) {
            reply.extend_from_slice(&buffer[..read]);
        }
        String::from_utf8_lossy(&reply).into_owned()
    }
}

/// The statuses of all answers in what came back.
pub fn statuses(reply: &str) -> Vec<u16> {
    let lines = reply.split("HTTP/1.").skip(1);
    lines.filter_map(|line| line.split(' ').nth(1)?.parse().ok()).collect()
}

/// A head's lines after the first and `Host`, and what follows the head; `|` stands for the smuggled request.
const SMUGGLED: [(&str, &str); 30] = [
    ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "1\r\nZ\r\n0\r\n\r\n|"),
    ("Content-Length: 0\r\nContent-Length: 60\r\n", "|"),
    ("Content-Length: 60\r\nContent-Length: 0\r\n", "|"),
    ("Content-Length: 0, 60\r\n", "|"),
    ("Content-Length: +0\r\n", "|"),
    ("Content-Length: -1\r\n", "|"),
    ("Content-Length: 0x3c\r\n", "|"),
    ("Content-Length: 6 0\r\n", "|"),
    ("Content-Length: \r\n", "|"),
    ("Content-Length: 99999999999999999999\r\n", "|"),
    ("Content-Length : 0\r\n", "|"),
    (" Content-Length: 60\r\n", "|"),
    ("Content-Length\0: 60\r\n", "|"),
    ("Content_Length: 60\r\nContent-Length: 60\r\n", "|"),
    ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding: identity\r\n", "|"),
    ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding : chunked\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding:\x0bchunked\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n|"),
    ("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n|"),
    ("X: y\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n|"),
    ("X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n|"),
    ("X: y\r\n\tContent-Length: 60\r\n", "|"),
    ("Transfer-Encoding: chunked\r\n", "0;a=\"\r\n\r\n|"),
    ("Transfer-Encoding: chunked\r\n", "00000000000000000\r\n\r\n|"),
    ("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n|"),
    ("Expect: 100-continue\r\nContent-Length: 60\r\n", "|"),
];

#[test]
fn no_request_with_two_ends_brings_a_second_one_in() {
    let (_workspace, server) = served();
    let smuggled = "GET /catalog.json HTTP/1.1\r\nHost: smuggled\r\n\r\n";
    for (lines, body) in SMUGGLED {
        let request = format!("GET /health/live HTTP/1.1\r\nHost: a\r\n{lines}\r\n{}", body.replace('|', smuggled));
        let reply = Wire::open(&server).ask(request.as_bytes());
        let statuses = statuses(&reply);
        assert!(statuses.first().is_none_or(|status| (400..500).contains(status)), "{lines:?}: {reply}");
        assert!(!statuses.contains(&200), "{lines:?} brought a second request in: {reply}");
    }
}

#[test]
fn what_is_no_request_is_refused_and_the_connection_ends() {
    let (_workspace, server) = served();
    let head = |first: &str, lines: &str| format!("{first}\r\nHost: a\r\n{lines}\r\n").into_bytes();
    for (name, bytes) in [
        ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("TLS", vec![0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3, 13, 10, 13, 10]),
        ("no version", b"GET /catalog.json\r\n\r\n".to_vec()),
        ("another version", head("GET /catalog.json HTTP/3.7", "")),
        ("two blanks", head("GET  /catalog.json HTTP/1.1", "")),
        ("a tab", head("GET\t/catalog.json HTTP/1.1", "")),
        ("a line end in the path", head("GET /cata\nlog.json HTTP/1.1", "")),
        ("a zero in the path", head("GET /cata\0log.json HTTP/1.1", "")),
        ("a zero in a header", head("GET /catalog.json HTTP/1.1", "X: a\0b\r\n")),
        ("a header without colon", head("GET /catalog.json HTTP/1.1", "nonsense\r\n")),
        ("a header without name", head("GET /catalog.json HTTP/1.1", ": a\r\n")),
        ("a blank in a name", head("GET /catalog.json HTTP/1.1", "X Y: a\r\n")),
    ] {
        let reply = Wire::open(&server).ask(&bytes);
        let statuses = statuses(&reply);
        assert!(matches!(statuses[..], [] | [400..=499]), "{name}: {reply}");
    }
    assert_eq!(server.get("/health/live").status, 200);
}
