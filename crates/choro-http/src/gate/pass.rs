//! The way of one request through the gate.

use super::{
    Answers, Gate,
    call::Call,
    fault,
    head::{Head, is_health},
    log_line::Asked,
    request_id::RequestId,
};
use crate::{
    body::{Body, Request, Response},
    net::peer::Peer,
    problem::{Problem, RELEASE},
};
use bytes::Bytes;
use choro_telemetry as telemetry;
use futures_util::FutureExt as _;
use hyper::{Method, StatusCode, header, header::HeaderValue};
use std::{
    any::Any,
    future::poll_fn,
    panic::AssertUnwindSafe,
    pin::{Pin, pin},
    task::Poll,
    time::{Duration, Instant},
};
use tracing::{Instrument as _, Span, field::Empty};

/// Answers a request.
pub(super) async fn answer(gate: &Gate, mut request: Request, peer: &Peer, answers: &impl Answers) -> Response {
    let (id, begun) = (gate.ids.next(), Instant::now());
    let head = Head::of(&request);
    let call = Call::new(&request, peer, head.forwarded, head.has_body);
    let span = span(&request, id, answers);
    let checked = head.check(gate, &request);
    let mut response = match checked {
        Err(problem) => problem.into(),
        Ok(()) => {
            let is_health = is_health(&request);
            // Pinned here and then lent: whoever took it by value would move a kilobyte and a half.
            let asked = pin!(async {
                fault::strike(request.headers());
                answers.answer(&mut request, &call).await
            });
            within_limits(gate, &call, is_health, pin!(asked.instrument(span.clone()))).await
        }
    };
    complete(&span, &response);
    finish(gate, &Asked { request: &request, call: &call, id, begun }, &mut response);
    response
}

/// The span of a request, within the caller's trace; its fields have the names of OpenTelemetry's conventions
/// (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>).
fn span(request: &Request, id: RequestId, answers: &impl Answers) -> Span {
    // The route is found once more for a span alone, whose name must be there when it begins.
    let route = || answers.route(request.uri().path());
    let span = tracing::debug_span!(
        "request",
        otel.kind = "server",
        otel.name = route().map_or_else(|| "GET".to_owned(), |route| format!("GET {route}")),
        http.request.method = %request.method(),
        http.route = route(),
        http.response.status_code = Empty,
        release.id = Empty,
        request.id = %id
    );
    telemetry::caller(&span, |name| request.headers().get(name)?.to_str().ok());
    span
}

fn complete(span: &Span, response: &Response) {
    if span.is_disabled() {
        return;
    }
    span.record("http.response.status_code", response.status().as_u16());
    if let Some(release) = response.headers().get(RELEASE).and_then(|id| id.to_str().ok()) {
        span.record("release.id", release);
    }
}

/// Answers where there is a place, before the deadline, whatever panics.
async fn within_limits(
    gate: &Gate,
    call: &Call,
    is_health: bool,
    asked: Pin<&mut impl Future<Output = Response>>,
) -> Response {
    // Health must be seen when nothing else gets through.
    let place = gate.in_flight.enter(gate.limits.load().max_in_flight);
    if place.is_none() && !is_health {
        let detail = "the server is answering as many requests as it can: try again in a second";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).into();
    }
    // Nothing that a handler shares can be left half-changed: releases and caches are replaced whole.
    let mut answer = AssertUnwindSafe(asked).catch_unwind();
    // Only an answer that has to wait for something needs a clock: nearly every tile is ready at once.
    let at_once = poll_fn(|context| Poll::Ready(answer.poll_unpin(context))).await;
    let answered = match at_once {
        Poll::Ready(answered) => Ok(answered),
        Poll::Pending => {
            let client = call.client(gate);
            let Some(_waiting) = client.wait() else { return waits_too_much() };
            tokio::time::timeout(gate.limits().request_timeout, answer).await
        }
    };
    match answered {
        Ok(response) => response.unwrap_or_else(|payload| panicked(payload.as_ref())),
        Err(_) => Problem::new(StatusCode::GATEWAY_TIMEOUT, "the answer took too long: try again, or ask for less").into(),
    }
}

/// One client would have most of the places with what it waits for.
fn waits_too_much() -> Response {
    let detail = "you wait for too many answers at once: ask again in a moment, with fewer requests side by side";
    Problem::later(StatusCode::TOO_MANY_REQUESTS, detail, Duration::from_secs(1)).into()
}

/// The answer where a handler panicked: the request is lost, the server is not.
fn panicked(payload: &(dyn Any + Send)) -> Response {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    Problem::internal(format!("panic: {text}")).into()
}

/// Writes the problem document, takes the body from an answer to HEAD, counts and logs.
fn finish(gate: &Gate, asked: &Asked<'_>, response: &mut Response) {
    let problem = if response.status().is_success() { None } else { response.extensions_mut().remove::<Problem>() };
    if let Some(problem) = &problem {
        *response.body_mut() = Bytes::from(problem.document(&asked.id.to_string())).into();
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        // In place of what stands there: a map of headers replaces, while pairs would be added.
        headers.extend(gate.headers.clone());
    }
    if asked.request.method() == Method::HEAD {
        behead(response);
    }
    if let Some(requests) = &gate.requests {
        requests.count(asked.call.row(), response.status().as_u16(), asked.begun.elapsed());
    }
    if let Some(date) = gate.date.header() {
        response.headers_mut().insert(header::DATE, date);
    }
    asked.log(gate, response, problem.as_ref());
}

/// Takes the body away and leaves what it would have been; a router has done so already.
fn behead(response: &mut Response) {
    let with_body = !matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let body = std::mem::take(response.body_mut());
    if let Body::Whole(pieces) = body
        && with_body
    {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(pieces.len()));
    }
}
