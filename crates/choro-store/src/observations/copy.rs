//! COPY, PostgreSQL's way of loading many rows: in its binary form, where no text can be misread
//! (<https://www.postgresql.org/docs/current/sql-copy.html>, "Binary Format").

use super::{figure::FigureColumns, file_place, numbered::Numbered, record::ImportId};
use crate::{db::within, error::StoreError};
use sqlx::{PgConnection, Postgres, Transaction};
use std::time::Duration;

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// Flags, and length of what follows the header: both none.
const HEADER_REST: [u8; 8] = [0; 8];
const END: [u8; 2] = (-1_i16).to_be_bytes();
/// Bytes sent at once.
const CHUNK: usize = 1 << 20;

/// Loads rows that are not there yet. Each step has the time `limit`.
pub(crate) async fn observations(
    tx: &mut Transaction<'static, Postgres>,
    limit: Duration,
    rows: &[Numbered],
    import: ImportId,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let connection: &mut PgConnection = tx;
    let sql =
        "COPY observation (series_id, area_id, value, state, status, import_id, file_place) FROM STDIN (FORMAT binary)";
    let mut copy = within(limit, connection.copy_in_raw(sql)).await?;
    let mut buffer = [SIGNATURE, &HEADER_REST].concat();
    for row in rows {
        write(&mut buffer, row, import);
        if buffer.len() >= CHUNK {
            within(limit, copy.send(buffer.as_slice())).await?;
            buffer.clear();
        }
    }
    buffer.extend(END);
    within(limit, copy.send(buffer.as_slice())).await?;
    within(limit, copy.finish()).await?;
    Ok(())
}

/// The number of columns, then each as its length in bytes and its bytes, big endian; a length of -1 is NULL.
fn write(buffer: &mut Vec<u8>, row: &Numbered, import: ImportId) {
    let FigureColumns { value, state, status } = FigureColumns::of(row.figure);
    buffer.extend(7_i16.to_be_bytes());
    field(buffer, Some(&row.series.to_be_bytes()));
    field(buffer, Some(&row.area.to_be_bytes()));
    field(buffer, value.map(f64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    field(buffer, state.map(str::as_bytes));
    field(buffer, status.map(str::as_bytes));
    field(buffer, Some(&import.0.to_be_bytes()));
    field(buffer, row.at.map(|at| file_place::number(at).to_be_bytes()).as_ref().map(<[u8; 8]>::as_slice));
}

fn field(buffer: &mut Vec<u8>, bytes: Option<&[u8]>) {
    match bytes {
        None => buffer.extend((-1_i32).to_be_bytes()),
        Some(bytes) => {
            // Fields are at most eight bytes here.
            buffer.extend(u32::try_from(bytes.len()).unwrap_or_default().to_be_bytes());
            buffer.extend_from_slice(bytes);
        }
    }
}
