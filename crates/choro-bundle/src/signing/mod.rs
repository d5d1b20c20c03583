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
mod signed;

pub use key::SecretKey;
pub use release::{SIGNATURE, SIGNATURE_BYTES, read, sign, signer};
pub use signed::{Signed, SignedKind};
