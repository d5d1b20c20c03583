//! Errors as problem documents (RFC 9457). Titles are fixed; details are made of what the client sent and what the catalogue
//! shows to everybody, never of what goes on inside.

use super::{Response, respond};
use crate::serving::ServeError;
use hyper::{StatusCode, header, header::HeaderValue};
use serde_json::json;
use std::time::Duration;

/// Why a request is not answered.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub status: StatusCode,
    detail: String,
    parameter: Option<String>,
    /// When to ask again.
    retry_after: Option<Duration>,
    /// For the log alone.
    pub internal: Option<String>,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), parameter: None, retry_after: None, internal: None }
    }

    /// A query that cannot be read.
    pub fn query(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// A parameter that is unknown, repeated, empty or malformed.
    pub fn parameter(name: &str, detail: impl Into<String>) -> Self {
        Self { parameter: Some(name.to_owned()), ..Self::query(detail) }
    }

    /// Nothing at this path.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Our own fault: what happened goes to the log.
    pub fn internal(what: impl Into<String>) -> Self {
        let detail = "the server could not answer this request; its log has the reason under the request id";
        Self { internal: Some(what.into()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail) }
    }

    /// What can be had a little later.
    pub fn later(status: StatusCode, detail: impl Into<String>, retry_after: Duration) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(status, detail) }
    }

    /// The problem of a use case. What the path names is not found; what a parameter names is a bad request.
    pub fn of(error: ServeError, in_path: impl Fn(&str) -> bool) -> Self {
        let detail = error.to_string();
        match error {
            ServeError::Unknown { name, .. } if in_path(name) => Self::not_found(detail),
            ServeError::Unknown { name, .. } => Self::parameter(name, detail),
            ServeError::Parameter { name, .. } => Self::parameter(&name, detail),
            ServeError::NotFound(_) => Self::not_found(detail),
            ServeError::NotAcceptable => Self::new(StatusCode::NOT_ACCEPTABLE, detail),
            ServeError::Gone(_) => Self::new(StatusCode::GONE, detail),
            ServeError::Crowded { retry_after } => Self::later(StatusCode::TOO_MANY_REQUESTS, detail, retry_after),
            ServeError::Busy { retry_after } => Self::later(StatusCode::SERVICE_UNAVAILABLE, detail, retry_after),
            ServeError::Unavailable(_) => {
                let what = "this part of the release cannot be read now: try again in a second";
                let later = Self::later(StatusCode::SERVICE_UNAVAILABLE, what, Duration::from_secs(1));
                Self { internal: Some(detail), ..later }
            }
            ServeError::Internal(_) => Self::internal(detail),
        }
    }

    /// The document. `request` ties it to the log.
    pub fn document(&self, request: &str) -> Vec<u8> {
        let mut document = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "request_id": request,
        });
        if let (Some(parameter), Some(document)) = (&self.parameter, document.as_object_mut()) {
            document.insert("parameter".to_owned(), json!(parameter));
        }
        let mut text = document.to_string().into_bytes();
        text.push(b'\n');
        text
    }

    /// The response. Its body is written by the shield, which knows the request's id.
    pub fn into_response(self) -> Response {
        let mut response = respond::bare(self.status);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self.status {
            StatusCode::METHOD_NOT_ALLOWED => {
                headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        if let Some(seconds) = self.seconds() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }

    /// Whole seconds until the client may ask again, at least one; every 503 has them (RFC 9110, 15.6.4).
    fn seconds(&self) -> Option<u64> {
        let passing = (self.status == StatusCode::SERVICE_UNAVAILABLE).then_some(Duration::from_secs(1));
        let wait = self.retry_after.or(passing)?;
        Some(wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_to_wait_is_told_for_how_many_whole_seconds() {
        let [crowded, busy] = [Duration::from_millis(2_500), Duration::ZERO];
        for (error, status, seconds) in [
            (ServeError::Crowded { retry_after: crowded }, StatusCode::TOO_MANY_REQUESTS, "3"),
            (ServeError::Busy { retry_after: busy }, StatusCode::SERVICE_UNAVAILABLE, "1"),
            (ServeError::Unavailable("a disk".to_owned()), StatusCode::SERVICE_UNAVAILABLE, "1"),
        ] {
            let response = Problem::of(error, |_| false).into_response();
            let told = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            assert_eq!((response.status(), told), (status, Some(seconds)));
        }
        let gone = Problem::of(ServeError::Gone("x".to_owned()), |_| true).into_response();
        assert!(gone.headers().get(header::RETRY_AFTER).is_none(), "nothing to wait for");
    }
}
