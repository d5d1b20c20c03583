//! Errors as problem documents (RFC 9457). Titles are fixed; details are made of what the client sent and what the catalogue
//! shows to everybody, never of what goes on inside.

use axum::response::IntoResponse;
use hyper::{
    HeaderMap, StatusCode, header,
    header::{HeaderName, HeaderValue},
};
use serde::Serialize;
use std::time::Duration;

/// The header that names the release which answered.
pub const RELEASE: HeaderName = HeaderName::from_static("choro-release");

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemDocument<'a> {
    /// A kind of problem that has no page of its own.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The status in words.
    #[schema(example = "Bad Request")]
    title: &'static str,
    /// The status.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    status: u16,
    /// What is wrong with this request, what was expected, and how to mend it.
    detail: &'a str,
    /// Names the request in the server's log.
    #[schema(example = "674ad1f0-0000002a")]
    request_id: &'a str,
    /// The parameter that is unknown, repeated, empty or malformed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "period")]
    parameter: Option<&'a str>,
}

/// Why a request is not answered.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    detail: String,
    parameter: Option<String>,
    /// When to ask again.
    retry_after: Option<Duration>,
    /// For the log alone.
    pub internal: Option<String>,
}

impl Problem {
    /// With a status, and what is wrong in words.
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
    #[must_use]
    pub fn nothing() -> Self {
        Self::not_found("there is nothing at this path: see /openapi.json for what there is")
    }

    /// Another method than those of this path.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "this method is not allowed: expected GET, HEAD or OPTIONS")
    }

    /// There is no such thing.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Our own fault: what happened goes to the log.
    pub fn internal(what: impl Into<String>) -> Self {
        let detail = "the server could not answer this request; its log has the reason under the request id";
        Self { internal: Some(what.into()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail) }
    }

    /// With a reason for the log alone.
    #[must_use]
    pub fn because(self, reason: impl Into<String>) -> Self {
        Self { internal: Some(reason.into()), ..self }
    }

    /// What can be had a little later.
    pub fn later(status: StatusCode, detail: impl Into<String>, retry_after: Duration) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(status, detail) }
    }

    /// The document. `request` ties it to the log.
    #[must_use]
    pub fn document(&self, request: &str) -> Vec<u8> {
        let document = ProblemDocument {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            request_id: request,
            parameter: self.parameter.as_deref(),
        };
        // Texts and a number: nothing that JSON has no form for.
        let mut text = serde_json::to_vec(&document).unwrap_or_default();
        text.push(b'\n');
        text
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
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
        headers
    }

    /// Whole seconds until the client may ask again, at least one; every 503 has them (RFC 9110, 15.6.4).
    fn seconds(&self) -> Option<u64> {
        let passing = (self.status == StatusCode::SERVICE_UNAVAILABLE).then_some(Duration::from_secs(1));
        let wait = self.retry_after.or(passing)?;
        Some(wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1))
    }
}

/// The response. The gate writes its body, since it knows the request's id.
impl<B: Default> From<Problem> for hyper::Response<B> {
    fn from(problem: Problem) -> Self {
        let mut response = Self::new(B::default());
        *response.status_mut() = problem.status;
        *response.headers_mut() = problem.headers();
        response.extensions_mut().insert(problem);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_to_wait_is_told_for_how_many_whole_seconds() {
        for (status, wait, seconds) in [
            (StatusCode::TOO_MANY_REQUESTS, Some(Duration::from_millis(2_500)), Some("3")),
            (StatusCode::SERVICE_UNAVAILABLE, Some(Duration::ZERO), Some("1")),
            (StatusCode::SERVICE_UNAVAILABLE, None, Some("1")),
            // Nothing to wait for.
            (StatusCode::GONE, None, None),
        ] {
            let problem = Problem { retry_after: wait, ..Problem::new(status, "x") };
            let response: hyper::Response<()> = problem.into();
            let told = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            assert_eq!((response.status(), told), (status, seconds));
        }
    }
}
