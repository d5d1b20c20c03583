//! What tells a file from every other.

use crate::error::WorkbenchError;
use choro_model::hex;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// SHA-256 of a file, hexadecimal.
pub(super) fn file_hash(path: &Path) -> Result<String, WorkbenchError> {
    let failed = |source| WorkbenchError::File { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    std::io::copy(&mut file, &mut hash).map_err(failed)?;
    Ok(hex(&hash.finalize()))
}
