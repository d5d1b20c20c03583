//! Answers as responses. Caching is a value: a handler says which policy holds, and only this file writes the headers.

use super::{conditions::etag, headers::EVERY};
use crate::serving::{Answer, AnswerContent};
use arc_swap::ArcSwap;
use bytes::Bytes;
use choro_bundle::Coding;
use choro_http::{body::Pieces, problem::RELEASE};
use choro_model::ReleaseId;
use hyper::{HeaderMap, StatusCode, header, header::HeaderValue};
use std::sync::Arc;

/// A response, whole.
pub(super) type Response = hyper::Response<Pieces>;

/// Releases whose heads are kept: the current one and those that clients still name.
const RELEASES: usize = 8;

/// The headers of a release's answers but for media type and tag: made once, since setting each anew costs a tile more than all
/// other work on its head.
#[derive(Debug, Default)]
pub(super) struct Heads(ArcSwap<Vec<(ReleaseId, Arc<[HeaderMap]>)>>);

impl Heads {
    fn of(&self, answer: &Answer) -> HeaderMap {
        let index = usize::from(answer.pinned) * FORMS
            + match answer.content {
                AnswerContent::Bytes(_) => answer.coding as usize,
                AnswerContent::Unchanged | AnswerContent::Empty => BODILESS,
            };
        let find = |kept: &[(ReleaseId, Arc<[HeaderMap]>)]| {
            kept.iter().find(|(release, _)| *release == answer.release)?.1.get(index).cloned()
        };
        find(&self.0.load()).unwrap_or_else(|| self.keep(&answer.release).get(index).cloned().unwrap_or_default())
    }

    fn keep(&self, release: &ReleaseId) -> Arc<[HeaderMap]> {
        let forms = (0..FORMS).map(|form| Coding::ALL.get(form).copied());
        let heads = [CachePolicy::Revalidate, CachePolicy::Immutable]
            .into_iter()
            .flat_map(|policy| forms.clone().map(move |coding| head(release, policy, coding)));
        let heads: Arc<[HeaderMap]> = heads.collect();
        self.0.rcu(|kept| {
            let newest = std::iter::once((release.clone(), Arc::clone(&heads)));
            newest.chain(kept.iter().filter(|(known, _)| known != release).cloned()).take(RELEASES).collect::<Vec<_>>()
        });
        heads
    }
}

/// Answers with a body in each coding, and those without body.
const FORMS: usize = Coding::ALL.len() + 1;
const BODILESS: usize = Coding::ALL.len();

/// What differs has its place already, so that a copy never grows. Without coding: there is no body.
fn head(release: &ReleaseId, policy: CachePolicy, coding: Option<Coding>) -> HeaderMap {
    let mut headers = EVERY.clone();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, HeaderValue::from_static(""));
    headers.insert(header::CACHE_CONTROL, policy.header());
    // The characters of an id are those of a header.
    if let Ok(release) = HeaderValue::from_str(release.as_str()) {
        headers.insert(RELEASE, release);
    }
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(""));
        if coding != Coding::Identity {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
        }
    }
    headers
}

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
pub(super) fn release(answer: Answer, media: &'static str, heads: &Heads) -> Response {
    let mut headers = heads.of(&answer);
    headers.insert(header::ETAG, etag(answer.tag, answer.coding));
    let (status, body) = match answer.content {
        AnswerContent::Unchanged => (StatusCode::NOT_MODIFIED, Pieces::default()),
        AnswerContent::Empty => (StatusCode::NO_CONTENT, Pieces::default()),
        AnswerContent::Bytes(bytes) => {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
            (StatusCode::OK, bytes.into())
        }
    };
    with(status, headers, body)
}

/// A body that is not compressed, with its tag where it has one.
pub(super) fn plain(bytes: Bytes, media: &str, policy: CachePolicy, tag: Option<HeaderValue>) -> Response {
    let mut response = with(StatusCode::OK, EVERY.clone(), bytes.into());
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CACHE_CONTROL, policy.header());
    tag.and_then(|tag| headers.insert(header::ETAG, tag));
    response
}

/// A file of the program's own in one of its codings.
pub(super) fn file(bytes: Bytes, media: &str, policy: CachePolicy, coding: Coding, tag: HeaderValue) -> Response {
    let mut response = plain(bytes, media, policy, Some(tag));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if coding != Coding::Identity {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
    }
    response
}

/// 304: the headers that the full answer would have had (RFC 9110, 15.4.5), without a body.
pub(super) fn unchanged(policy: CachePolicy, tag: HeaderValue) -> Response {
    let mut response = bare(StatusCode::NOT_MODIFIED);
    response.headers_mut().insert(header::CACHE_CONTROL, policy.header());
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response.headers_mut().insert(header::ETAG, tag);
    response
}

/// A response without body.
pub(super) fn bare(status: StatusCode) -> Response {
    with(status, EVERY.clone(), Pieces::default())
}

fn with(status: StatusCode, headers: HeaderMap, body: Pieces) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
