//! The connections, a transaction on either database, and statements that both read alike. The rest of the crate knows only these.

mod clock;
mod meaning;
mod postgres_errors;
mod query;
mod row;
pub(crate) mod sqlite_errors;
mod stored;
mod transaction;

pub(crate) use clock::now;
pub(crate) use query::{query, query_as, query_scalar};
pub(crate) use row::row;
pub(crate) use stored::read;
pub(crate) use transaction::{Db, Pool, within};
