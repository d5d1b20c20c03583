//! Who made a release: signatures by Ed25519 (RFC 8032).
//!
//! ```text
//! keys/release.key                     the secret half, of the workspace alone
//! releases/<release>/manifest.sig      signs a manifest, and so every byte of the release, its id and its number
//! releases/history.jsonl               each line signed: goes back, withdraws
//! releases/keys.jsonl                  each line signed by the key before: names the next one
//! ```
//!
//! What is signed begins with its kind, so that a signature of one kind is none of another.

mod key;
mod release;

pub use key::SecretKey;
pub use release::{SIGNATURE, SIGNATURE_BYTES};

pub(crate) use release::{read, sign, signer};

use choro_model::{PublicKey, from_hex};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// What a signature is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The manifest of a release.
    Release,
    /// A line of the history.
    Event,
    /// A line that names the next key.
    Key,
}

impl Kind {
    fn text(self, content: &[u8]) -> Vec<u8> {
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
    by: PublicKey,
    /// 64 bytes in hexadecimal.
    signature: String,
}

impl Signed {
    /// The key, if it has signed this.
    pub(crate) fn signer(&self, kind: Kind, content: &[u8]) -> Option<PublicKey> {
        let signature: [u8; 64] = from_hex(&self.signature)?;
        let key = UnparsedPublicKey::new(&ED25519, self.by.bytes());
        key.verify(&kind.text(content), &signature).ok().map(|()| self.by)
    }
}
