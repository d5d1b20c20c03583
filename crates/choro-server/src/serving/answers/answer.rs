//! Answers.

use crate::serving::cache::content_tag::Tag;
use bytes::Bytes;
use choro_bundle::Coding;
use choro_model::ReleaseId;

/// An answer of a release.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The release that answers.
    pub release: ReleaseId,
    /// Whether the request named the release, so that the answer never changes.
    pub pinned: bool,
    /// What tells the content from others of its URL, alike for every coding.
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
    /// A tile in which nothing lies.
    Empty,
    /// Bytes in the answer's coding: two pieces, of which either may be empty.
    Bytes([Bytes; 2]),
}
