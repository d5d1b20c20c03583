//! XLS and XLSX, through calamine. Cells are taken one by one, so that a sheet whose two cells stand in opposite corners
//! costs two cells and not the rectangle between them.

use super::{
    biff, inflated,
    sniff::Content,
    table::{MAX_CELLS, Raw, SheetRef, Table, TableError, TableOptions, Value},
};
use crate::statistics::reading::labels::fits;
use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};
use choro_model::nearest;
use rustc_hash::FxHashMap;
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// One cell with its place, before rows are laid out.
type Placed = (u32, u32, Raw);

/// Most sheets of one import.
const MAX_SHEETS: usize = 200;

/// Reads one sheet.
pub(crate) fn parse(file: &str, bytes: Vec<u8>, kind: Content, options: &TableOptions) -> Result<Table, TableError> {
    guarded(file, || {
        let mut book = Book::open(file, bytes, kind)?;
        let name = book.choose(options.sheet.as_ref())?;
        let mut table = book.table(&name)?;
        if options.sheet.is_none() {
            table.notes.push(format!("sheet {name:?} (the first of {}, not declared)", book.names.len()));
        }
        Ok(table)
    })
}

/// Reads several sheets, in the order of the workbook and none twice.
pub(crate) fn parse_sheets(
    file: &str,
    bytes: Vec<u8>,
    kind: Content,
    sheets: &[SheetRef],
) -> Result<Vec<Table>, TableError> {
    guarded(file, || {
        let mut book = Book::open(file, bytes, kind)?;
        let names = book.choose_all(sheets)?;
        let mut tables: Vec<Table> = Vec::with_capacity(names.len());
        for name in names {
            tables.push(book.table(&name)?);
            if tables.iter().map(Table::cells).sum::<usize>() > MAX_CELLS {
                let (file, place) = (file.to_owned(), format!("with sheet {name:?} the workbook"));
                return Err(TableError::Limit { file, place, limit: format!("{MAX_CELLS} cells") });
            }
        }
        Ok(tables)
    })
}

/// calamine is careful, but a damaged file may still make a library panic; here that is a damaged file.
fn guarded<T>(file: &str, read: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    let result = catch_unwind(AssertUnwindSafe(read));
    result.unwrap_or_else(|_| Err(damaged(file, "the workbook", "its structure is broken".to_owned())))
}

enum Sheets {
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
}

struct Book<'a> {
    file: &'a str,
    /// Bytes of the workbook.
    size: usize,
    names: Vec<String>,
    sheets: Sheets,
}

impl<'a> Book<'a> {
    fn open(file: &'a str, bytes: Vec<u8>, kind: Content) -> Result<Self, TableError> {
        match kind {
            Content::Xls => Self::open_xls(file, bytes),
            Content::Xlsx | Content::Text => Self::open_xlsx(file, bytes),
        }
    }

    fn open_xls(file: &'a str, bytes: Vec<u8>) -> Result<Self, TableError> {
        biff::check(file, &bytes)?;
        let size = bytes.len();
        let book = Xls::new(Cursor::new(bytes)).map_err(|e| damaged(file, "the XLS workbook", e.to_string()))?;
        Ok(Self { file, size, names: book.sheet_names(), sheets: Sheets::Xls(Box::new(book)) })
    }

    fn open_xlsx(file: &'a str, bytes: Vec<u8>) -> Result<Self, TableError> {
        inflated::check(file, &bytes)?;
        let size = bytes.len();
        let book = Xlsx::new(Cursor::new(bytes))
            .map_err(|e| damaged(file, "the ZIP archive", format!("it holds no readable XLSX workbook: {e}")))?;
        Ok(Self { file, size, names: book.sheet_names(), sheets: Sheets::Xlsx(Box::new(book)) })
    }

    fn table(&mut self, name: &str) -> Result<Table, TableError> {
        let mut table = Table::new(self.file);
        let cells = self.cells(name, &mut table)?;
        if cells.is_empty() {
            return Err(self.empty(name));
        }
        table.sheet = Some(name.to_owned());
        if matches!(self.sheets, Sheets::Xls(_)) && cells.iter().any(|(row, column, _)| *row >= 65_535 || *column >= 255) {
            table
                .notes
                .push("the sheet fills all that XLS can hold (65,536 rows, 256 columns): it may be cut off".to_owned());
        }
        lay_out(&mut table, cells)?;
        Ok(table)
    }

    fn choose_all(&self, wanted: &[SheetRef]) -> Result<Vec<String>, TableError> {
        let mut chosen = Vec::new();
        for wanted in wanted {
            match wanted {
                SheetRef::Name(pattern) if pattern.contains(['*', '?']) => {
                    let fitting: Vec<String> = self.names.iter().filter(|name| fits(pattern, name)).cloned().collect();
                    if fitting.is_empty() {
                        let (file, what) = (self.file.to_owned(), format!("no sheet fits {pattern:?}"));
                        return Err(TableError::Sheet { file, what, remedy: format!("it has {}", quoted(&self.names)) });
                    }
                    chosen.extend(fitting);
                }
                one => chosen.push(self.choose(Some(one))?),
            }
        }
        let names: Vec<String> = self.names.iter().filter(|name| chosen.contains(name)).cloned().collect();
        if names.len() > MAX_SHEETS {
            let place = format!("their number of {}", names.len());
            return Err(TableError::Limit { file: self.file.to_owned(), place, limit: format!("{MAX_SHEETS} sheets") });
        }
        Ok(names)
    }

