//! What a file is, by its first bytes and not by its name.

use super::{encoding, table::TableError};
use std::io::{ErrorKind, Read};

/// How much of a file is kept for looking at, bytes (256 KiB).
const START: usize = 256 << 10;

/// What the bytes of a file say before any of them is decoded: read once, and kept no longer than a block of them.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The first 256 KiB.
    pub start: Vec<u8>,
    /// Whether there is nothing but ASCII white space.
    pub blank: bool,
    /// Whether there is a zero byte.
    pub zero: bool,
    /// Whether all of it is UTF-8.
    pub utf8: bool,
}

impl Scan {
    pub(crate) fn of(source: &mut impl Read) -> std::io::Result<Self> {
        let mut scan = Self { blank: true, utf8: true, ..Self::default() };
        let mut block = vec![0; START];
        // How many bytes at the start of the block are the beginning of a character that the last one cut.
        let mut cut = 0;
        loop {
            let read = match source.read(block.get_mut(cut..).unwrap_or_default()) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            scan.take(block.get(cut..cut + read).unwrap_or_default());
            let whole = scan.check_utf8(block.get(..cut + read).unwrap_or_default());
            block.copy_within(whole..cut + read, 0);
            cut = cut + read - whole;
        }
        scan.utf8 &= cut == 0;
        Ok(scan)
    }

    /// How many of the bytes are whole characters; all, where they are none.
    fn check_utf8(&mut self, bytes: &[u8]) -> usize {
        match std::str::from_utf8(bytes) {
            Err(error) if self.utf8 && error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                self.utf8 = false;
                bytes.len()
            }
            Ok(_) => bytes.len(),
        }
    }

    pub(crate) fn of_bytes(mut bytes: &[u8]) -> Self {
        // Reading from memory does not fail.
        Self::of(&mut bytes).unwrap_or_default()
    }

    fn take(&mut self, bytes: &[u8]) {
        let room = START.saturating_sub(self.start.len()).min(bytes.len());
        self.start.extend(bytes.iter().take(room));
        self.blank &= bytes.iter().all(u8::is_ascii_whitespace);
        self.zero |= bytes.contains(&0);
    }
}

/// What a readable file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Delimited text.
    Text,
    /// BIFF in an OLE2 compound file.
    Xls,
    /// A ZIP archive, hopefully an OOXML workbook.
    Xlsx,
}

const SAVE_AS: &str = "open it in a spreadsheet program and save it as XLSX or as CSV in UTF-8";

/// First bytes of what people send instead of a table, and its name.
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

/// Names the content, or refuses it when it is no table or not what the file's ending says.
pub(crate) fn content(file: &str, scan: &Scan) -> Result<Content, TableError> {
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
    let content = if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Content::Xls
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Content::Xlsx
    } else if scan.zero && !encoding::is_utf16(bytes) {
        return Err(refuse("is a binary file of unknown kind, or cut short".to_owned(), SAVE_AS));
    } else {
        Content::Text
    };
    agrees(file, content).map_err(|(found, ending)| {
        refuse(
            found,
            &format!("rename it to end in {ending} if that is what it is, or save it again in the format you meant"),
        )
    })?;
    Ok(content)
}

/// What interfaces of statistics offices send to programs, with its remedy.
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

/// The first 2 KiB in small letters, from the first that is no blank.
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

/// Whether the file's ending fits its content; an unknown ending fits all.
fn agrees(file: &str, content: Content) -> Result<(), (String, &'static str)> {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let (named, what) = match ending.as_str() {
        "csv" | "tsv" | "tab" | "txt" => (Content::Text, "delimited text"),
        "xls" => (Content::Xls, "an XLS workbook"),
        "xlsx" | "xlsm" => (Content::Xlsx, "an XLSX workbook"),
        _ => return Ok(()),
    };
    let (found, right) = match content {
        Content::Text => ("plain text", ".csv"),
        Content::Xls => ("a compound file as of XLS workbooks", ".xls"),
        Content::Xlsx => ("a ZIP archive as of XLSX workbooks", ".xlsx"),
    };
    if named == content { Ok(()) } else { Err((format!("is named as {what}, but its content is {found}"), right)) }
}
