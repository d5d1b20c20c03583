//! Headers that stand on every answer of the public interface, whatever its status.

use hyper::{
    HeaderMap, header,
    header::{HeaderName, HeaderValue},
};
use std::sync::LazyLock;

/// Who may show an answer in a page of their own (<https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header>).
pub(super) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// Pages of the server itself.
pub(super) const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");

/// All of them: everything public may be read from anywhere, without credentials, and shown there; also in pages that take only what
/// says so (`Cross-Origin-Embedder-Policy`), and in frames whose origin is none (`sandbox`).
pub(super) static EVERY: LazyLock<HeaderMap> = LazyLock::new(|| {
    [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, choro-release, retry-after, content-disposition"),
        (RESOURCE_POLICY, "cross-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ]
    .into_iter()
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .collect()
});
