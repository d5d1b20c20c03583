//! A signature, and what it is of.

use choro_model::{PublicKey, from_hex};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// What a signature is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedKind {
    /// The manifest of a release.
    Release,
    /// A line of the history.
    Event,
    /// A line that names the next key.
    Key,
}

impl SignedKind {
    /// What is signed: the content after the name of its kind.
    pub(super) fn text(self, content: &[u8]) -> Vec<u8> {
        let kind: &[u8] = match self {
            Self::Release => b"choro-release/1\n",
            Self::Event => b"choro-history/1\n",
            Self::Key => b"choro-key/1\n",
        };
        [kind, content].concat()
    }
}

/// A signature and whose it is, or is said to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The key.
    pub(super) by: PublicKey,
    /// 64 bytes in hexadecimal.
    pub(super) signature: String,
}

impl Signed {
    /// The key, if it has signed this.
    pub fn signer(&self, kind: SignedKind, content: &[u8]) -> Option<PublicKey> {
        let signature: [u8; 64] = from_hex(&self.signature)?;
        let key = UnparsedPublicKey::new(&ED25519, self.by.bytes());
        key.verify(&kind.text(content), &signature).ok().map(|()| self.by)
    }
}
