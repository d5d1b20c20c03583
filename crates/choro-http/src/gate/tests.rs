//! What the gate does, whatever stands behind it.

use super::*;
use crate::{body::RequestBody, problem::Problem};
use http_body_util::BodyExt as _;
use hyper::header;
use std::{
    net::Ipv4Addr,
    time::{Duration, UNIX_EPOCH},
};

/// Panics, waits for ever, or answers, by the path.
struct Stand;

impl Answers for Stand {
    async fn answer(&self, request: &mut Request, _: &Call) -> Response {
        match request.uri().path() {
            "/panics" => std::panic::panic_any("secret"),
            "/slow" => std::future::pending().await,
            "/refused" => Problem::query("no").into(),
            _ => Response::default(),
        }
    }

    fn route(&self, _: &str) -> Option<&str> {
        None
    }
}

async fn get(gate: &Gate, path: &str) -> Response {
    let request = Request::new(RequestBody::None);
    let (mut parts, body) = request.into_parts();
    parts.uri = path.parse().unwrap();
    parts.headers.insert(header::HOST, "x".parse().unwrap());
    gate.answer(Request::from_parts(parts, body), &gate.peer(Ipv4Addr::LOCALHOST.into()), &Stand).await
}

fn gate(request_timeout: Duration) -> Gate {
    let headers = [(header::X_CONTENT_TYPE_OPTIONS, "nosniff".parse().unwrap())].into_iter().collect();
    Gate::new(Limits { request_timeout, ..Limits::default() }, headers)
}

#[tokio::test]
async fn a_panic_costs_one_request_and_an_overrun_ends_in_time() {
    let gate = gate(Duration::from_millis(20));
    for (path, status) in [("/panics", 500), ("/slow", 504), ("/panics", 500), ("/refused", 400), ("/", 200)] {
        let response = get(&gate, path).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        // What is no problem has the headers that its handler gave it.
        assert_eq!(response.headers().contains_key(header::X_CONTENT_TYPE_OPTIONS), status >= 400, "{path}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert!(!body.windows(6).any(|bytes| bytes == b"secret"), "nothing internal leaks");
        let document = serde_json::from_slice::<serde_json::Value>(&body).unwrap_or_default();
        assert_eq!(document["request_id"].is_string(), status >= 400, "{path}");
    }
}

#[tokio::test]
async fn the_date_is_written_here_only_where_the_clock_was_set_back() {
    let gate = gate(Duration::from_secs(10));
    let now = SystemTime::now();
    let earlier = UNIX_EPOCH + Duration::from_secs(784_111_777);
    for (time, expected) in
        [(now, None), (earlier, Some("Sun, 06 Nov 1994 08:49:37 GMT")), (now + Duration::from_secs(60), None)]
    {
        gate.date.tick(time);
        let response = get(&gate, "/").await;
        assert_eq!(response.headers().get(header::DATE).map(|date| date.to_str().unwrap()), expected);
    }
}
