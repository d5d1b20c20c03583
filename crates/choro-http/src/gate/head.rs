//! One look at the head of a request, and what it shows to be wrong: whom it asks, before anything else is read of it.

use super::{Gate, hosts};
use crate::{body::Request, net::peer::FORWARDED_FOR, problem::Problem};
use hyper::{StatusCode, Version, header, header::HeaderValue};

/// What one look at the headers tells.
#[derive(Default)]
pub struct Head<'r> {
    /// Of names and values.
    bytes: usize,
    pub has_body: bool,
    /// Whether it says for whom it is asked.
    pub forwarded: bool,
    hosts: usize,
    host: Option<&'r HeaderValue>,
}

impl<'r> Head<'r> {
    pub fn of(request: &'r Request) -> Self {
        let mut head = Self::default();
        for (name, value) in request.headers() {
            head.bytes += name.as_str().len() + value.len();
            if *name == header::HOST {
                head.hosts += 1;
                head.host = Some(value);
            }
            head.has_body |= *name == header::TRANSFER_ENCODING || *name == header::CONTENT_LENGTH && value != "0";
            head.forwarded |= *name == FORWARDED_FOR;
        }
        head
    }

    /// Whether the request asks us, and is no larger than it may be.
    pub fn check(&self, gate: &Gate, request: &Request) -> Result<(), Problem> {
        self.asks_us(gate, request)?;
        self.is_within(gate, request)
    }

    /// Whether the request says once whom it asks (RFC 9112, 3.2), and asks us.
    fn asks_us(&self, gate: &Gate, request: &Request) -> Result<(), Problem> {
        let needed = usize::from(request.version() >= Version::HTTP_11);
        if self.hosts > 1 || self.hosts < needed {
            let detail = format!("there are {} headers Host: expected one", self.hosts);
            return Err(Problem::query(detail));
        }
        let host = self.host.map(|host| host.to_str().ok().filter(|host| hosts::is_valid(host.as_bytes())));
        let Some(host) = host.unwrap_or(Some("")) else {
            return Err(Problem::query(
                "the header Host is no name: expected a host and a port, such as maps.example.org:443",
            ));
        };
        // The target's own name outweighs the header (RFC 9112, 3.2.2).
        let host = request.uri().authority().map_or(host, |authority| authority.as_str());
        // Whoever watches a server asks it by any name.
        let is_ours = gate.hosts.load().as_ref().is_none_or(|hosts| hosts.know(host)) || is_health(request);
        // HTTP/1.0 has no Host (RFC 1945).
        if is_ours || self.hosts < 1 && request.uri().authority().is_none() {
            return Ok(());
        }
        let detail = "this server is not asked by this name: expected that of its public address (server.public_url), or one \
                      of server.allowed_hosts";
        Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
    }

    fn is_within(&self, gate: &Gate, request: &Request) -> Result<(), Problem> {
        let limits = gate.limits.load();
        let url = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
        if url > limits.max_url_bytes {
            let detail = format!("the URL has {url} bytes: expected at most {}", limits.max_url_bytes);
            return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
        }
        if self.bytes > limits.max_header_bytes || request.headers().len() > limits.max_headers {
            let detail = format!(
                "the headers are too large: expected at most {} of {} bytes",
                limits.max_headers, limits.max_header_bytes
            );
            return Err(Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, detail));
        }
        Ok(())
    }
}

/// Health is told under every name, and when all places are taken.
pub fn is_health(request: &Request) -> bool {
    request.uri().path().starts_with("/health/")
}
