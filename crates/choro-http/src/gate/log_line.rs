//! The log line of a request. Queries and values are not logged.

use super::{Gate, call::Call, request_id::RequestId};
use crate::{
    body::{Request, Response},
    net::clients::Account,
    problem::{Problem, RELEASE},
};
use hyper::StatusCode;
use std::time::Instant;

/// Characters of a path in the log.
const LOGGED_PATH: usize = 200;
/// Statuses of a limit: whoever gets them may be somebody who tries something.
const LIMITS: [StatusCode; 5] = [
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::URI_TOO_LONG,
    StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
    StatusCode::MISDIRECTED_REQUEST,
    StatusCode::TOO_MANY_REQUESTS,
];

/// What was asked, and when.
pub(super) struct Asked<'a> {
    pub request: &'a Request,
    pub call: &'a Call,
    pub id: RequestId,
    pub begun: Instant,
}

impl Asked<'_> {
    /// Writes the line.
    pub fn log(&self, gate: &Gate, response: &Response, problem: Option<&Problem>) {
        let status = response.status();
        if is_fault(status) || LIMITS.contains(&status) {
            self.refused(gate, status, problem);
        } else {
            self.answered(response);
        }
    }

    /// The line of a request that was answered.
    fn answered(&self, response: &Response) {
        if !tracing::enabled!(tracing::Level::DEBUG) {
            return;
        }
        let (method, path, id, ms) = (self.request.method(), self.path(), self.id, self.milliseconds());
        let release = response.headers().get(RELEASE).and_then(|id| id.to_str().ok()).unwrap_or_default();
        tracing::debug!(http.request.method = %method, url.path = path, http.response.status_code = response.status().as_u16(), release.id = release, request.id = %id, ms, "request");
    }

    /// The line of one that was not; where a limit refused it, with as much of the client's address as the log keeps.
    fn refused(&self, gate: &Gate, status: StatusCode, problem: Option<&Problem>) {
        let (method, path, id, ms) = (self.request.method(), self.path(), self.id, self.milliseconds());
        let code = status.as_u16();
        if let Some(reason) = problem.and_then(|problem| problem.internal.as_deref()) {
            tracing::error!(http.request.method = %method, url.path = path, http.response.status_code = code, request.id = %id, ms, reason, "request failed");
            return;
        }
        let client = self.call.client(gate);
        if is_fault(status) {
            tracing::warn!(http.request.method = %method, url.path = path, http.response.status_code = code, client.address = %client.key, request.id = %id, ms, "request refused");
        } else {
            tracing::debug!(http.request.method = %method, url.path = path, http.response.status_code = code, client.address = %client.key, request.id = %id, ms, "request refused");
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            gate.crowded.add();
            tell_of(&client, self.call.is_overlooked);
        }
    }

    fn path(&self) -> &str {
        let path = self.request.uri().path();
        path.get(..LOGGED_PATH).unwrap_or(path)
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds for people")]
    fn milliseconds(&self) -> f64 {
        self.begun.elapsed().as_micros() as f64 / 1000.0
    }
}

/// Whether somebody should hear of it. That a format is not written is no fault: programs ask for one after the other.
fn is_fault(status: StatusCode) -> bool {
    status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED
}

/// Tells now and then of a client that has too much of something.
fn tell_of(client: &Account, is_overlooked: bool) {
    let Some(refusals) = client.refused(Instant::now()) else { return };
    let why = match is_overlooked {
        false => "its costly answers at once, or in a minute, are over their limit",
        true => "it names others by X-Forwarded-For and is not among server.trusted_proxies: they all count as one client",
    };
    tracing::warn!(client.address = %client.key, refusals, why, "client refused");
}
