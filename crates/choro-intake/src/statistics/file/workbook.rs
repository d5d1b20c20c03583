//! XLS and XLSX workbooks, through calamine: which sheets there are, and which of them are read.

use super::{
    error::TableError,
    inflated,
    kind::WorkbookFormat,
    options::{SheetRef, TableOptions},
    sheet::sheet_cells::{self, PlacedCell},
    table::{CellTable, MAX_CELLS},
    xls::biff,
};
use crate::statistics::comparison::fits_pattern;
use calamine::{Reader as _, Xls, Xlsx};
use choro_model::nearest;
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Most sheets of one import.
const MAX_SHEETS: usize = 200;

/// Reads one sheet.
pub(crate) fn parse(
    file: &str,
    bytes: Vec<u8>,
    format: WorkbookFormat,
    options: &TableOptions,
) -> Result<CellTable, TableError> {
    guarded(file, || {
        let mut book = Workbook::open(file, bytes, format)?;
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
    format: WorkbookFormat,
    sheets: &[SheetRef],
) -> Result<Vec<CellTable>, TableError> {
    guarded(file, || {
        let mut book = Workbook::open(file, bytes, format)?;
        let names = book.choose_all(sheets)?;
        let mut tables: Vec<CellTable> = Vec::with_capacity(names.len());
        for name in names {
            tables.push(book.table(&name)?);
            if tables.iter().map(CellTable::cells).sum::<usize>() > MAX_CELLS {
                let (file, place) = (file.to_owned(), format!("with sheet {name:?} the workbook"));
                return Err(TableError::Limit { file, place, limit: format!("{MAX_CELLS} cells") });
            }
        }
        Ok(tables)
    })
}

/// calamine is careful, but a damaged file may still make it panic. The panic is caught and told as a damaged file.
fn guarded<T>(file: &str, read: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    let result = catch_unwind(AssertUnwindSafe(read));
    result.unwrap_or_else(|_| Err(damaged(file, "the workbook", "its structure is broken".to_owned())))
}

enum CalamineBook {
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
}

struct Workbook<'a> {
    file: &'a str,
    /// Bytes of the workbook.
    size: usize,
    names: Vec<String>,
    book: CalamineBook,
}

impl<'a> Workbook<'a> {
    fn open(file: &'a str, bytes: Vec<u8>, format: WorkbookFormat) -> Result<Self, TableError> {
        match format {
            WorkbookFormat::Xls => Self::open_xls(file, bytes),
            WorkbookFormat::Xlsx => Self::open_xlsx(file, bytes),
        }
    }

    fn open_xls(file: &'a str, bytes: Vec<u8>) -> Result<Self, TableError> {
        biff::check(file, &bytes)?;
        let size = bytes.len();
        let book = Xls::new(Cursor::new(bytes)).map_err(|e| damaged(file, "the XLS workbook", e.to_string()))?;
        Ok(Self { file, size, names: book.sheet_names(), book: CalamineBook::Xls(Box::new(book)) })
    }

    fn open_xlsx(file: &'a str, bytes: Vec<u8>) -> Result<Self, TableError> {
        inflated::check(file, &bytes)?;
        let size = bytes.len();
        let book = Xlsx::new(Cursor::new(bytes))
            .map_err(|e| damaged(file, "the ZIP archive", format!("it holds no readable XLSX workbook: {e}")))?;
        Ok(Self { file, size, names: book.sheet_names(), book: CalamineBook::Xlsx(Box::new(book)) })
    }

    fn table(&mut self, name: &str) -> Result<CellTable, TableError> {
        let mut table = CellTable::new(self.file);
        let cells = self.cells(name, &mut table)?;
        if cells.is_empty() {
            return Err(self.empty(name));
        }
        table.sheet = Some(name.to_owned());
        if matches!(self.book, CalamineBook::Xls(_)) && cells.iter().any(|(row, column, _)| *row >= 65_535 || *column >= 255)
        {
            table
                .notes
                .push("the sheet fills all that XLS can hold (65,536 rows, 256 columns): it may be cut off".to_owned());
        }
        sheet_cells::lay_out(&mut table, cells)?;
        Ok(table)
    }

    fn choose_all(&self, wanted: &[SheetRef]) -> Result<Vec<String>, TableError> {
        let mut chosen = Vec::new();
        for wanted in wanted {
            match wanted {
                SheetRef::Name(pattern) if pattern.contains(['*', '?']) => {
                    let fitting: Vec<String> =
                        self.names.iter().filter(|name| fits_pattern(pattern, name)).cloned().collect();
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
            .filter(|n| self.cells(n, &mut CellTable::new(self.file)).is_ok_and(|cells| !cells.is_empty()))
            .collect();
        let remedy = if full.is_empty() {
            "no other sheet holds data either".to_owned()
        } else {
            format!("data is in {}: name the sheet in the mapping", quoted(&full))
        };
        TableError::Sheet { file: self.file.to_owned(), what: format!("sheet {name:?} is empty"), remedy }
    }

    /// The cells of a sheet; their texts go to the table's buffer.
    fn cells(&mut self, name: &str, table: &mut CellTable) -> Result<Vec<PlacedCell>, TableError> {
        match &mut self.book {
            CalamineBook::Xls(book) => sheet_cells::of_xls(book, name, table),
            CalamineBook::Xlsx(book) => sheet_cells::of_xlsx(book, self.size, name, table),
        }
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().take(20).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}

fn damaged(file: &str, place: &str, reason: String) -> TableError {
    TableError::Damaged { file: file.to_owned(), place: place.to_owned(), reason }
}
