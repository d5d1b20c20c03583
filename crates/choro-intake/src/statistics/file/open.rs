//! Opens a file by what it holds, and brings it into a table of cells.

use super::{
    error::TableError,
    format::{FileKind, WorkbookFormat},
    kind,
    options::{SheetRef, TableOptions},
    package,
    rows::Rows,
    scan::Scan,
    table::CellTable,
    text::delimited::{self, DelimitedFile},
    workbook::{self, WorkbookFile},
};
use std::{
    fs::File,
    io::{BufReader, Cursor, Read as _, Seek as _},
    path::Path,
};

/// Largest file that is held as a whole, bytes (512 MiB): a workbook, or a text of which a row may mean something by those below it.
const MAX_FILE_BYTES: u64 = 512 << 20;
/// Largest text file that is read in parts, bytes (16 GiB).
const MAX_TEXT_BYTES: u64 = 16 << 30;

/// Reads a file into a table: workbooks of any format and pages by their content, anything else as delimited text. A file whose content is not what its name
/// says is refused, since whoever wrote it did not write what they meant.
pub fn read(path: &Path, options: &TableOptions) -> Result<CellTable, TableError> {
    let scanned = ScannedFile::open(path)?;
    check_size(&scanned.name, scanned.size, MAX_FILE_BYTES)?;
    let kind = scanned.kind()?;
    scanned.whole(kind, options)
}

/// Opens a file whose rows are read in order: a workbook as a whole, delimited text a part at a time. Its first `head` rows
/// stay in memory.
pub fn open(path: &Path, options: &TableOptions, head: usize) -> Result<Box<dyn Rows>, TableError> {
    let scanned = ScannedFile::open(path)?;
    match scanned.kind()? {
        FileKind::Text => {
            check_sheet(&scanned.name, options)?;
            Ok(Box::new(DelimitedFile::open(&scanned.name, scanned.file, &scanned.scan, options, head)?))
        }
        kind @ FileKind::Workbook(_) => Ok(Box::new(scanned.whole(kind, options)?)),
    }
}

/// Several sheets of a workbook, in its order: by number, by name, or by pattern with `*` and `?`.
pub fn read_sheets(path: &Path, sheets: &[SheetRef]) -> Result<Vec<CellTable>, TableError> {
    let scanned = ScannedFile::open(path)?;
    match scanned.kind()? {
        FileKind::Text => Err(no_sheets(&scanned.name)),
        FileKind::Workbook(format) => workbook::parse_sheets(scanned.workbook(format, None)?, sheets),
    }
}

/// Reads a table from bytes. `file` is the name whose ending is compared with the content.
pub fn parse(file: &str, bytes: Vec<u8>, options: &TableOptions) -> Result<CellTable, TableError> {
    let scan = Scan::of_bytes(&bytes);
    match kind::of(file, &scan, || package::names(Cursor::new(&bytes)))? {
        FileKind::Text => {
            check_sheet(file, options)?;
            delimited::parse(file, bytes.as_slice(), &scan, options)
        }
        FileKind::Workbook(format) => {
            let (name, encoding) = (file.to_owned(), options.encoding.clone());
            workbook::parse(WorkbookFile { name, bytes, scan, format, encoding }, options)
        }
    }
}

/// A file whose bytes were looked through once.
struct ScannedFile {
    /// As it stands in messages.
    name: String,
    file: File,
    size: u64,
    scan: Scan,
}

impl ScannedFile {
    fn open(path: &Path) -> Result<Self, TableError> {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let failed = |e: std::io::Error| TableError::File { file: path.display().to_string(), reason: e.to_string() };
        let mut file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        check_size(&name, size, MAX_TEXT_BYTES)?;
        let scan = Scan::of(&mut file).and_then(|scan| file.rewind().map(|()| scan)).map_err(failed)?;
        Ok(Self { name, file, size, scan })
    }

    fn kind(&self) -> Result<FileKind, TableError> {
        kind::of(&self.name, &self.scan, || package::names(BufReader::new(&self.file)))
    }

    fn workbook(self, format: WorkbookFormat, encoding: Option<String>) -> Result<WorkbookFile, TableError> {
        let Self { name, mut file, size, scan } = self;
        check_size(&name, size, MAX_FILE_BYTES)?;
        let mut bytes = Vec::new();
        // The list of an archive's files stands at its end, where the reading of it has left off.
        let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
        read.map_err(|e| TableError::File { file: name.clone(), reason: e.to_string() })?;
        Ok(WorkbookFile { name, bytes, scan, format, encoding })
    }

    fn whole(self, kind: FileKind, options: &TableOptions) -> Result<CellTable, TableError> {
        match kind {
            FileKind::Text => {
                check_sheet(&self.name, options)?;
                delimited::parse(&self.name, self.file, &self.scan, options)
            }
            FileKind::Workbook(format) => workbook::parse(self.workbook(format, options.encoding.clone())?, options),
        }
    }
}

/// A text file counts as its first sheet, and has no other.
fn check_sheet(file: &str, options: &TableOptions) -> Result<(), TableError> {
    if matches!(options.sheet, None | Some(SheetRef::Number(1))) { Ok(()) } else { Err(no_sheets(file)) }
}

fn no_sheets(file: &str) -> TableError {
    let (what, remedy) =
        ("it is a text file, which has no sheets", "leave --sheet, and sheet and sheets in the mapping, out");
    TableError::Sheet { file: file.to_owned(), what: what.to_owned(), remedy: remedy.to_owned() }
}

fn check_size(file: &str, size: u64, limit: u64) -> Result<(), TableError> {
    if size <= limit {
        return Ok(());
    }
    let place = format!("its size of {size} bytes");
    Err(TableError::Limit { file: file.to_owned(), place, limit: format!("{limit} bytes") })
}
