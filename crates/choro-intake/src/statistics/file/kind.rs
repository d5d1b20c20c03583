//! What a file is, by its first bytes and not by its name.

use super::{encoding, error::TableError, scan::Scan};

/// What a readable file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Delimited text.
    Text,
    /// A workbook of spreadsheets.
    Workbook(WorkbookFormat),
}

/// The format of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookFormat {
    /// BIFF in an OLE2 compound file.
    Xls,
    /// A ZIP archive, hopefully an OOXML workbook.
    Xlsx,
}

const SAVE_AS: &str = "open it in a spreadsheet program and save it as XLSX or as CSV in UTF-8";

/// What people send instead of a table: its first bytes, and its name.
const FOREIGN: [(&[u8], &str); 8] = [
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a PNG picture"),
];

/// Names the kind of a file. Refuses a file that is no table, or not what its ending says.
pub fn of(file: &str, scan: &Scan) -> Result<FileKind, TableError> {
    let bytes = scan.start.as_slice();
    let refuse =
        |found: String, remedy: &str| TableError::Content { file: file.to_owned(), found, remedy: remedy.to_owned() };
    if scan.blank {
        return Err(refuse("is empty".to_owned(), "fetch or save the file again"));
    }
    if let Some((_, name)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(refuse(format!("is {name}, not a table"), SAVE_AS));
    }
    if let Some((found, remedy)) = message(bytes) {
        return Err(refuse(format!("is {found}, not a table"), remedy));
    }
    if let Some(markup) = markup(bytes) {
        return Err(refuse(format!("its content is {markup}, not the table its name promises"), SAVE_AS));
    }
    let kind = if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        FileKind::Workbook(WorkbookFormat::Xls)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        FileKind::Workbook(WorkbookFormat::Xlsx)
    } else if scan.zero && !encoding::is_utf16(bytes) {
        return Err(refuse("is a binary file of unknown kind, or cut short".to_owned(), SAVE_AS));
    } else {
        FileKind::Text
    };
    agrees(file, kind).map_err(|(found, ending)| {
        refuse(
            found,
            &format!("rename it to end in {ending} if that is what it is, or save it again in the format you meant"),
        )
    })?;
    Ok(kind)
}

/// Messages that statistics offices send to programs: the name, and what to do instead.
fn message(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const AS_SDMX_CSV: &str = "download the data once more as SDMX-CSV, which is read without a mapping";
    let start = beginning(bytes);
    let compact: String = start.chars().filter(|letter| !letter.is_whitespace()).take(2).collect();
    let json = ["{\"", "[{"].contains(&compact.as_str());
    match (start.contains("sdmx"), json, start.starts_with('<')) {
        (true, true, _) => Some(("an SDMX-JSON message", AS_SDMX_CSV)),
        (true, _, true) => Some(("an SDMX-ML message", AS_SDMX_CSV)),
        (false, true, _) => Some(("a JSON document", "download the data once more as CSV or XLSX")),
        _ => None,
    }
}

/// The first 2 KiB in small letters, without the blanks before them.
fn beginning(bytes: &[u8]) -> String {
    let start = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_lowercase();
    start.trim_start_matches('\u{feff}').trim_start().to_owned()
}

/// HTML and XML that spreadsheet exports of web systems name `.xls`.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let start = beginning(bytes);
    let html = ["<!doctype html", "<html", "<table", "<head", "<body", "<meta"].iter().any(|tag| start.starts_with(tag));
    match (html, start.starts_with("<?xml")) {
        (true, _) => Some("an HTML page"),
        (_, true) if start.contains("<html") => Some("an HTML page"),
        (_, true) => Some("an XML document"),
        (false, false) => None,
    }
}

/// Whether the file's ending fits its kind. An unknown ending fits every kind.
fn agrees(file: &str, kind: FileKind) -> Result<(), (String, &'static str)> {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let (named, what) = match ending.as_str() {
        "csv" | "tsv" | "tab" | "txt" => (FileKind::Text, "delimited text"),
        "xls" => (FileKind::Workbook(WorkbookFormat::Xls), "an XLS workbook"),
        "xlsx" | "xlsm" => (FileKind::Workbook(WorkbookFormat::Xlsx), "an XLSX workbook"),
        _ => return Ok(()),
    };
    let (found, right) = match kind {
        FileKind::Text => ("plain text", ".csv"),
        FileKind::Workbook(WorkbookFormat::Xls) => ("a compound file as of XLS workbooks", ".xls"),
        FileKind::Workbook(WorkbookFormat::Xlsx) => ("a ZIP archive as of XLSX workbooks", ".xlsx"),
    };
    if named == kind { Ok(()) } else { Err((format!("is named as {what}, but its content is {found}"), right)) }
}
