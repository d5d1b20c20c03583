//! The signature of a release: a file beside its manifest.
//!
//! ```text
//! {"format":"choro-signature/1","sequence":7,"by":"ed25519:..","signature":".."}
//! ```
//!
//! Signed is `choro-release/1`, then the release, its number and the SHA-256 of the manifest's bytes, each on a line of its own.

use super::{
    key::SecretKey,
    signed::{Signed, SignedKind},
};
use crate::format::{
    error::{BundleError, one_line},
    manifest::{MANIFEST, Manifest},
};
use choro_model::{PublicKey, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, Read as _},
    path::Path,
};

/// The name of the file in a bundle.
pub const SIGNATURE: &str = "manifest.sig";
/// A signature larger than this is not one.
pub const SIGNATURE_BYTES: u64 = 4096;

const FORMAT: &str = "choro-signature/1";

/// What the file says.
#[derive(Serialize, Deserialize)]
struct SignatureFile {
    format: String,
    /// The number of the release: for people, what counts is that of the manifest.
    sequence: u64,
    #[serde(flatten)]
    signed: Signed,
}

/// The file that signs a manifest, whose bytes are `text`.
pub fn sign(key: &SecretKey, manifest: &Manifest, text: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    let signed = key.sign(SignedKind::Release, &content(manifest, text));
    let mut file = serde_json::to_vec(&SignatureFile { format: FORMAT.to_owned(), sequence: manifest.sequence, signed })?;
    file.push(b'\n');
    Ok(file)
}

/// Who has signed a manifest, by the file at `path`. A signature that is not this manifest's is damage, whoever is trusted.
pub fn signer(file: &[u8], path: &Path, manifest: &Manifest, text: &[u8]) -> Result<PublicKey, BundleError> {
    let wrong = |what: String| BundleError::Signature { path: path.to_owned(), what: one_line(what) };
    if file.len() as u64 > SIGNATURE_BYTES {
        return Err(wrong(format!("it has {} bytes, expected at most {SIGNATURE_BYTES}", file.len())));
    }
    let file: SignatureFile =
        serde_json::from_slice(file).map_err(|e| wrong(format!("it does not follow {FORMAT} ({e})")))?;
    if file.format != FORMAT {
        let got: String = file.format.chars().take(40).collect();
        return Err(wrong(format!("its format is {got:?}, expected {FORMAT}")));
    }
    let signer = file.signed.signer(SignedKind::Release, &content(manifest, text));
    signer.ok_or_else(|| wrong(format!("it is no signature of this manifest by {}", file.signed.by)))
}

/// The manifest of the bundle in `dir`, and who has signed it, if anybody has.
pub fn read(dir: &Path) -> Result<(Manifest, Option<PublicKey>), BundleError> {
    let text = Manifest::text(dir)?;
    let manifest = Manifest::parse(&text, &dir.join(MANIFEST))?;
    let path = dir.join(SIGNATURE);
    let file = match std::fs::File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((manifest, None)),
        file => file.map_err(BundleError::io(&path))?,
    };
    let mut signature = Vec::new();
    file.take(SIGNATURE_BYTES + 1).read_to_end(&mut signature).map_err(BundleError::io(&path))?;
    let by = signer(&signature, &path, &manifest, &text)?;
    Ok((manifest, Some(by)))
}

fn content(manifest: &Manifest, text: &[u8]) -> Vec<u8> {
    format!("{}\n{}\n{}\n", manifest.release, manifest.sequence, hex(&Sha256::digest(text))).into_bytes()
}