    fn choose(&self, wanted: Option<&SheetRef>) -> Result<String, TableError> {
        let found = match wanted {
            None => self.names.first(),
            Some(SheetRef::Number(number)) => {
                usize::try_from(*number).ok().and_then(|n| n.checked_sub(1)).and_then(|index| self.names.get(index))
            }
            Some(SheetRef::Name(name)) => self.names.iter().find(|n| n.trim() == name.trim()),
        };
        found.cloned().ok_or_else(|| {
            let hint = match wanted {
                Some(SheetRef::Name(name)) => nearest(name, self.names.iter().map(String::as_str)),
                _ => None,
            };
            let hint = hint.map(|near| format!("did you mean {near:?}? ")).unwrap_or_default();
            let wanted = match wanted {
                Some(SheetRef::Name(name)) => format!("{name:?}"),
                Some(SheetRef::Number(number)) => number.to_string(),
                None => "1".to_owned(),
            };
            let what = format!("there is no sheet {wanted}");
            TableError::Sheet { file: self.file.to_owned(), what, remedy: format!("{hint}it has {}", quoted(&self.names)) }
        })
    }

    fn empty(&mut self, name: &str) -> TableError {
        let names = self.names.clone();
        let full: Vec<String> = names
            .into_iter()
            .filter(|n| self.cells(n, &mut Table::new(self.file)).is_ok_and(|cells| !cells.is_empty()))
            .collect();
        let remedy = if full.is_empty() {
            "no other sheet holds data either".to_owned()
        } else {
            format!("data is in {}: name the sheet in the mapping", quoted(&full))
        };
        TableError::Sheet { file: self.file.to_owned(), what: format!("sheet {name:?} is empty"), remedy }
    }

    /// The cells of a sheet; their texts go to the table's buffer.
    fn cells(&mut self, name: &str, table: &mut Table) -> Result<Vec<Placed>, TableError> {
        let broken = |reason: String| damaged(self.file, &format!("sheet {name:?}"), reason);
        let mut cells = Vec::new();
        match &mut self.sheets {
            Sheets::Xls(book) => {
                let range = book.worksheet_range(name).map_err(|e| broken(e.to_string()))?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, data) in range.used_cells() {
                    let place = |base: u32, offset: usize| u32::try_from(offset).ok().and_then(|n| base.checked_add(n));
                    if let (Some(row), Some(column)) = (place(top, row), place(left, column)) {
                        cells.push((row, column, keep(table, row, data)?));
                    }
                }
            }
            Sheets::Xlsx(book) => {
                // A text that a million cells share lies in the buffer once.
                let mut shared: FxHashMap<(usize, usize), Raw> = FxHashMap::default();
                let most = inflated::most_text(self.size);
                let mut length = 0_usize;
                let mut reader = book.worksheet_cells_reader(name).map_err(|e| broken(e.to_string()))?;
                while let Some(cell) = reader.next_cell().map_err(|e| broken(e.to_string()))? {
                    let (row, column) = cell.get_position();
                    let raw = match cell.get_value() {
                        DataRef::Empty => continue,
                        DataRef::SharedString(text) => {
                            length = length.saturating_add(text.len());
                            if length > most {
                                let place = format!("the length of the texts of sheet {name:?} with their repetitions");
                                return Err(TableError::Limit {
                                    file: self.file.to_owned(),
                                    place,
                                    limit: format!("{most} bytes"),
                                });
                            }
                            let key = (text.as_ptr().addr(), text.len());
                            match shared.get(&key) {
                                Some(raw) => *raw,
                                None => *shared.entry(key).or_insert(table.keep(Value::Text(text), row as usize)?),
                            }
                        }
                        DataRef::String(text) => table.keep(Value::Text(text), row as usize)?,
                        other => keep(table, row, &Data::from(other.clone()))?,
                    };
                    cells.push((row, column, raw));
                    if cells.len() > MAX_CELLS {
                        let (file, place) = (self.file.to_owned(), format!("sheet {name:?}"));
                        return Err(TableError::Limit { file, place, limit: format!("{MAX_CELLS} cells") });
                    }
                }
            }
        }
        Ok(cells)
    }
}

/// Puts cells into rows; rows and columns without any are filled as empty, within the table's limits.
fn lay_out(table: &mut Table, mut cells: Vec<Placed>) -> Result<(), TableError> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    cells.dedup_by_key(|(row, column, _)| (*row, *column));
    let (mut row, mut column) = (0, 0);
    for (cell_row, cell_column, raw) in &cells {
        while row < *cell_row {
            table.end_row()?;
            (row, column) = (row + 1, 0);
        }
        while column < *cell_column {
            table.push(Value::Empty)?;
            column += 1;
        }
        table.push_kept(*raw)?;
        column += 1;
    }
    table.end_row()
}

fn keep(table: &mut Table, row: u32, data: &Data) -> Result<Raw, TableError> {
    let mut text = |text: &str| table.keep(Value::Text(text), row as usize);
    match data {
        Data::Empty => Ok(Raw::Empty),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet computes with doubles itself")]
        Data::Int(number) => Ok(Raw::Number(*number as f64)),
        Data::Float(number) => Ok(Raw::Number(*number)),
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

fn quoted(names: &[String]) -> String {
    names.iter().take(20).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}

fn damaged(file: &str, place: &str, reason: String) -> TableError {
    TableError::Damaged { file: file.to_owned(), place: place.to_owned(), reason }
}
