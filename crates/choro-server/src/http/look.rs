//! One look at the headers of a request, and what it shows to be wrong: whom it asks, before anything else is read of it.

use super::{App, Request, hosts, problem::Problem};
use hyper::{StatusCode, Version, header, header::HeaderValue};

/// What one look at the headers tells.
#[derive(Default)]
pub(super) struct Look<'r> {
    /// Of names and values.
    pub bytes: usize,
    pub has_body: bool,
    hosts: usize,
    host: Option<&'r HeaderValue>,
}

impl<'r> Look<'r> {
    pub fn of(request: &'r Request) -> Self {
        let mut look = Self::default();
        for (name, value) in request.headers() {
            look.bytes += name.as_str().len() + value.len();
            if *name == header::HOST {
                look.hosts += 1;
                look.host = Some(value);
            }
            look.has_body |= *name == header::TRANSFER_ENCODING || *name == header::CONTENT_LENGTH && value != "0";
        }
        look
    }
}

/// Whether the request says once whom it asks (RFC 9112, 3.2), and asks us.
pub(super) fn asked_of(app: &App, request: &Request, look: &Look<'_>) -> Result<(), Problem> {
    let needed = usize::from(request.version() >= Version::HTTP_11);
    if look.hosts > 1 || look.hosts < needed {
        let detail = format!("there are {} headers Host: expected one", look.hosts);
        return Err(Problem::query(detail));
    }
    let host = look.host.map(|host| host.to_str().ok().filter(|host| hosts::is_valid(host.as_bytes())));
    let Some(host) = host.unwrap_or(Some("")) else {
        return Err(Problem::query("the header Host is no name: expected a host and a port, such as maps.example.org:443"));
    };
    // The target's own name outweighs the header (RFC 9112, 3.2.2).
    let host = request.uri().authority().map_or(host, |authority| authority.as_str());
    // Whoever watches a server asks it by any name.
    let is_ours = app.hosts.as_ref().is_none_or(|hosts| hosts.know(host)) || is_health(request);
    // HTTP/1.0 has no Host (RFC 1945).
    if is_ours || look.hosts < 1 && request.uri().authority().is_none() {
        return Ok(());
    }
    let detail = "this server is not asked by this name: expected that of its public address (server.public_url), or one of \
                  server.allowed_hosts";
    Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
}

/// Health is told under every name, and when all places are taken.
pub(super) fn is_health(request: &Request) -> bool {
    request.uri().path().starts_with("/health/")
}
