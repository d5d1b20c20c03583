//! The cells of one sheet, as calamine gives them -> rows of a table.
//!
//! Cells are taken one by one, so that a sheet whose two cells stand in opposite corners costs two cells and not the rectangle
//! between them.

use super::super::{
    error::TableError,
    inflated,
    table::{CellContent, CellTable, MAX_CELLS, StoredCell},
};
use calamine::{Data, DataRef, ExcelDateTime, Reader as _, Xls, Xlsx};
use rustc_hash::FxHashMap;
use std::io::Cursor;

/// One cell with its row and column, before rows are laid out.
pub type PlacedCell = (u32, u32, StoredCell);

/// The cells of a sheet of an XLS workbook; their texts go to the table's buffer.
pub fn of_xls(book: &mut Xls<Cursor<Vec<u8>>>, sheet: &str, table: &mut CellTable) -> Result<Vec<PlacedCell>, TableError> {
    let range = book.worksheet_range(sheet).map_err(|e| broken(table, sheet, e.to_string()))?;
    let (top, left) = range.start().unwrap_or_default();
    let place = |base: u32, offset: usize| u32::try_from(offset).ok().and_then(|n| base.checked_add(n));
    let mut cells = Vec::new();
    for (row, column, data) in range.used_cells() {
        if let (Some(row), Some(column)) = (place(top, row), place(left, column)) {
            cells.push((row, column, stored(table, row, data)?));
        }
    }
    Ok(cells)
}

/// The cells of a sheet of an XLSX workbook of `size` bytes; their texts go to the table's buffer.
pub fn of_xlsx(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    size: usize,
    sheet: &str,
    table: &mut CellTable,
) -> Result<Vec<PlacedCell>, TableError> {
    let mut shared = SharedTexts { stored: FxHashMap::default(), length: 0, most: inflated::most_text(size) };
    let mut cells = Vec::new();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|e| broken(table, sheet, e.to_string()))?;
    while let Some(cell) = reader.next_cell().map_err(|e| broken(table, sheet, e.to_string()))? {
        let (row, column) = cell.get_position();
        let content = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => shared.stored(table, row, sheet, text)?,
            DataRef::String(text) => table.keep(CellContent::Text(text), row as usize)?,
            other => stored(table, row, &Data::from(other.clone()))?,
        };
        cells.push((row, column, content));
        if cells.len() > MAX_CELLS {
            return Err(table.limit(&format!("sheet {sheet:?}"), format!("{MAX_CELLS} cells")));
        }
    }
    Ok(cells)
}

/// Puts cells into rows. Rows and columns without any are filled as empty, within the table's limits.
pub fn lay_out(table: &mut CellTable, mut cells: Vec<PlacedCell>) -> Result<(), TableError> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    cells.dedup_by_key(|(row, column, _)| (*row, *column));
    let (mut row, mut column) = (0, 0);
    for (cell_row, cell_column, stored) in &cells {
        while row < *cell_row {
            table.end_row()?;
            (row, column) = (row + 1, 0);
        }
        while column < *cell_column {
            table.push(CellContent::Empty)?;
            column += 1;
        }
        table.push_kept(*stored)?;
        column += 1;
    }
    table.end_row()
}

fn broken(table: &CellTable, sheet: &str, reason: String) -> TableError {
    TableError::Damaged { file: table.file.clone(), place: format!("sheet {sheet:?}"), reason }
}

/// The texts that the cells of a sheet share: a text that a million cells have lies in the table's buffer once.
struct SharedTexts {
    /// By the place of the text in calamine's own list.
    stored: FxHashMap<(usize, usize), StoredCell>,
    /// Bytes of all texts so far, each as often as a cell has it.
    length: usize,
    /// Most bytes of all texts.
    most: usize,
}

impl SharedTexts {
    fn stored(&mut self, table: &mut CellTable, row: u32, sheet: &str, text: &str) -> Result<StoredCell, TableError> {
        self.length = self.length.saturating_add(text.len());
        if self.length > self.most {
            let place = format!("the length of the texts of sheet {sheet:?} with their repetitions");
            return Err(table.limit(&place, format!("{} bytes", self.most)));
        }
        let address = (text.as_ptr().addr(), text.len());
        if let Some(stored) = self.stored.get(&address) {
            return Ok(*stored);
        }
        let stored = table.keep(CellContent::Text(text), row as usize)?;
        self.stored.insert(address, stored);
        Ok(stored)
    }
}

fn stored(table: &mut CellTable, row: u32, data: &Data) -> Result<StoredCell, TableError> {
    let mut text = |text: &str| table.keep(CellContent::Text(text), row as usize);
    match data {
        Data::Empty => Ok(StoredCell::Empty),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet computes with doubles itself")]
        Data::Int(number) => Ok(StoredCell::Number(*number as f64)),
        Data::Float(number) => Ok(StoredCell::Number(*number)),
        Data::String(string) | Data::DateTimeIso(string) | Data::DurationIso(string) => text(string),
        Data::Bool(truth) => text(if *truth { "TRUE" } else { "FALSE" }),
        Data::Error(error) => text(&error.to_string()),
        Data::DateTime(date) => text(&iso_date(date)),
    }
}

/// A date as `2014-07-01`, with a time of day as `2014-07-01T12:00:00`; a duration stays a number of days as text.
fn iso_date(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}
