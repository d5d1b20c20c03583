//! Rows with named columns.

/// A struct that is read from a row of either database, each field from the column of its name:
/// `row! { struct Head { names: String, source: String } }` reads `SELECT names, source ..`. Written here instead of derived, since
/// sqlx's macros would build the drivers a second time.
macro_rules! row {
    ($(#[$of_row:meta])* $visible:vis struct $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$of_row])*
        $visible struct $name {
            $($(#[$of_field])* pub $field: $type),+
        }

        impl<'r, R> sqlx::FromRow<'r, R> for $name
        where
            R: sqlx::Row,
            &'static str: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>),+
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),+ })
            }
        }
    };
}

pub(crate) use row;
