//! A file and its mapping -> one intake, of one table or of several sheets.

use super::{error::FileError, intake::Intake, merged_sheets::MergedSheets, read::read};
use crate::statistics::{
    file,
    mapping::{Mapping, SheetChoice},
    scrutiny::periods,
};
use choro_model::Indicator;
use std::path::Path;

/// Reads a file by its mapping: one table, or every sheet that the mapping names. Delimited text is read a part at a time,
/// unless a row is a total by what stands below it, which may be far away.
///
/// # Errors
///
/// Where the file is no table, or the mapping does not fit it.
pub fn read_file(path: &Path, mapping: &Mapping, indicators: &[Indicator]) -> Result<Intake, FileError> {
    let sheets = match &mapping.sheets {
        SheetChoice::One(_) => return Ok(doubted(read_table(path, mapping, indicators)?)),
        SheetChoice::Several(sheets) => sheets,
    };
    let mut merged = MergedSheets::default();
    for table in file::read_sheets(path, sheets)? {
        let sheet = table.sheet.clone().unwrap_or_default();
        let intake = read(&table, mapping, indicators).map_err(|error| match error {
            FileError::Intake(error) => FileError::Intake(error.on_sheet(&sheet)),
            other => other,
        })?;
        merged.add(intake, sheet)?;
    }
    Ok(doubted(merged.intake))
}

/// Adds the doubts that need the whole file.
fn doubted(mut intake: Intake) -> Intake {
    intake.doubts.extend(periods::mixed(&intake.selections));
    intake
}

fn read_table(path: &Path, mapping: &Mapping, indicators: &[Indicator]) -> Result<Intake, FileError> {
    let options = mapping.table_options();
    if mapping.looks_ahead() {
        return read(&file::read(path, &options)?, mapping, indicators);
    }
    read(&*file::open(path, &options, mapping.head_rows())?, mapping, indicators)
}
