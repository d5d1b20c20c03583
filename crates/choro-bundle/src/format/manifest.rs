//! The manifest: every file of a bundle with its size and hashes. Its own hash is part of the release id.

use super::{error::BundleError, fingerprint::Fingerprint};
use choro_model::{IdError, ReleaseId, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, path::Path};

/// The format that this program writes and reads.
pub const FORMAT: &str = "choro-bundle/4";
/// The name of the manifest in a bundle.
pub const MANIFEST: &str = "manifest.json";
/// Bytes of a chunk, the unit in which a file is verified while it is served.
pub const CHUNK: usize = 256 * 1024;
/// Bytes of a chunk of a values file. It is smaller, since whoever asks for one column must not wait until ten are hashed.
pub const CHUNK_OF_VALUES: usize = 64 * 1024;
/// The greatest sequence. Readers of JSON take numbers for doubles, which are exact up to here.
pub const MOST: u64 = 1 << 53;
/// Hexadecimal digits of a chunk's hash.
const CHUNK_DIGITS: usize = 16;
/// A manifest larger than this is not one.
pub const MANIFEST_BYTES: u64 = 256 * 1024 * 1024;

/// Every file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The release: the day of `created` and the first 32 hex digits of the hash of all that follows.
    pub release: ReleaseId,
    /// When it was published, RFC 3339 in UTC.
    pub created: String,
    /// Greater than that of everything that was published or gone back to before.
    pub sequence: u64,
    /// The files by their path in the bundle, with `/` between folders.
    pub files: BTreeMap<String, FileEntry>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of the whole, hexadecimal.
    pub sha256: String,
    /// Bytes of its chunks: [`CHUNK`], which is not written, or another number.
    #[serde(default = "usual_chunk", skip_serializing_if = "is_usual_chunk")]
    pub chunk_bytes: usize,
    /// The first 16 hex digits of the SHA-256 of each chunk. Not written where there is one, which is the whole.
    #[serde(default, skip_serializing_if = "is_whole")]
    pub chunks: Vec<String>,
    /// Hash of what the file was made from: equal means that it need not be made again.
    pub made_from: String,
}

fn usual_chunk() -> usize {
    CHUNK
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_usual_chunk(bytes: &usize) -> bool {
    *bytes == CHUNK
}

fn is_whole(chunks: &[String]) -> bool {
    chunks.len() < 2
}

impl FileEntry {
    /// Where a chunk begins, and its length: whole but for the last one's.
    #[must_use]
    pub fn chunk_at(&self, chunk: u64) -> (u64, usize) {
        let offset = chunk.saturating_mul(self.chunk_bytes as u64);
        (offset, usize::try_from(self.bytes.saturating_sub(offset)).unwrap_or(usize::MAX).min(self.chunk_bytes))
    }
}

/// What tells the format of a manifest.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: String,
}

impl Manifest {
    /// The manifest of `files`, with its release id.
    pub fn new(created: String, sequence: u64, files: BTreeMap<String, FileEntry>) -> Result<Self, IdError> {
        let release = release_id(&created, sequence, &files)?;
        Ok(Self { format: FORMAT.to_owned(), release, created, sequence, files })
    }

    /// Reads and checks the manifest of the bundle in `dir`.
    pub fn read(dir: &Path) -> Result<Self, BundleError> {
        Self::parse(&Self::text(dir)?, &dir.join(MANIFEST))
    }

    /// The bytes of the manifest in `dir`.
    pub fn text(dir: &Path) -> Result<Vec<u8>, BundleError> {
        let path = dir.join(MANIFEST);
        let size = std::fs::metadata(&path).map_err(BundleError::io(&path))?.len();
        if size > MANIFEST_BYTES {
            return Err(BundleError::damaged(path, format!("it has {size} bytes, more than any manifest")));
        }
        std::fs::read(&path).map_err(BundleError::io(&path))
    }

    /// Parses and checks the bytes of a manifest; `path` says in messages where they come from.
    pub fn parse(text: &[u8], path: &Path) -> Result<Self, BundleError> {
        let Head { format } =
            serde_json::from_slice(text).map_err(|e| BundleError::damaged(path, format!("it is not JSON ({e})")))?;
        if format != FORMAT {
            return Err(BundleError::Format {
                path: path.to_owned(),
                got: format.chars().take(40).collect(),
                expected: FORMAT,
            });
        }
        let mut manifest: Self = serde_json::from_slice(text)
            .map_err(|e| BundleError::damaged(path, format!("it does not follow {FORMAT} ({e})")))?;
        for file in manifest.files.values_mut().filter(|file| file.chunks.is_empty() && file.bytes > 0) {
            file.chunks.extend(file.sha256.get(..CHUNK_DIGITS).map(ToOwned::to_owned));
        }
        if manifest.sequence > MOST {
            let what = format!("its sequence is {}, expected at most {MOST}", manifest.sequence);
            return Err(BundleError::damaged(path, what));
        }
        let expected = release_id(&manifest.created, manifest.sequence, &manifest.files)
            .map_err(|e| BundleError::damaged(path, e.to_string()))?;
        if manifest.release != expected {
            let what = format!("it names release {}, but its content is that of {expected}", manifest.release);
            return Err(BundleError::damaged(path, what));
        }
        Ok(manifest)
    }
}

fn release_id(created: &str, sequence: u64, files: &BTreeMap<String, FileEntry>) -> Result<ReleaseId, IdError> {
    let mut hash = Sha256::new();
    hash.update(format!("{created}\n{sequence}"));
    for (path, file) in files {
        hash.update(format!("\n{path}\t{}\t{}\t{}\t{}", file.bytes, file.sha256, file.made_from, file.chunks.join(" ")));
        if !is_usual_chunk(&file.chunk_bytes) {
            hash.update(format!("\t{}", file.chunk_bytes));
        }
    }
    ReleaseId::new(&format!("{}-{}", created.get(..10).unwrap_or_default(), Fingerprint::end(hash)))
}

/// The hash of a chunk as the manifest writes it.
pub fn chunk_hash(chunk: &[u8]) -> String {
    hex(Sha256::digest(chunk).get(..CHUNK_DIGITS / 2).unwrap_or_default())
}
