//! What the errors of PostgreSQL, and of the way to it, mean.

use crate::error::StoreError;
use sqlx::postgres::PgDatabaseError;

/// The meaning of an error; `None` if it means nothing in particular.
/// Codes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
pub(crate) fn meaning(place: &str, error: &sqlx::Error) -> Option<StoreError> {
    let (place, what) = (place.to_owned(), error.to_string());
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::Protocol(_) => {
            return Some(StoreError::Unreachable { place, what });
        }
        _ => {}
    }
    let said = error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?;
    let what = said.message().to_owned();
    match said.code() {
        "55P03" => Some(StoreError::Occupied),
        // Ended by an administrator, or idle for too long.
        "57014" | "25P03" => Some(StoreError::Unreachable { place, what }),
        "25006" => Some(StoreError::Standby { what }),
        "42501" | "3D000" | "3F000" => Some(StoreError::Refused { place, what }),
        "53100" => Some(StoreError::DiskFull),
        "XX001" | "XX002" => Some(StoreError::Damaged { place, what }),
        // Class 28: wrong user or password. 53: too many connections, no memory. 57P, 08: stopping, starting, connection lost.
        code if code.starts_with("28") => Some(StoreError::Refused { place, what }),
        code if ["08", "53", "57P"].iter().any(|class| code.starts_with(class)) => {
            Some(StoreError::Unreachable { place, what })
        }
        _ => None,
    }
}
