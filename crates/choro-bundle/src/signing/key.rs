//! The secret key: a file of one line that only its owner may read.

use super::signed::{Signed, SignedKind};
use crate::format::error::BundleError;
use choro_model::{PublicKey, from_hex, hex};
use ring::{
    rand::{SecureRandom as _, SystemRandom},
    signature::{Ed25519KeyPair, KeyPair as _},
};
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

/// What the line begins with, so that nobody takes it for the public key.
const SECRET: &str = "ed25519-secret:";
/// More than the line has.
const LONGEST: u64 = 1024;

/// A key that signs.
pub struct SecretKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretKey").field("public", &self.public).finish_non_exhaustive()
    }
}

impl SecretKey {
    /// Makes a key and writes it to a file that is not there yet, for its owner alone whatever the umask is.
    pub fn create(path: &Path) -> Result<Self, BundleError> {
        let mut seed = [0; 32];
        let no_chance =
            |_| BundleError::Key { path: path.to_owned(), what: "the system gives no random numbers".to_owned() };
        SystemRandom::new().fill(&mut seed).map_err(no_chance)?;
        let key = Self::of_seed(&seed, path)?;
        let write = || -> io::Result<()> {
            let mut file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
            writeln!(file, "{SECRET}{}", hex(&seed))?;
            file.sync_all()
        };
        write().map_err(BundleError::io(path))?;
        Ok(key)
    }

    /// The key of a file; `None`: there is none.
    pub fn read(path: &Path) -> Result<Option<Self>, BundleError> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(BundleError::io(path))?,
        };
        let mut text = String::new();
        file.take(LONGEST).read_to_string(&mut text).map_err(BundleError::io(path))?;
        let seed = text.trim_end().strip_prefix(SECRET).and_then(from_hex::<32>);
        let seed = seed.ok_or_else(|| BundleError::Key {
            path: path.to_owned(),
            what: format!("expected one line of {SECRET} and 64 of 0-9 a-f; restore the key from a copy"),
        })?;
        Self::of_seed(&seed, path).map(Some)
    }

    fn of_seed(seed: &[u8; 32], path: &Path) -> Result<Self, BundleError> {
        let wrong = |what: &dyn std::fmt::Display| BundleError::Key { path: path.to_owned(), what: what.to_string() };
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|e| wrong(&e))?;
        let public = pair.public_key().as_ref().try_into().map_err(|e| wrong(&e))?;
        Ok(Self { pair, public: PublicKey::new(public) })
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs content of a kind.
    pub fn sign(&self, kind: SignedKind, content: &[u8]) -> Signed {
        Signed { by: self.public, signature: hex(self.pair.sign(&kind.text(content)).as_ref()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, 7.1, test 1: the secret key and the public one.
    const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const PUBLIC: &str = "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    #[test]
    fn a_key_is_of_its_owner_alone_and_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("release.key");
        assert!(SecretKey::read(&path).unwrap().is_none());
        let made = SecretKey::create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(SecretKey::read(&path).unwrap().unwrap().public(), made.public());
        assert!(SecretKey::create(&path).is_err(), "a key is never written over");
        assert!(!format!("{made:?}").contains(&fs::read_to_string(&path).unwrap()[SECRET.len()..60]));
        fs::write(&path, format!("{SECRET}{SEED}\n")).unwrap();
        assert_eq!(SecretKey::read(&path).unwrap().unwrap().public().to_string(), PUBLIC);
        for wrong in ["", SEED, "ed25519-secret:", &format!("{SECRET}{SEED}0"), PUBLIC] {
            fs::write(&path, wrong).unwrap();
            let said = SecretKey::read(&path).unwrap_err().to_string();
            assert!(said.contains("release.key") && !said.contains(SEED), "{wrong}: {said}");
        }
    }

    #[test]
    fn a_signature_holds_for_its_key_its_kind_and_its_content_alone() {
        let folder = tempfile::tempdir().unwrap();
        let [key, other] = ["a", "b"].map(|name| SecretKey::create(&folder.path().join(name)).unwrap());
        let signed = key.sign(SignedKind::Release, b"content");
        assert_eq!(signed.signer(SignedKind::Release, b"content"), Some(key.public()));
        let by_other = Signed { by: other.public(), ..signed.clone() };
        let cut = Signed { signature: signed.signature[..126].to_owned(), ..signed.clone() };
        let upper = Signed { signature: signed.signature.to_uppercase(), ..signed.clone() };
        for (what, signed, kind, content) in [
            ("another content", &signed, SignedKind::Release, "content."),
            ("another kind", &signed, SignedKind::Event, "content"),
            ("another kind", &signed, SignedKind::Key, "content"),
            ("another key", &by_other, SignedKind::Release, "content"),
            ("cut off", &cut, SignedKind::Release, "content"),
            ("other digits", &upper, SignedKind::Release, "content"),
        ] {
            assert_eq!(signed.signer(kind, content.as_bytes()), None, "{what}");
        }
    }
}
