//! The tag of a content, from which http makes the entity tag.

use choro_bundle::{DIGITS, Fingerprint};

/// A tag that differs for every content that a URL has given or will give. A tile's tag holds the fingerprints of its skeleton and
/// its column side by side: one fingerprint of both would have to be hashed for every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    first: Fingerprint,
    second: Option<Fingerprint>,
    form: Option<TailMark>,
}

/// The end of a tile's tag. It differs where the same skeleton and column give other bytes.
pub(crate) type TailMark = [u8; 3];

impl Tag {
    /// The tag of content that is kept as a whole.
    #[must_use]
    pub fn of(content: Fingerprint) -> Self {
        Self { first: content, second: None, form: None }
    }

    pub(crate) fn of_tile(skeleton: Fingerprint, column: Option<Fingerprint>, form: TailMark) -> Self {
        Self { first: skeleton, second: column, form: Some(form) }
    }

    /// Its pieces in order. They consist of characters that an entity tag may have, and have fixed lengths, which makes copying
    /// them cheap.
    #[must_use]
    pub fn pieces(&self) -> (&[u8; DIGITS], Option<&[u8; DIGITS]>, Option<&[u8; 3]>) {
        (self.first.digits(), self.second.as_ref().map(Fingerprint::digits), self.form.as_ref())
    }
}
