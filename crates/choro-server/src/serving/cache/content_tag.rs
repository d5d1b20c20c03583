//! What tells the content of an answer from others of its URL.

use choro_bundle::{DIGITS, Fingerprint};

/// What tells a content from every other that its URL has given or will give. A tile's is the fingerprints of what it is made of
/// side by side: to make one of both would be to hash for every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    first: Fingerprint,
    second: Option<Fingerprint>,
    form: Option<TailMark>,
}

/// What ends the tag of a tile: another one where the same skeleton and column give other bytes.
pub(crate) type TailMark = [u8; 3];

impl Tag {
    /// That of bytes that are kept whole.
    #[must_use]
    pub fn of(content: Fingerprint) -> Self {
        Self { first: content, second: None, form: None }
    }

    pub(crate) fn of_tile(skeleton: Fingerprint, column: Option<Fingerprint>, form: TailMark) -> Self {
        Self { first: skeleton, second: column, form: Some(form) }
    }

    /// Its pieces in order, all of characters that an entity tag may have; of fixed lengths, since copying such costs nothing.
    #[must_use]
    pub fn pieces(&self) -> (&[u8; DIGITS], Option<&[u8; DIGITS]>, Option<&[u8; 3]>) {
        (self.first.digits(), self.second.as_ref().map(Fingerprint::digits), self.form.as_ref())
    }
}
