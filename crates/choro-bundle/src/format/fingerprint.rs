//! Fingerprints: SHA-256 cut to 128 bits, kept as the digits that go out, so that an entity tag is copied and not computed.
//!
//! Whoever gives figures chooses what is hashed here. With a weaker hash they could make two tables with one tag, and a client that
//! asks for the correction would be told that nothing changed. With this hash that takes 2^64 tries. There is no secret in it, so
//! that all servers behind one name give the same tag.

use choro_model::hex;
use sha2::{Digest as _, Sha256};

/// Hexadecimal digits of a fingerprint.
pub const DIGITS: usize = 32;

/// What tells a content from every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; DIGITS]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::end(Sha256::new_with_prefix(bytes))
    }

    /// The fingerprint of what was hashed so far.
    pub(crate) fn end(hash: Sha256) -> Self {
        let digits = hex(&hash.finalize());
        Self(digits.as_bytes().first_chunk().copied().unwrap_or([b'0'; DIGITS]))
    }

    /// Reads a fingerprint as it was written, or takes the beginning of a SHA-256 in lower-case hexadecimal. `None`: the text is
    /// neither.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits: &[u8; DIGITS] = text.as_bytes().first_chunk()?;
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (matches!(text.len(), DIGITS | 64) && text.bytes().all(|byte| is_digit(&byte))).then_some(Self(*digits))
    }

    /// Its digits.
    #[must_use]
    pub fn digits(&self) -> &[u8; DIGITS] {
        &self.0
    }

    /// Its digits as a number.
    #[must_use]
    pub fn number(&self) -> u128 {
        self.0
            .iter()
            .fold(0, |number, digit| number << 4 | u128::from(if *digit < b'a' { digit - b'0' } else { digit - b'a' + 10 }))
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|digit| std::fmt::Write::write_char(f, char::from(*digit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_first_half_of_a_sha_256() {
        // FIPS 180-2, appendix B.1: the hash of "abc".
        let whole = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let made = Fingerprint::of(b"abc");
        assert_eq!(made.to_string(), whole[..32]);
        assert_eq!(made.number(), 0xba78_16bf_8f01_cfea_4141_40de_5dae_2223);
        for (text, expected) in [
            (whole, Some(made)),
            (&whole[..32], Some(made)),
            (&whole[..31], None),
            (&whole[..33], None),
            (&whole.to_uppercase(), None),
            ("", None),
            ("ba7816bf8f01cfea414140de5dae222é", None),
        ] {
            assert_eq!(Fingerprint::read(text), expected, "{text:?}");
        }
    }
}
