//! A file of a bundle, read by position; each chunk is verified when it is first read.

use super::{
    BundleError,
    manifest::{CHUNK, FileEntry, chunk_hash},
};
use bytes::Bytes;
use parquet::{
    errors::ParquetError,
    file::reader::{ChunkReader, Length},
};
use std::{
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// A file whose content is what the manifest says, or an error.
#[derive(Debug)]
pub struct VerifiedFile {
    path: PathBuf,
    file: File,
    entry: FileEntry,
    verified: Vec<AtomicBool>,
}

impl VerifiedFile {
    /// Opens a file and checks its size.
    pub fn open(dir: &Path, name: &str, entry: &FileEntry) -> Result<Self, BundleError> {
        let path = dir.join(name);
        let file = File::open(&path).map_err(BundleError::io(&path))?;
        let size = file.metadata().map_err(BundleError::io(&path))?.len();
        let chunks = entry.bytes.div_ceil(CHUNK as u64);
        if size != entry.bytes || entry.chunks.len() as u64 != chunks {
            let what = format!("it has {size} bytes, expected {} in {} chunks", entry.bytes, entry.chunks.len());
            return Err(BundleError::damaged(path, what));
        }
        let verified = entry.chunks.iter().map(|_| AtomicBool::new(false)).collect();
        Ok(Self { path, file, entry: entry.clone(), verified })
    }

    /// Its path, for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// SHA-256 of the content, hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.entry.sha256
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.entry.bytes
    }

    /// Appends `length` bytes from `offset` on to `out`.
    pub fn read_into(&self, offset: u64, length: usize, out: &mut Vec<u8>) -> Result<(), BundleError> {
        let end = offset.checked_add(length as u64).filter(|end| *end <= self.entry.bytes);
        let end = end.ok_or_else(|| {
            let size = self.entry.bytes;
            BundleError::damaged(&self.path, format!("bytes {offset} to +{length} were asked for, it has {size}"))
        })?;
        if length == 0 {
            return Ok(());
        }
        for chunk in (offset / CHUNK as u64)..=((end - 1) / CHUNK as u64) {
            self.verify(chunk)?;
        }
        let start = out.len();
        out.resize(start + length, 0);
        let target = out.get_mut(start..).unwrap_or_default();
        self.file.read_exact_at(target, offset).map_err(BundleError::io(&self.path))
    }

    /// `length` bytes from `offset` on.
    pub fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>, BundleError> {
        let mut out = Vec::with_capacity(length);
        self.read_into(offset, length, &mut out)?;
        Ok(out)
    }

    /// All of it.
    pub fn read_all(&self) -> Result<Vec<u8>, BundleError> {
        self.read(0, usize::try_from(self.entry.bytes).unwrap_or(usize::MAX))
    }

    /// Compares every chunk with its hash.
    pub fn verify_all(&self) -> Result<(), BundleError> {
        (0..self.entry.chunks.len() as u64).try_for_each(|chunk| self.verify(chunk))
    }

    fn verify(&self, chunk: u64) -> Result<(), BundleError> {
        let index = usize::try_from(chunk).unwrap_or(usize::MAX);
        let (Some(verified), Some(expected)) = (self.verified.get(index), self.entry.chunks.get(index)) else {
            return Err(BundleError::damaged(&self.path, format!("chunk {chunk} does not exist")));
        };
        // Acquire pairs with the release below: a verified chunk's bytes were read and compared before.
        if verified.load(Ordering::Acquire) {
            return Ok(());
        }
        let offset = chunk * CHUNK as u64;
        let mut bytes = vec![0; usize::try_from(self.entry.bytes - offset).unwrap_or(CHUNK).min(CHUNK)];
        self.file.read_exact_at(&mut bytes, offset).map_err(BundleError::io(&self.path))?;
        let got = chunk_hash(&bytes);
        if got != *expected {
            let what = format!("chunk {chunk} has the hash {got}, expected {expected}");
            return Err(BundleError::damaged(&self.path, what));
        }
        verified.store(true, Ordering::Release);
        Ok(())
    }
}

/// A file that the Parquet reader owns beside others.
#[derive(Debug, Clone)]
pub struct SharedFile(pub Arc<VerifiedFile>);

impl Length for SharedFile {
    fn len(&self) -> u64 {
        self.0.size()
    }
}

impl ChunkReader for SharedFile {
    type T = io::Cursor<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let rest = usize::try_from(self.0.size().saturating_sub(start)).unwrap_or(usize::MAX);
        Ok(io::Cursor::new(self.get_bytes(start, rest)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.0.read(start, length).map(Bytes::from).map_err(|e| ParquetError::External(e.into()))
    }
}
