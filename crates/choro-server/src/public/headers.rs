//! Headers that stand on every answer of the public interface, whatever its status.

use hyper::{HeaderMap, header, header::HeaderValue};
use std::sync::LazyLock;

/// All of them: everything public may be read from anywhere, without credentials.
pub(super) static EVERY: LazyLock<HeaderMap> = LazyLock::new(|| {
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
