//! What is sent for a request.

use crate::serving::cache::content_tag::Tag;
use bytes::Bytes;
use choro_bundle::Coding;
use choro_model::ReleaseId;

/// An answer of a release.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The release that the answer comes from.
    pub release: ReleaseId,
    /// Whether the request named the release, so that the answer never changes.
    pub pinned: bool,
    /// The tag of the content. It is the same for every coding.
    pub tag: Tag,
    /// The coding of the content.
    pub coding: Coding,
    /// The content.
    pub content: AnswerContent,
}

/// What there is to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerContent {
    /// The client has it already.
    Unchanged,
    /// A tile that has no features.
    Empty,
    /// Bytes in the coding of the answer, in two pieces. Either of them may be empty.
    Bytes([Bytes; 2]),
}
