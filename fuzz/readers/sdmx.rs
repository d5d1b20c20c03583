//! SDMX-CSV as it stands: every row is taken, rejected, left out or blank.

use super::observations::DEFINED;
use choro_intake::statistics::{self, TableOptions, sdmx};

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let Ok(table) = statistics::file::parse("file.csv", data.to_vec(), &TableOptions::default()) else { return };
    if !sdmx::is_sdmx(&table) {
        return;
    }
    if let Ok(intake) = sdmx::read(&table, &DEFINED) {
        let rows = intake.cells.len() + intake.rejects.total() + intake.blank_rows + intake.left_out;
        assert!(rows >= table.height() as u64 - 1, "{rows} of {} rows", table.height() - 1);
    }
}
