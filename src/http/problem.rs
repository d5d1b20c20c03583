//! Errors as problem documents (RFC 9457). Titles are fixed; details are made of what the client sent and what the catalogue
//! shows to everybody, never of what goes on inside.

use super::{Response, respond};
use crate::serving::ServeError;
use hyper::{StatusCode, header, header::HeaderValue};
use serde_json::json;

/// Why a request is not answered.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub status: StatusCode,
    detail: String,
    parameter: Option<String>,
    /// For the log alone.
    pub internal: Option<String>,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), parameter: None, internal: None }
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
            ServeError::Unavailable(_) => Self {
                internal: Some(detail),
                ..Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "this part of the release cannot be read now: try again in a second",
                )
            },
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
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response.extensions_mut().insert(self);
        response
    }
}
