//! A values file as the Parquet reader takes it.

use crate::storage::verified::VerifiedFile;
use bytes::Bytes;
use parquet::{
    errors::ParquetError,
    file::reader::{ChunkReader, Length},
};
use std::{io, sync::Arc};

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
