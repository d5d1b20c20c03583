//! One text of a statement for both databases: `query("… $1").bind(1_i64).execute(&mut db)`.
//!
//! sqlx's own queries are typed by their database, so each would be written twice. Here the values wait until it is known
//! which one they are for.

use super::transaction::{Db, within};
use crate::error::StoreError;
use sqlx::{
    Arguments, Database, Encode, FromRow, Postgres, SqlSafeStr, SqlStr, Sqlite, Type,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};
use std::{borrow::Cow, marker::PhantomData};

/// A value for a placeholder.
pub(crate) enum Value<'q> {
    Integer(Option<i64>),
    Boolean(bool),
    Real(Option<f64>),
    Text(Option<Cow<'q, str>>),
    Bytes(Vec<u8>),
}

/// What both databases give as a row.
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// A statement and its values so far; `T` is a row of its answer.
pub(crate) struct Query<'q, T> {
    sql: SqlStr,
    values: Vec<Value<'q>>,
    keep: bool,
    row: PhantomData<fn() -> T>,
}

/// A statement without answer.
pub(crate) fn query<'q>(sql: impl SqlSafeStr) -> Query<'q, ()> {
    query_as(sql)
}

/// A statement that answers with rows.
pub(crate) fn query_as<'q, T>(sql: impl SqlSafeStr) -> Query<'q, T> {
    Query { sql: sql.into_sql_str(), values: Vec::new(), keep: true, row: PhantomData }
}

/// A statement that answers with rows of one column.
pub(crate) fn query_scalar<'q, T>(sql: impl SqlSafeStr) -> Scalar<'q, T> {
    Scalar(query_as(sql))
}

impl<'q, T> Query<'q, T> {
    /// The value of the next placeholder.
    pub(crate) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Whether the connection keeps the prepared statement; it does unless told otherwise.
    pub(crate) fn persistent(mut self, keep: bool) -> Self {
        self.keep = keep;
        self
    }

    pub(crate) async fn execute(self, db: &mut Db) -> Result<(), StoreError> {
        let Self { sql, values, keep, .. } = self;
        match db {
            Db::Sqlite(tx) => {
                let arguments: SqliteArguments = arguments::<Sqlite>(values)?;
                sqlx::query_with::<Sqlite, _>(sql, arguments).persistent(keep).execute(&mut **tx).await?;
            }
            Db::Postgres(tx, limit) => {
                let arguments: PgArguments = arguments::<Postgres>(values)?;
                let query = sqlx::query_with::<Postgres, _>(sql, arguments).persistent(keep);
                within(*limit, query.execute(&mut **tx)).await?;
            }
        }
        Ok(())
    }
}

impl<T: Row> Query<'_, T> {
    pub(crate) async fn fetch_all(self, db: &mut Db) -> Result<Vec<T>, StoreError> {
        let Self { sql, values, .. } = self;
        match db {
            Db::Sqlite(tx) => {
                let query = sqlx::query_as_with::<Sqlite, T, _>(sql, arguments::<Sqlite>(values)?);
                Ok(query.fetch_all(&mut **tx).await?)
            }
            Db::Postgres(tx, limit) => {
                let query = sqlx::query_as_with::<Postgres, T, _>(sql, arguments::<Postgres>(values)?);
                within(*limit, query.fetch_all(&mut **tx)).await
            }
        }
    }

    /// The first row. The statement says what makes it the only one.
    pub(crate) async fn fetch_optional(self, db: &mut Db) -> Result<Option<T>, StoreError> {
        Ok(self.fetch_all(db).await?.into_iter().next())
    }

    pub(crate) async fn fetch_one(self, db: &mut Db) -> Result<T, StoreError> {
        self.fetch_optional(db).await?.ok_or(StoreError::Database(sqlx::Error::RowNotFound))
    }
}

/// A [`Query`] whose rows have one column.
pub(crate) struct Scalar<'q, T>(Query<'q, (T,)>);

impl<'q, T> Scalar<'q, T> {
    pub(crate) fn bind(self, value: impl Into<Value<'q>>) -> Self {
        Self(self.0.bind(value))
    }
}

impl<T> Scalar<'_, T>
where
    (T,): Row,
{
    pub(crate) async fn fetch_all(self, db: &mut Db) -> Result<Vec<T>, StoreError> {
        Ok(self.0.fetch_all(db).await?.into_iter().map(|(value,)| value).collect())
    }

    pub(crate) async fn fetch_optional(self, db: &mut Db) -> Result<Option<T>, StoreError> {
        Ok(self.0.fetch_optional(db).await?.map(|(value,)| value))
    }

    pub(crate) async fn fetch_one(self, db: &mut Db) -> Result<T, StoreError> {
        Ok(self.0.fetch_one(db).await?.0)
    }
}

/// The values in the form of a database.
fn arguments<'q, D: Database>(values: Vec<Value<'q>>) -> Result<D::Arguments, StoreError>
where
    Option<i64>: Encode<'q, D> + Type<D>,
    bool: Encode<'q, D> + Type<D>,
    Option<f64>: Encode<'q, D> + Type<D>,
    Option<Cow<'q, str>>: Encode<'q, D> + Type<D>,
    Vec<u8>: Encode<'q, D> + Type<D>,
{
    let mut arguments = D::Arguments::default();
    for value in values {
        let added = match value {
            Value::Integer(number) => arguments.add(number),
            Value::Boolean(is) => arguments.add(is),
            Value::Real(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
        };
        added.map_err(|error| StoreError::Database(sqlx::Error::Encode(error)))?;
    }
    Ok(arguments)
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(is: bool) -> Self {
        Self::Boolean(is)
    }
}

impl From<Option<f64>> for Value<'_> {
    fn from(number: Option<f64>) -> Self {
        Self::Real(number)
    }
}

impl<'q> From<&'q str> for Value<'q> {
    fn from(text: &'q str) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl<'q> From<&'q String> for Value<'q> {
    fn from(text: &'q String) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Some(Cow::Owned(text)))
    }
}

impl<'q> From<Option<&'q str>> for Value<'q> {
    fn from(text: Option<&'q str>) -> Self {
        Self::Text(text.map(Cow::Borrowed))
    }
}

impl From<Vec<u8>> for Value<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}
