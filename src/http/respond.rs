//! Answers as responses. Caching is a value: a handler says which policy holds, and only this file writes the headers.

use super::{conditional::etag, encoding::Coding};
use crate::serving::{Answer, Content};
use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

/// The release that answered.
pub(super) const CHORO_RELEASE: HeaderName = HeaderName::from_static("choro-release");

/// Headers of an answer, those of every response included: room for all from the start, so that the map never grows.
const HEADERS: usize = 12;

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CachePolicy {
    /// It names its release (or its own hash) and never changes.
    Immutable,
    /// It shows the current release.
    Revalidate,
    /// It says something about this moment.
    NoStore,
}

impl CachePolicy {
    pub const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revalidate => "public, max-age=60, stale-while-revalidate=600",
            Self::NoStore => "no-store",
        })
    }
}

/// The response of a release's answer in the coding that was chosen.
pub(super) fn release(answer: Answer, media: &'static str, coding: Coding) -> Response {
    let policy = if answer.pinned { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let tag = etag(answer.tag, coding);
    let release = HeaderValue::from_str(answer.release.as_str());
    let mut response = match answer.content {
        Content::Unchanged => bare(StatusCode::NOT_MODIFIED),
        Content::Empty => bare(StatusCode::NO_CONTENT),
        Content::Plain(bytes) => full(bytes, media, Coding::Identity),
        Content::Gzip(bytes) => full(bytes, media, Coding::Gzip),
    };
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, policy.header());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(release) = release {
        headers.insert(CHORO_RELEASE, release);
    }
    response
}

/// A body that is not compressed, with its tag where it has one.
pub(super) fn plain(bytes: Bytes, media: &str, policy: CachePolicy, tag: Option<HeaderValue>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CACHE_CONTROL, policy.header());
    tag.and_then(|tag| headers.insert(header::ETAG, tag));
    response
}

/// 304: the headers that the full answer would have had (RFC 9110, 15.4.5), without a body.
pub(super) fn unchanged(policy: CachePolicy, tag: HeaderValue) -> Response {
    let mut response = bare(StatusCode::NOT_MODIFIED);
    response.headers_mut().insert(header::CACHE_CONTROL, policy.header());
    response.headers_mut().insert(header::ETAG, tag);
    response
}

fn full(bytes: Bytes, media: &'static str, coding: Coding) -> Response {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    if coding == Coding::Gzip {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// A response without body.
pub(super) fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
