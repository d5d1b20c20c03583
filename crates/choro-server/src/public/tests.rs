mod comparisons;
mod flags;
mod foreign;
mod grammar;
mod long_series;
mod pictures;
#[path = "../../../../tests/common/pixels.rs"]
mod pixels;
mod policy;
mod requests;
mod sockets;

use super::{Public, gate};
use crate::serving::{ReleaseServer, testing};
use choro_config::Limits;
use choro_http::{body::RequestBody, gate::Gate, net::peer::Peer};
use http_body_util::BodyExt;
use hyper::{HeaderMap, Method, Request, StatusCode, header::HeaderValue};
use std::sync::Arc;

const TILE: &str = "/tiles/regions/WebMercatorQuad/1/1/0.mvt?indicator=rate&period=2014";

/// The interface over the small release of the tests.
struct Site {
    dir: tempfile::TempDir,
    public: Arc<Public>,
    /// The release that it began with.
    first: String,
}

/// The interface to a server.
fn public(server: ReleaseServer, limits: Limits) -> Arc<Public> {
    Arc::new(Public::new(server, Arc::new(gate(limits)), "*"))
}

/// A client of this machine.
fn peer(gate: &Gate) -> Peer {
    gate.peer(std::net::Ipv4Addr::LOCALHOST.into())
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Site {
    fn new() -> Self {
        Self::with(Limits::default())
    }

    fn with(limits: Limits) -> Self {
        let (dir, server) = testing::server();
        let first = server.current().id().to_string();
        Self { dir, public: public(server, limits), first }
    }

    /// The interface to a server that a test has made.
    fn of((dir, server): (tempfile::TempDir, ReleaseServer)) -> Self {
        let first = server.current().id().to_string();
        Self { dir, public: public(server, Limits::default()), first }
    }

    async fn get(&self, url: &str) -> Reply {
        self.ask(Method::GET, url, &[]).await
    }

    async fn ask(&self, method: Method, url: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(RequestBody::None).unwrap();
        request.headers_mut().entry("host").or_insert(HeaderValue::from_static("x"));
        let gate = self.public.gate();
        let response = gate.answer(request, &peer(gate), &*self.public).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }
}
