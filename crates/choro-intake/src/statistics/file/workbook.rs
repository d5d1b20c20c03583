//! Workbooks of any format: opened, and their sheets read.

use super::{
    error::TableError,
    format::WorkbookFormat,
    html::book::HtmlBook,
    markup_text::markup_text,
    ods::book::OdsBook,
    options::{SheetRef, TableOptions},
    package::Package,
    scan::Scan,
    sheet::sheet_reading::SheetReading,
    sheet_choice::{choose, choose_all, listed},
    sheets::{SheetEntry, SheetSource, Visibility},
    table::{CellTable, MAX_CELLS},
    xls::book::XlsBook,
    xlsb::book::XlsbBook,
    xlsx::book::XlsxBook,
    xml2003::book::XmlBook,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A workbook that is held as a whole.
pub struct WorkbookFile {
    /// The file, as it stands in messages.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// What its bytes say.
    pub scan: Scan,
    /// Its format.
    pub format: WorkbookFormat,
    /// The encoding of a page or a document, if the operator has declared one.
    pub encoding: Option<String>,
}

/// Reads one sheet.
pub(crate) fn parse(file: WorkbookFile, options: &TableOptions) -> Result<CellTable, TableError> {
    guarded(&file.name.clone(), || {
        let mut book = Workbook::open(file)?;
        let index = choose(&book.file, book.source.sheets(), options.sheet.as_ref())?;
        let mut table = book.table(index)?;
        let sheets = book.source.sheets();
        table.notes.extend(if options.sheet.is_none() {
            Some(undeclared(sheets, index))
        } else {
            unread_hidden(sheets, &[index])
        });
        Ok(table)
    })
}

/// Reads several sheets, in the order of the workbook and none twice.
pub(crate) fn parse_sheets(file: WorkbookFile, sheets: &[SheetRef]) -> Result<Vec<CellTable>, TableError> {
    guarded(&file.name.clone(), || {
        let mut book = Workbook::open(file)?;
        let indices = choose_all(&book.file, book.source.sheets(), sheets)?;
        let mut note = unread_hidden(book.source.sheets(), &indices);
        let mut tables: Vec<CellTable> = Vec::with_capacity(indices.len());
        for index in indices {
            let mut table = book.table(index)?;
            table.notes.extend(note.take());
            tables.push(table);
            if tables.iter().map(CellTable::cells).sum::<usize>() > MAX_CELLS {
                let name = book.source.sheets().get(index).map(|sheet| sheet.name.clone()).unwrap_or_default();
                let (file, place) = (book.file, format!("with sheet {name:?} the workbook"));
                return Err(TableError::Limit { file, place, limit: format!("{MAX_CELLS} cells") });
            }
        }
        Ok(tables)
    })
}

/// What is told where no sheet was declared: which one was taken, and which there are besides.
fn undeclared(sheets: &[SheetEntry], taken: usize) -> String {
    let name = sheets.get(taken).map(|sheet| sheet.name.as_str()).unwrap_or_default();
    let others: Vec<&SheetEntry> = sheets.iter().enumerate().filter(|(index, _)| *index != taken).map(|(_, s)| s).collect();
    let which = if taken == 0 { "the first" } else { "the first that is shown" };
    let besides = if others.is_empty() { String::new() } else { format!("; it has also {}", listed(&others)) };
    format!("sheet {name:?} ({which} of {}, not declared){besides}", sheets.len())
}

/// What is told of hidden sheets that were not taken.
fn unread_hidden(sheets: &[SheetEntry], taken: &[usize]) -> Option<String> {
    let is_unread = |index: usize, sheet: &SheetEntry| sheet.visibility == Visibility::Hidden && !taken.contains(&index);
    let hidden = sheets.iter().enumerate().filter(|(index, sheet)| is_unread(*index, sheet));
    let hidden: Vec<String> = hidden.take(20).map(|(_, sheet)| format!("{:?}", sheet.name)).collect();
    (!hidden.is_empty()).then(|| format!("hidden sheets are not read: {}", hidden.join(", ")))
}

/// Libraries are careful, but a damaged file may still make one panic. The panic is caught and told as a damaged file.
fn guarded<T>(file: &str, read: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    let result = catch_unwind(AssertUnwindSafe(read));
    result.unwrap_or_else(|_| {
        let (place, reason) = ("the workbook".to_owned(), "its structure is broken".to_owned());
        Err(TableError::Damaged { file: file.to_owned(), place, reason })
    })
}

struct Workbook {
    file: String,
    /// Bytes of the workbook.
    size: usize,
    /// What was found rather than declared.
    note: Option<String>,
    source: Box<dyn SheetSource>,
}

impl Workbook {
    fn open(file: WorkbookFile) -> Result<Self, TableError> {
        let WorkbookFile { name, bytes, scan, format, encoding } = file;
        let (size, mut note) = (bytes.len(), None);
        let mut text = |bytes: &[u8]| {
            let (text, found) = markup_text(&name, bytes, &scan, encoding.as_deref())?;
            note = found;
            Ok::<_, TableError>(text)
        };
        let source: Box<dyn SheetSource> = match format {
            WorkbookFormat::Xls => Box::new(XlsBook::open(&name, bytes)?),
            WorkbookFormat::Xlsx => Box::new(XlsxBook::open(Package::open(&name, bytes)?)?),
            WorkbookFormat::Xlsb => Box::new(XlsbBook::open(Package::open(&name, bytes)?)?),
            WorkbookFormat::Ods => Box::new(OdsBook::open(Package::open(&name, bytes)?)?),
            WorkbookFormat::FlatOds => Box::new(OdsBook::flat(&name, text(&bytes)?)?),
            WorkbookFormat::Xml2003 => Box::new(XmlBook::open(&name, text(&bytes)?)?),
            WorkbookFormat::Html => Box::new(HtmlBook::open(&name, &text(&bytes)?)?),
        };
        Ok(Self { file: name, size, note, source })
    }

    fn table(&mut self, index: usize) -> Result<CellTable, TableError> {
        let entry = self.entry(index)?;
        let mut sheet = SheetReading::new(&self.file, self.size, &entry.name, self.source.traits());
        self.note.iter().for_each(|note| sheet.note(note.clone()));
        if entry.visibility == Visibility::Hidden {
            sheet.note(format!("sheet {:?} is hidden", entry.name));
        }
        self.source.read(index, &mut sheet)?;
        if sheet.is_empty() {
            return Err(self.empty(&entry.name));
        }
        sheet.finish()
    }

    fn entry(&self, index: usize) -> Result<SheetEntry, TableError> {
        let absent = || TableError::Sheet {
            file: self.file.clone(),
            what: format!("there is no sheet {}", index + 1),
            remedy: "name another sheet".to_owned(),
        };
        self.source.sheets().get(index).cloned().ok_or_else(absent)
    }

    fn empty(&mut self, name: &str) -> TableError {
        let entries = self.source.sheets().to_vec();
        let full: Vec<&SheetEntry> =
            entries.iter().enumerate().filter(|(index, _)| self.holds_data(*index)).map(|(_, e)| e).collect();
        let remedy = if full.is_empty() {
            "no other sheet holds data either".to_owned()
        } else {
            format!("data is in {}: name the sheet in the mapping", listed(&full))
        };
        TableError::Sheet { file: self.file.clone(), what: format!("sheet {name:?} is empty"), remedy }
    }

    fn holds_data(&mut self, index: usize) -> bool {
        let Ok(entry) = self.entry(index) else { return false };
        let mut sheet = SheetReading::new(&self.file, self.size, &entry.name, self.source.traits());
        entry.holds_cells && self.source.read(index, &mut sheet).is_ok() && !sheet.is_empty()
    }
}
