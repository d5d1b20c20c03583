//! Answers.

use bytes::Bytes;
use choro_bundle::{Coding, DIGITS, Fingerprint};
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
    pub content: Content,
}

/// What tells a content from every other that its URL has given or will give. A tile's is the fingerprints of what it is made of
/// side by side: to make one of both would be to hash for every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    first: Fingerprint,
    second: Option<Fingerprint>,
    form: Option<Form>,
}

/// What ends the tag of a tile: another one where the same skeleton and column give other bytes.
pub(super) type Form = [u8; 3];

impl Tag {
    /// That of bytes that are kept whole.
    #[must_use]
    pub fn of(content: Fingerprint) -> Self {
        Self { first: content, second: None, form: None }
    }

    pub(super) fn of_tile(skeleton: Fingerprint, column: Option<Fingerprint>, form: Form) -> Self {
        Self { first: skeleton, second: column, form: Some(form) }
    }

    /// Its pieces in order, all of characters that an entity tag may have; of fixed lengths, since copying such costs nothing.
    #[must_use]
    pub fn pieces(&self) -> (&[u8; DIGITS], Option<&[u8; DIGITS]>, Option<&[u8; 3]>) {
        (self.first.digits(), self.second.as_ref().map(Fingerprint::digits), self.form.as_ref())
    }
}

/// What there is to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The client has it already.
    Unchanged,
    /// A tile in which nothing lies.
    Empty,
    /// Bytes in the answer's coding: two pieces, of which either may be empty.
    Bytes([Bytes; 2]),
}
