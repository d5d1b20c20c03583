//! Answers as responses. Caching is a value: a handler says which policy holds, and only this file writes the headers.

use super::{Response, conditional::etag};
use crate::{
    bundle::Coding,
    serving::{Answer, Content},
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    HeaderMap, StatusCode, header,
    header::{HeaderName, HeaderValue},
};
use std::sync::LazyLock;

/// The release that answered.
pub(super) const CHORO_RELEASE: HeaderName = HeaderName::from_static("choro-release");

/// The headers of every response, whatever its status.
static EVERY: LazyLock<HeaderMap> = LazyLock::new(|| {
    [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, choro-release, retry-after, content-disposition"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ]
    .into_iter()
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .collect()
});

/// The headers of a release's answers. Those that differ have their place already, so that a copy never grows.
static RELEASE: LazyLock<HeaderMap> = LazyLock::new(|| {
    let mut headers = EVERY.clone();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    for name in [header::ETAG, header::CACHE_CONTROL, CHORO_RELEASE] {
        headers.insert(name, HeaderValue::from_static(""));
    }
    headers
});

/// [`RELEASE`] with a body in each coding.
static BODY: LazyLock<[HeaderMap; Coding::ALL.len()]> = LazyLock::new(|| {
    Coding::ALL.map(|coding| {
        let mut headers = RELEASE.clone();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(""));
        if coding != Coding::Identity {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
        }
        headers
    })
});

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

/// The response of a release's answer.
pub(super) fn release(answer: Answer, media: &'static str) -> Response {
    let policy = if answer.pinned { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let (status, template, body) = match answer.content {
        Content::Unchanged => (StatusCode::NOT_MODIFIED, &*RELEASE, Bytes::new()),
        Content::Empty => (StatusCode::NO_CONTENT, &*RELEASE, Bytes::new()),
        Content::Bytes(bytes) => (StatusCode::OK, BODY.get(answer.coding as usize).unwrap_or(&RELEASE), bytes),
    };
    let mut response = with(status, template, body);
    let headers = response.headers_mut();
    if status == StatusCode::OK {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    }
    headers.insert(header::ETAG, etag(answer.tag, answer.coding));
    headers.insert(header::CACHE_CONTROL, policy.header());
    if let Ok(release) = HeaderValue::from_str(answer.release.as_str()) {
        headers.insert(CHORO_RELEASE, release);
    }
    response
}

/// A body that is not compressed, with its tag where it has one.
pub(super) fn plain(bytes: Bytes, media: &str, policy: CachePolicy, tag: Option<HeaderValue>) -> Response {
    let mut response = with(StatusCode::OK, &EVERY, bytes);
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

/// A response without body.
pub(super) fn bare(status: StatusCode) -> Response {
    with(status, &EVERY, Bytes::new())
}

fn with(status: StatusCode, headers: &HeaderMap, body: Bytes) -> Response {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers.clone();
    response
}
