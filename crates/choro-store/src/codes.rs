//! The codes of a selection as one text.

use choro_model::{Code, IdError};

/// Codes as stored: a code has no comma (`model::Code`).
pub(crate) fn join_codes(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join(",")
}

/// The inverse of [`join_codes`].
pub(crate) fn split_codes(text: &str) -> Result<Vec<Code>, IdError> {
    text.split(',').filter(|code| !code.is_empty()).map(Code::new).collect()
}
