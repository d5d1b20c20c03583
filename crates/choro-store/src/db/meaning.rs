//! What an error of either database means, in the operator's words.

use super::{postgres_errors, sqlite_errors};
use crate::error::StoreError;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let known = sqlite_errors::meaning(&error).or_else(|| postgres_errors::meaning("PostgreSQL", &error));
        known.unwrap_or(Self::Database(error))
    }
}
