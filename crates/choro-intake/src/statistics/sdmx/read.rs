//! A table of SDMX-CSV -> what it says of the indicators.

use super::{columns, to_mapping::to_mapping, without_labels::WithoutLabels};
use crate::statistics::{
    file::{rows::Rows, table::CellTable},
    reading::{error::FileError, intake::Intake, read::read_on_conditions},
};
use choro_model::Indicator;

/// Whether a table begins as SDMX-CSV does.
#[must_use]
pub fn is_sdmx(table: &CellTable) -> bool {
    let id = |column| columns::id(&table.get(0, column).to_string());
    let (first, second) = (id(0), id(1));
    (first == "DATAFLOW" && !second.is_empty()) || (first == "STRUCTURE" && second == "STRUCTURE_ID")
}

/// Takes what an SDMX-CSV file says of the indicators.
///
/// # Errors
///
/// Where a column that every SDMX-CSV file has is absent, or the file cannot be read again.
pub fn read(rows: &dyn Rows, indicators: &[Indicator]) -> Result<Intake, FileError> {
    if columns::have_labels(rows.head()) {
        return read_ids(&WithoutLabels::new(rows)?, indicators);
    }
    read_ids(rows, indicators)
}

fn read_ids(rows: &dyn Rows, indicators: &[Indicator]) -> Result<Intake, FileError> {
    let known = to_mapping(rows, indicators)?;
    let mut intake = read_on_conditions(rows, &known.mapping, &known.conditions, indicators)?;
    intake.notes.splice(0..0, known.notes);
    Ok(intake)
}
