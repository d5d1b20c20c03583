//! Hashes that last: of a vintage, and of what a file was made from. They are kept in databases and manifests, so they must not change
//! with the compiler or with the names of our types, and two different inputs must never give the same bytes.
//!
//! Each field is hashed as its name and its value, each after its length in eight bytes, little endian:
//!
//! ```text
//! text("a", "bc")     1 "a" 2 "bc"
//! text("ab", "c")     2 "ab" 1 "c"
//! absent("a")         1 "a" and eight bytes 0xff in place of a length: an empty text is another value
//! number("n", 3)      1 "n" 8 | 3 in eight bytes
//! floats("f", [1.5])  1 "f" 8 | the bits of each double in eight bytes
//! ```
//!
//! A list is its count and then its items.

use super::fingerprint::Fingerprint;
use choro_model::hex;
use sha2::{Digest as _, Sha256};

/// The length of a value that is not there: no value is as long.
const ABSENT: u64 = u64::MAX;

/// A hash of named fields in a fixed order.
#[derive(Debug, Clone)]
pub struct FieldHash(Sha256);

impl FieldHash {
    /// Begins a hash. `what` says what is hashed and in which edition, e.g. `choro-vintage/2`: it is raised when the fields change.
    #[must_use]
    pub fn new(what: &str) -> Self {
        let mut hash = Self(Sha256::new());
        hash.text("what", what);
        hash
    }

    /// A text.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.head(name, text.len() as u64);
        self.0.update(text);
        self
    }

    /// A text that may be missing, which is not the same as an empty one.
    pub fn optional(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(name, text),
            None => self.absent(name),
        }
    }

    /// A value that is not there.
    pub fn absent(&mut self, name: &str) -> &mut Self {
        self.head(name, ABSENT);
        self
    }

    /// A number, or the count of a list's items.
    pub fn number(&mut self, name: &str, number: u64) -> &mut Self {
        self.head(name, 8);
        self.0.update(number.to_le_bytes());
        self
    }

    /// Doubles by their bits, so that each differs from every other, `-0` from `0` too.
    pub fn floats(&mut self, name: &str, floats: impl ExactSizeIterator<Item = f64>) -> &mut Self {
        self.head(name, 8 * floats.len() as u64);
        floats.for_each(|float| self.0.update(float.to_bits().to_le_bytes()));
        self
    }

    /// The hash of all fields so far: 64 hexadecimal digits.
    #[must_use]
    pub fn digits(self) -> String {
        hex(&self.0.finalize())
    }

    /// The first half of it.
    #[must_use]
    pub fn fingerprint(self) -> Fingerprint {
        Fingerprint::end(self.0)
    }

    fn head(&mut self, name: &str, length: u64) {
        self.0.update((name.len() as u64).to_le_bytes());
        self.0.update(name);
        self.0.update(length.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_hash_is_of_the_bytes_that_the_page_says() {
        let mut hash = FieldHash::new("test/1");
        hash.text("a", "bc").absent("d").number("n", 3).floats("f", [1.5, -0.0].into_iter());
        // Hashed by another program: see the page above.
        assert_eq!(hash.digits(), "50ecef02aee09980cceea2cbb1cc4341a7b4f931cf200ad578c9867407b616d7");
    }

    #[test]
    fn fields_that_could_run_together_differ() {
        type Write = fn(&mut FieldHash) -> &mut FieldHash;
        let all: [Write; 12] = [
            |h| h,
            |h| h.text("a", "bc"),
            |h| h.text("ab", "c"),
            |h| h.text("a", "b").text("c", ""),
            |h| h.text("a", "").text("b", "c"),
            |h| h.text("a", ""),
            |h| h.absent("a"),
            |h| h.optional("a", None).text("a", ""),
            |h| h.text("a", "").optional("a", None),
            |h| h.number("a", 0),
            |h| h.floats("a", [0.0].into_iter()).number("a", 0),
            |h| h.floats("a", [-0.0].into_iter()).number("a", 0),
        ];
        let hashes = all.iter().map(|write| {
            let mut hash = FieldHash::new("test/1");
            write(&mut hash);
            hash.digits()
        });
        assert_eq!(hashes.collect::<BTreeSet<_>>().len(), all.len());
        assert_ne!(FieldHash::new("test/1").digits(), FieldHash::new("test/2").digits());
    }
}
