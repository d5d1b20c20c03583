//! Rotation: each line of `keys.jsonl` names a new key and is signed by one before, so that who trusts the old key trusts the new.
//!
//! ```text
//! A is pinned; A names B; B names C         C is trusted
//! X names Y; A is pinned                    Y is not: nobody who is trusted has named it
//! ```

use super::{lines::LineFile, lock::Lock};
use crate::{
    format::error::BundleError,
    signing::{SecretKey, Signed, SignedKind},
};
use choro_model::PublicKey;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The name of the file in the releases folder.
pub const KEYS: &str = "keys.jsonl";
/// A file larger than this is not one: thousands of keys.
pub(crate) const LARGEST: u64 = 1024 * 1024;

const LINES: LineFile =
    LineFile { name: KEYS, largest: LARGEST, wrong: |path, line, what| BundleError::Keys { path, line, what } };

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    /// When, RFC 3339 in UTC.
    at: String,
    /// The new key.
    key: PublicKey,
    signed: Signed,
}

impl Rotation {
    /// The key before, if it has signed this.
    fn signer(&self) -> Option<PublicKey> {
        self.signed.signer(SignedKind::Key, &content(&self.at, &self.key))
    }
}

fn content(at: &str, key: &PublicKey) -> Vec<u8> {
    // As JSON, so that no text of a line runs into the next.
    format!("{}\n{key}\n", serde_json::Value::from(at)).into_bytes()
}

/// Every rotation of a releases folder, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain(Vec<Rotation>);

impl Chain {
    /// The chain of a releases folder; none where there is no file.
    pub fn read(releases: &Path) -> Result<Self, BundleError> {
        LINES.read(releases).map(Self)
    }

    /// Parses the bytes of the file; `path` says in messages where they come from.
    pub(crate) fn parse(text: &[u8], path: &Path) -> Result<Self, BundleError> {
        LINES.parse(text, path).map(Self)
    }

    /// The pinned keys and every key that one of them leads to. A line that nobody trusted has signed counts for nothing.
    #[must_use]
    pub fn trusted(&self, pinned: &[PublicKey]) -> Vec<PublicKey> {
        let mut trusted = pinned.to_vec();
        for rotation in &self.0 {
            if rotation.signer().is_some_and(|by| trusted.contains(&by)) && !trusted.contains(&rotation.key) {
                trusted.push(rotation.key);
            }
        }
        trusted
    }

    /// The key and every key that leads to it: what a workspace with this key has signed with.
    #[must_use]
    pub fn before(&self, key: PublicKey) -> Vec<PublicKey> {
        let mut known = vec![key];
        for rotation in self.0.iter().rev() {
            if known.contains(&rotation.key) {
                known.extend(rotation.signer());
            }
        }
        known
    }

    /// Adds a line by which `old` names `new`, and replaces the file by a rename.
    pub fn rotate(mut self, folder: &Lock, at: String, old: &SecretKey, new: PublicKey) -> Result<(), BundleError> {
        let signed = old.sign(SignedKind::Key, &content(&at, &new));
        self.0.push(Rotation { at, key: new, signed });
        LINES.replace(folder, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_follows_signatures_from_a_pinned_key_and_no_forged_line() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let [a, b, c, x] = ["a", "b", "c", "x"].map(|name| SecretKey::create(&folder.path().join(name)).unwrap());
        let rotate = |old, new: &SecretKey| {
            let chain = Chain::read(folder.path()).unwrap();
            chain.rotate(&lock, "2026-11-24T09:00:00Z".to_owned(), old, new.public()).unwrap();
        };
        rotate(&a, &b);
        rotate(&b, &c);
        let chain = Chain::read(folder.path()).unwrap();
        let [a, b, c, y] = [&a, &b, &c, &x].map(SecretKey::public);
        for (pinned, trusted) in [(vec![a], vec![a, b, c]), (vec![b], vec![b, c]), (vec![c], vec![c]), (vec![y], vec![y])] {
            assert_eq!(chain.trusted(&pinned), trusted);
        }
        assert_eq!(chain.before(c), [c, b, a]);
        rotate(&x, &x);
        let forged = Chain::read(folder.path()).unwrap();
        assert_eq!(forged.trusted(&[a]), [a, b, c], "a line of a stranger");
        // A line whose names were changed after it was signed.
        let text = std::fs::read_to_string(folder.path().join(KEYS)).unwrap();
        for (from, to) in [(b.to_string(), y.to_string()), ("09:00".to_owned(), "10:00".to_owned())] {
            let changed = text.lines().next().unwrap().replace(&from, &to);
            let chain = Chain::parse(changed.as_bytes(), Path::new("keys.jsonl")).unwrap();
            assert_eq!(chain.trusted(&[a]), [a], "{changed}");
        }
        let said = Chain::parse(b"{\n", Path::new("keys.jsonl")).unwrap_err().to_string();
        assert!(said.contains("keys.jsonl:1:"), "{said}");
    }
}
