//! The public half of a key that signs releases, as people hand it on.
//!
//! ```text
//! ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a
//! ```

use super::{
    hex::{from_hex, hex},
    id::IdError,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What the text of a key begins with: the algorithm (RFC 8032).
const ALGORITHM: &str = "ed25519:";
const RULE: &str = "ed25519: and 64 of 0-9 a-f, as choro keys show prints it";

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for PublicKey {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bytes = text.strip_prefix(ALGORITHM).and_then(from_hex);
        bytes.map(Self).ok_or_else(|| IdError::new("public key", text, RULE))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ALGORITHM}{}", hex(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for PublicKey {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_printed_and_nothing_else_is_one() {
        let digits = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let text = format!("ed25519:{digits}");
        let key: PublicKey = text.parse().unwrap();
        assert_eq!((key.to_string(), key.bytes()[..2].to_vec()), (text.clone(), vec![0xd7, 0x5a]));
        let upper = format!("ed25519:{}", digits.to_uppercase());
        for bad in
            ["", "ed25519:", digits, &text[..71], &format!("{text}0"), &format!("{text} "), &upper, &text.replace('d', "é")]
        {
            let said = bad.parse::<PublicKey>().unwrap_err().to_string();
            assert!(said.contains(RULE), "{bad:?}: {said}");
        }
    }
}
