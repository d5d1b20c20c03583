//! A file of a bundle, read by position; each chunk is verified when it is first read.

use super::{
    disk_read::{fill_now, waiting, with_room},
    remote_files::RemoteFiles,
};
use crate::format::{
    error::BundleError,
    fingerprint::Fingerprint,
    manifest::{CHUNK, FileEntry, chunk_hash},
};
use bytes::Bytes;
use std::{
    fs::File,
    ops::Range,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

/// A file up to this size in bytes can be kept in memory; the skeletons of 3,000 areas are as large. Only what was read is kept.
const KEPT: u64 = 64 * 1024 * 1024;

/// A file whose content is what the manifest says, or an error.
#[derive(Debug)]
pub struct VerifiedFile {
    path: PathBuf,
    body: Body,
    entry: FileEntry,
    /// For each chunk that was verified its bytes, or none where the file is not kept.
    chunks: Vec<OnceLock<Bytes>>,
    kept: bool,
}

/// Where the bytes come from.
#[derive(Debug)]
enum Body {
    File(File),
    /// Chunk by chunk, each verified whenever it comes.
    Remote(Arc<RemoteFiles>),
}

impl VerifiedFile {
    /// Opens a file and checks its size.
    pub fn open(dir: &Path, name: &str, entry: &FileEntry) -> Result<Self, BundleError> {
        let path = dir.join(name);
        let file = File::open(&path).map_err(BundleError::io(&path))?;
        Self::of_file(file, path, entry)
    }

    /// Takes an open file and checks its size; `path` is its name in messages.
    pub fn of_file(file: File, path: PathBuf, entry: &FileEntry) -> Result<Self, BundleError> {
        let size = file.metadata().map_err(BundleError::io(&path))?.len();
        if size != entry.bytes {
            return Err(BundleError::damaged(path, format!("it has {size} bytes, expected {}", entry.bytes)));
        }
        Self::new(Body::File(file), path, entry)
    }

    /// A file in object storage.
    pub fn remote(files: Arc<RemoteFiles>, entry: &FileEntry) -> Result<Self, BundleError> {
        let place = files.place(entry);
        Self::new(Body::Remote(files), place, entry)
    }

    fn new(body: Body, path: PathBuf, entry: &FileEntry) -> Result<Self, BundleError> {
        let within = (1..=CHUNK).contains(&entry.chunk_bytes);
        if !within || entry.chunks.len() as u64 != entry.bytes.div_ceil(entry.chunk_bytes as u64) {
            let (bytes, count, each) = (entry.bytes, entry.chunks.len(), entry.chunk_bytes);
            let what = format!("its {bytes} bytes do not make {count} chunks of {each}");
            return Err(BundleError::damaged(path, what));
        }
        let chunks = entry.chunks.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { path, body, entry: entry.clone(), chunks, kept: false })
    }

    /// Lets chunks stay in memory once they were read, unless the file is too large for that. What is read for every request then
    /// costs no call of the system.
    #[must_use]
    pub fn kept(self) -> Self {
        if self.kept {
            return self;
        }
        // Anew: of what was verified before nothing was kept.
        let chunks = self.entry.chunks.iter().map(|_| OnceLock::new()).collect();
        Self { kept: Self::fits_memory(&self.entry), chunks, ..self }
    }

    /// Whether a file can be kept in memory.
    pub fn fits_memory(entry: &FileEntry) -> bool {
        entry.bytes <= KEPT
    }

    /// Its path, for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What tells its content from any other.
    pub fn fingerprint(&self) -> Result<Fingerprint, BundleError> {
        let sha256 = &self.entry.sha256;
        let wrong = || BundleError::damaged(&self.path, format!("the manifest gives it the SHA-256 {sha256:?}"));
        Fingerprint::read(sha256).ok_or_else(wrong)
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.entry.bytes
    }

    /// Where `length` bytes from `offset` on end, if the file has them.
    fn end(&self, offset: u64, length: usize) -> Option<u64> {
        offset.checked_add(length as u64).filter(|end| *end <= self.entry.bytes)
    }

    /// Appends `length` bytes from `offset` on to `out`.
    pub fn read_into(&self, offset: u64, length: usize, out: &mut Vec<u8>) -> Result<(), BundleError> {
        let end = self.end(offset, length).ok_or_else(|| {
            let size = self.entry.bytes;
            BundleError::damaged(&self.path, format!("bytes {offset} to +{length} were asked for, it has {size}"))
        })?;
        if length == 0 {
            return Ok(());
        }
        let (first, last) = (self.chunk_of(offset), self.chunk_of(end - 1));
        let file = match &self.body {
            Body::File(file) if !self.kept => file,
            _ => return (first..=last).try_for_each(|chunk| self.append(chunk, offset..end, out)),
        };
        (first..=last).try_for_each(|chunk| self.verified(chunk).map(|_| ()))?;
        let start = out.len();
        out.resize(start + length, 0);
        let target = out.get_mut(start..).unwrap_or_default();
        file.read_exact_at(target, offset).map_err(BundleError::io(&self.path))
    }

    /// `length` bytes from `offset` on without copying them: where the file is kept and they lie within one chunk.
    pub fn shared(&self, offset: u64, length: usize) -> Result<Option<Bytes>, BundleError> {
        let (chunk, chunk_bytes) = (self.chunk_of(offset), self.entry.chunk_bytes);
        let within = usize::try_from(offset % chunk_bytes as u64).unwrap_or(chunk_bytes);
        if !self.kept || within + length > chunk_bytes || offset + length as u64 > self.entry.bytes {
            return Ok(None);
        }
        Ok(Some(self.verified(chunk)?.slice(within..within + length)))
    }

    /// Appends what of the file's bytes `range` lies in a chunk.
    fn append(&self, chunk: u64, range: Range<u64>, out: &mut Vec<u8>) -> Result<(), BundleError> {
        let (begin, length) = self.entry.chunk_at(chunk);
        let within = |at: u64| usize::try_from(at.saturating_sub(begin)).unwrap_or(length).min(length);
        let part = within(range.start)..within(range.end);
        match &self.body {
            Body::Remote(_) if !self.kept => out.extend_from_slice(self.load(chunk)?.get(part).unwrap_or_default()),
            _ => out.extend_from_slice(self.verified(chunk)?.get(part).unwrap_or_default()),
        }
        Ok(())
    }

    /// `length` bytes from `offset` on.
    pub fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>, BundleError> {
        // Not of that capacity at once: the length may be any number.
        let mut out = Vec::new();
        self.read_into(offset, length, &mut out)?;
        Ok(out)
    }

    /// `length` bytes from `offset` on, if that needs no waiting for a disk: the file must be local, and its bytes in the system's
    /// memory. What was not verified before is verified here.
    pub fn read_now(&self, offset: u64, length: usize) -> Option<Vec<u8>> {
        let Body::File(file) = &self.body else { return None };
        let end = self.end(offset, length).filter(|_| length > 0)?;
        if !(self.chunk_of(offset)..=self.chunk_of(end - 1)).all(|chunk| self.verify_now(file, chunk).is_some()) {
            return None;
        }
        let mut out = vec![0; length];
        fill_now(file, &mut out, offset)?;
        Some(out)
    }

    /// Verifies a chunk, if it was not. `None`: that would take waiting, or the chunk is not what the manifest says.
    fn verify_now(&self, file: &File, chunk: u64) -> Option<()> {
        let (verified, expected) = self.slot(chunk)?;
        if verified.get().is_some() {
            return Some(());
        }
        let (offset, length) = self.entry.chunk_at(chunk);
        let right = !self.kept
            && with_room(length, |bytes| fill_now(file, bytes, offset).is_some() && chunk_hash(bytes) == *expected);
        right.then(|| drop(verified.set(Bytes::new())))
    }

    /// Whether a chunk was verified, and its hash.
    fn slot(&self, chunk: u64) -> Option<(&OnceLock<Bytes>, &String)> {
        let index = usize::try_from(chunk).ok()?;
        Some((self.chunks.get(index)?, self.entry.chunks.get(index)?))
    }

    fn chunk_of(&self, offset: u64) -> u64 {
        offset / self.entry.chunk_bytes as u64
    }

    /// All of it.
    pub fn read_all(&self) -> Result<Vec<u8>, BundleError> {
        self.read(0, usize::try_from(self.entry.bytes).unwrap_or(usize::MAX))
    }

    /// Compares every chunk with its hash.
    pub fn verify_all(&self) -> Result<(), BundleError> {
        (0..self.entry.chunks.len() as u64).try_for_each(|chunk| self.verified(chunk).map(|_| ()))
    }

    /// A chunk that is what the manifest says: its bytes where the file is kept, else none.
    fn verified(&self, chunk: u64) -> Result<&Bytes, BundleError> {
        let (verified, expected) = self.slot(chunk).ok_or_else(|| self.no_such(chunk))?;
        if let Some(bytes) = verified.get() {
            return Ok(bytes);
        }
        let bytes = self.load(chunk)?;
        let got = chunk_hash(&bytes);
        if got != *expected {
            let what = format!("chunk {chunk} has the hash {got}, expected {expected}");
            return Err(BundleError::damaged(&self.path, what));
        }
        Ok(verified.get_or_init(|| if self.kept { bytes } else { Bytes::new() }))
    }

    fn no_such(&self, chunk: u64) -> BundleError {
        BundleError::damaged(&self.path, format!("chunk {chunk} does not exist"))
    }

    fn load(&self, chunk: u64) -> Result<Bytes, BundleError> {
        match &self.body {
            Body::File(file) => {
                let (offset, length) = self.entry.chunk_at(chunk);
                let mut bytes = vec![0; length];
                waiting(|| file.read_exact_at(&mut bytes, offset)).map_err(BundleError::io(&self.path))?;
                Ok(bytes.into())
            }
            Body::Remote(files) => {
                let (_, expected) = self.slot(chunk).ok_or_else(|| self.no_such(chunk))?;
                files.chunk(&self.entry, chunk, expected)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    /// Two whole chunks and a short one.
    const SIZE: usize = 2 * CHUNK + 77;

    fn content() -> Vec<u8> {
        (0..SIZE).map(|i| u8::try_from(i * 31 % 251).unwrap()).collect()
    }

    /// The content on the disk, with a byte flipped at each of `flips`.
    fn file(dir: &Path, flips: &[usize]) -> VerifiedFile {
        let mut bytes = content();
        let entry = FileEntry {
            bytes: SIZE as u64,
            sha256: choro_model::hex(&Sha256::digest(&bytes)),
            chunk_bytes: CHUNK,
            chunks: bytes.chunks(CHUNK).map(chunk_hash).collect(),
            made_from: String::new(),
        };
        flips.iter().for_each(|at| bytes[*at] ^= 1);
        std::fs::write(dir.join("f"), bytes).unwrap();
        VerifiedFile::open(dir, "f", &entry).unwrap()
    }

    proptest::proptest! {
        #[test]
        fn a_kept_file_reads_as_one_that_is_not(offset in 0..SIZE, length in 0..SIZE) {
            let dir = tempfile::tempdir().unwrap();
            let length = length.min(SIZE - offset);
            let expected = content()[offset..offset + length].to_vec();
            for file in [file(dir.path(), &[]), file(dir.path(), &[]).kept()] {
                // Some file systems never answer at once.
                if let Some(now) = file.read_now(offset as u64, length) {
                    proptest::prop_assert_eq!(&now, &expected);
                }
                for _ in 0..2 {
                    proptest::prop_assert_eq!(&file.read(offset as u64, length).unwrap(), &expected);
                }
            }
        }
    }

    #[test]
    fn a_flipped_byte_costs_its_chunk_and_no_other_each_time_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        for file in [file(dir.path(), &[CHUNK + 5]), file(dir.path(), &[CHUNK + 5]).kept()] {
            for _ in 0..2 {
                assert_eq!(file.read_now(CHUNK as u64 - 1, 2), None);
                assert_eq!(file.read(0, CHUNK).unwrap(), content()[..CHUNK]);
                let error = file.read(CHUNK as u64 - 1, 2).unwrap_err().to_string();
                assert!(error.contains("chunk 1 has the hash"), "{error}");
                assert_eq!(file.read(2 * CHUNK as u64, 77).unwrap(), content()[2 * CHUNK..]);
            }
            assert!(file.verify_all().is_err());
            let error = file.read(SIZE as u64 - 1, 2).unwrap_err().to_string();
            assert!(error.contains("were asked for, it has"), "{error}");
        }
    }
}
