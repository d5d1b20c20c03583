//! Traces: a collector that is named gets the spans of requests and commands, and no collector is a mistake in builds without
//! them.

use super::{TILE, published};

#[cfg(not(feature = "otlp"))]
#[test]
fn a_build_without_traces_refuses_to_send_them_and_says_how_to_build_one_that_does() {
    let workspace = published();
    workspace.set("traces", "url = \"http://127.0.0.1:4318\"");
    let said = workspace.fails(&["publish"], 1);
    assert!(said.contains("build it with --features otlp, or take the key away"), "{said}");
    let workspace = published();
    let server = workspace.serve();
    let parent = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    assert_eq!(server.get_with(TILE, &[parent]).status, 200);
}

#[cfg(feature = "otlp")]
mod sent {
    use super::{TILE, published};
    use crate::harness::Workspace;
    use std::{
        io::{BufRead as _, BufReader, Read as _, Write as _},
        net::{TcpListener, TcpStream},
        sync::mpsc::{Receiver, channel},
        time::Duration,
    };

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const TRACE_BYTES: [u8; 16] =
        [0x4b, 0xf9, 0x2f, 0x35, 0x77, 0xb3, 0x4d, 0xa6, 0xa3, 0xce, 0x92, 0x9d, 0x0e, 0x0e, 0x47, 0x36];

    /// A collector: where it listens, and the bodies that it is sent.
    fn collector() -> (String, Receiver<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (send, bodies) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if send.send(taken(stream)).is_err() {
                    return;
                }
            }
        });
        (url, bodies)
    }

    /// The body of one request, after a thank-you.
    fn taken(mut stream: TcpStream) -> Vec<u8> {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut head = String::new();
        while reader.read_line(&mut head).unwrap() > 2 {}
        assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
        let length = head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap()];
        reader.read_exact(&mut body).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        body
    }

    fn has(body: &[u8], part: &[u8]) -> bool {
        body.windows(part.len()).any(|window| window == part)
    }

    fn traced(url: &str) -> Workspace {
        let workspace = published();
        workspace.set("traces", &format!("url = \"{url}\""));
        workspace
    }

    #[test]
    fn a_request_is_a_span_of_its_callers_trace_with_what_was_done_for_it() {
        let (url, bodies) = collector();
        let workspace = traced(&url);
        let server = workspace.serve();
        let tile = server.get_with(TILE, &[("traceparent", &format!("00-{TRACE}-00f067aa0ba902b7-01"))]);
        assert_eq!(tile.status, 200, "{}", tile.text());
        for malformed in ["", "00-", "ff-00-00-00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-\u{e9}"] {
            assert_eq!(server.get_with("/health/live", &[("traceparent", malformed)]).status, 200);
        }
        assert_eq!(server.stop("-TERM"), Some(0), "what is left is sent at the end");
        let body = bodies.recv_timeout(Duration::from_secs(20)).unwrap();
        for part in
            ["choro", "GET /tiles/{set}/{grid}/{z}/{x}/{y}.mvt", "read columns", "http.response.status_code", "release.id"]
        {
            assert!(has(&body, part.as_bytes()), "{part}");
        }
        assert!(has(&body, &TRACE_BYTES), "the caller's trace");
        assert!(!has(&body, b"indicator=arrival_rate&"), "queries are not sent");
    }

    #[test]
    fn a_command_is_a_span_with_its_steps() {
        let (url, bodies) = collector();
        let workspace = traced(&url);
        std::fs::remove_dir_all(workspace.path("releases")).unwrap();
        workspace.ok(&["publish"]);
        let body = bodies.recv_timeout(Duration::from_secs(20)).unwrap();
        for part in ["publish", "cut tiles", "write values"] {
            assert!(has(&body, part.as_bytes()), "{part}");
        }
    }

    #[test]
    fn a_collector_that_is_gone_costs_no_request_and_no_command() {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let workspace = traced(&format!("http://{gone}"));
        workspace.ok(&["publish"]);
        let server = workspace.serve();
        assert_eq!(server.get(TILE).status, 200);
        assert_eq!(server.stop("-TERM"), Some(0));
    }
}
