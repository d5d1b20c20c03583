//! Reading back what was stored as text.

use crate::error::StoreError;

/// Stored text as the type it was written from.
pub(crate) fn read<T, E: std::fmt::Display>(place: impl FnOnce() -> String, parsed: Result<T, E>) -> Result<T, StoreError> {
    parsed.map_err(|e| StoreError::Damaged { place: place(), what: e.to_string() })
}
