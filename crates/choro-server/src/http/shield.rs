//! What holds for every request: methods, limits, a place among those in flight, a deadline; and for every response: its
//! headers, the problem document, the log line.

use super::{
    App, Request, Response,
    body::Pieces,
    id::Id,
    line::Asked,
    look::{Look, asked_of, is_health},
    pages::nothing,
    path,
    peer::Peer,
    problem::Problem,
    respond::{CHORO_RELEASE, bare},
};
use bytes::Bytes;
use choro_telemetry as telemetry;
use futures_util::FutureExt as _;
use hyper::{Method, StatusCode, header, header::HeaderValue};
use std::{
    any::Any,
    future::poll_fn,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::atomic::{AtomicUsize, Ordering},
    task::Poll,
    time::{Duration, Instant},
};
use tracing::{Instrument as _, Span, field::Empty};

/// The row of a request's route in the table of counts, as soon as it is known.
#[derive(Debug)]
pub(super) struct Row(AtomicUsize);

impl Default for Row {
    fn default() -> Self {
        Self(AtomicUsize::new(usize::MAX))
    }
}

impl Row {
    pub fn set(&self, row: usize) {
        self.0.store(row, Ordering::Relaxed);
    }
}

/// Stands around every request.
pub(super) async fn shield(
    app: &App,
    request: &Request,
    peer: &Peer,
    row: &Row,
    handler: Pin<&mut impl Future<Output = Response>>,
) -> Response {
    let id = app.ids.next();
    let asked = Asked { request, peer, id, begun: Instant::now() };
    let span = span(request, id);
    let mut response = pass(app, request, peer, handler.instrument(span.clone())).await;
    complete(&span, &response);
    let problem = if response.status().is_success() { None } else { response.extensions_mut().remove::<Problem>() };
    if let Some(problem) = &problem {
        *response.body_mut() = Bytes::from(problem.document(&id.to_string())).into();
    }
    if request.method() == Method::HEAD {
        behead(&mut response);
    }
    if let Some(requests) = &app.requests {
        requests.count(row.0.load(Ordering::Relaxed), response.status().as_u16(), asked.begun.elapsed());
    }
    if let Some(date) = app.date.header() {
        response.headers_mut().insert(header::DATE, date);
    }
    if response.status().is_client_error() || response.status().is_server_error() {
        asked.refused(app, &response, problem.as_ref());
    } else {
        asked.answered(&response);
    }
    response
}

/// The span of a request, within the caller's trace; its fields have the names of OpenTelemetry's conventions
/// (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>).
fn span(request: &Request, id: Id) -> Span {
    let span = tracing::debug_span!(
        "request",
        otel.kind = "server",
        otel.name = route(request).map_or_else(|| "GET".to_owned(), |route| format!("GET {route}")),
        http.request.method = %request.method(),
        http.route = route(request),
        http.response.status_code = Empty,
        release.id = Empty,
        request.id = %id
    );
    telemetry::caller(&span, |name| request.headers().get(name)?.to_str().ok());
    span
}

/// The route's path. Found once more for a span alone, whose name must be there when it begins.
fn route(request: &Request) -> Option<&'static str> {
    path::find(request.uri().path()).map(|(route, _)| route.path)
}

fn complete(span: &Span, response: &Response) {
    if span.is_disabled() {
        return;
    }
    span.record("http.response.status_code", response.status().as_u16());
    if let Some(release) = response.headers().get(CHORO_RELEASE).and_then(|id| id.to_str().ok()) {
        span.record("release.id", release);
    }
}

async fn pass(app: &App, request: &Request, peer: &Peer, handler: impl Future<Output = Response> + Unpin) -> Response {
    let look = Look::of(request);
    if let Err(problem) = asked_of(app, request, &look) {
        return problem.into_response();
    }
    match *request.method() {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return preflight(),
        _ => {
            let detail = "this method is not allowed: expected GET, HEAD or OPTIONS";
            return Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
        }
    }
    if let Err(problem) = within_limits(app, request, &look) {
        return problem.into_response();
    }
    // Health must be seen when nothing else gets through.
    let place = app.in_flight.enter();
    if place.is_none() && !is_health(request) {
        let detail = "the server is answering as many requests as it can: try again in a second";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).into_response();
    }
    // Nothing that a handler shares can be left half-changed: releases and caches are replaced whole.
    let mut answer = AssertUnwindSafe(handler).catch_unwind();
    // Only an answer that has to wait for something needs a clock: nearly every tile is ready at once.
    let at_once = poll_fn(|context| Poll::Ready(answer.poll_unpin(context))).await;
    let answered = match at_once {
        Poll::Ready(answered) => Ok(answered),
        Poll::Pending => {
            let client = app.peers.client(peer, request.headers());
            let Some(_waiting) = client.wait() else { return waits_too_much() };
            tokio::time::timeout(app.limits.request_timeout, answer).await
        }
    };
    match answered {
        Ok(response) => response.unwrap_or_else(|payload| panicked(payload.as_ref())),
        Err(_) => {
            Problem::new(StatusCode::GATEWAY_TIMEOUT, "the answer took too long: try again, or ask for less").into_response()
        }
    }
}

fn within_limits(app: &App, request: &Request, look: &Look<'_>) -> Result<(), Problem> {
    let limits = &app.limits;
    let url = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
    if url > limits.max_url_bytes {
        let detail = format!("the URL has {url} bytes: expected at most {}", limits.max_url_bytes);
        return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    if look.bytes > limits.max_header_bytes || request.headers().len() > limits.max_headers {
        let detail = format!(
            "the headers are too large: expected at most {} of {} bytes",
            limits.max_headers, limits.max_header_bytes
        );
        return Err(Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, detail));
    }
    if look.has_body {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "a request has no body here: expected none"));
    }
    if request.uri().path_and_query().is_none() {
        return Err(nothing());
    }
    Ok(())
}

/// One client would have most of the places with what it waits for.
fn waits_too_much() -> Response {
    let detail = "you wait for too many answers at once: ask again in a moment, with fewer requests side by side";
    Problem::later(StatusCode::TOO_MANY_REQUESTS, detail, Duration::from_secs(1)).into_response()
}

/// Answers a preflight request: everything public may be read from anywhere, with any header, without credentials.
fn preflight() -> Response {
    let mut response = bare(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Takes the body away and leaves what it would have been.
fn behead(response: &mut Response) {
    let with_body = !matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    if with_body {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
    }
    *response.body_mut() = Pieces::default();
}

/// The answer where a handler panicked: the request is lost, the server is not.
fn panicked(payload: &(dyn Any + Send)) -> Response {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    Problem::internal(format!("panic: {text}")).into_response()
}
