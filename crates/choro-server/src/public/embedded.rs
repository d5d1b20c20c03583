//! Files that the program carries, each in the codings that make it smaller.

use super::{
    conditions::{etag, known},
    negotiation,
    respond::{self, CachePolicy, Response},
};
use crate::serving::{ServeError, Tag};
use bytes::Bytes;
use choro_bundle::Coding;
use choro_http::problem::Problem;
use hyper::{HeaderMap, StatusCode};

/// A file with its media type and tag.
#[derive(Debug)]
pub(super) struct Embedded {
    /// By coding; identity is always there.
    bodies: [Option<Bytes>; Coding::ALL.len()],
    media: &'static str,
    /// Of the content, whatever the coding.
    tag: Tag,
}

impl Embedded {
    /// `body` gives the bytes in each coding that there is.
    pub fn new(media: &'static str, tag: Tag, body: impl Fn(Coding) -> Option<Bytes>) -> Self {
        Self { bodies: Coding::ALL.map(body), media, tag }
    }

    pub fn respond(&self, headers: &HeaderMap, policy: CachePolicy) -> Result<Response, Problem> {
        let coding = negotiation::accepted(headers).choose(|coding| self.body(coding).map(Bytes::len));
        let refused = || Problem::new(StatusCode::NOT_ACCEPTABLE, ServeError::NotAcceptable.to_string());
        let coding = coding.ok_or_else(refused)?;
        let tag = || etag(self.tag, coding);
        if known(headers, tag) {
            return Ok(respond::unchanged(policy, tag()));
        }
        let body = self.body(coding).cloned().unwrap_or_default();
        Ok(respond::file(body, self.media, policy, coding, tag()))
    }

    fn body(&self, coding: Coding) -> Option<&Bytes> {
        self.bodies.get(coding as usize)?.as_ref()
    }
}
