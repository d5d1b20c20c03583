//! What a file is, by its content and not by its name.

use super::{
    archive_kind,
    encoding::utf16,
    error::TableError,
    format::{FileKind, WorkbookFormat},
    markup_text::start_of,
    scan::Scan,
};

const SAVE_AS: &str = "open it in a spreadsheet program and save it as XLSX or as CSV in UTF-8";

const UNPACK: &str = "unpack it, and import the file with the table";
const EXPORT: &str = "export the table from it as CSV in UTF-8";
const ASK: &str = "ask its publisher for the table as XLSX or as CSV";

/// What people send instead of a table: its first bytes, its name, and what to do.
const FOREIGN: [(&[u8], &str, &str); 11] = [
    (b"%PDF-", "a PDF document", ASK),
    (b"\x1f\x8b", "gzip-compressed", UNPACK),
    (b"BZh91AY&SY", "bzip2-compressed", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"SQLite format 3\0", "an SQLite database", EXPORT),
    (b"PAR1", "a Parquet file", EXPORT),
    (b"\x89PNG", "a PNG picture", ASK),
    (b"{\\rtf", "an RTF document", SAVE_AS),
    (b"MIME-Version:", "a web archive (MHTML)", SAVE_AS),
    (b"ID;PWXL", "a SYLK file", SAVE_AS),
];

/// Names the kind of a file. Refuses a file that is no table, or not what its ending says. `names` are those of what an archive holds,
/// or why it cannot be opened.
pub fn of(file: &str, scan: &Scan, names: impl FnOnce() -> Result<Vec<String>, String>) -> Result<FileKind, TableError> {
    let bytes = scan.start.as_slice();
    let refuse =
        |found: String, remedy: &str| TableError::Content { file: file.to_owned(), found, remedy: remedy.to_owned() };
    if scan.blank {
        return Err(refuse("is empty".to_owned(), "fetch or save the file again"));
    }
    if let Some((_, name, remedy)) = FOREIGN.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(refuse(format!("is {name}, not a table"), remedy));
    }
    let start = beginning(bytes);
    if let Some((found, remedy)) = message(&start) {
        return Err(refuse(format!("is {found}, not a table"), remedy));
    }
    let kind = if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        FileKind::Workbook(WorkbookFormat::Xls)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        FileKind::Workbook(archive_kind::of(file, names())?)
    } else if let Some(format) = markup(&start) {
        FileKind::Workbook(format)
    } else if start.starts_with("<?xml") {
        return Err(refuse("its content is an XML document, not the table its name promises".to_owned(), SAVE_AS));
    } else if scan.zero && utf16(bytes).is_none() {
        return Err(refuse("is a binary file of unknown kind, or cut short".to_owned(), SAVE_AS));
    } else {
        FileKind::Text
    };
    agrees(file, kind).map_err(|(found, remedy)| refuse(found, &remedy))?;
    Ok(kind)
}

/// Messages that statistics offices send to programs: the name, and what to do instead.
fn message(start: &str) -> Option<(&'static str, &'static str)> {
    const AS_SDMX_CSV: &str = "download the data once more as SDMX-CSV, which is read without a mapping";
    let compact: String = start.chars().filter(|letter| !letter.is_whitespace()).take(2).collect();
    let json = ["{\"", "[{"].contains(&compact.as_str());
    match (start.contains("sdmx"), json, start.starts_with("<?xml")) {
        (true, true, _) => Some(("an SDMX-JSON message", AS_SDMX_CSV)),
        (true, _, true) => Some(("an SDMX-ML message", AS_SDMX_CSV)),
        (false, true, _) => Some(("a JSON document", "download the data once more as CSV or XLSX")),
        _ => None,
    }
}

/// The first 4 KiB in small letters, without the blanks and comments before the text.
fn beginning(bytes: &[u8]) -> String {
    let start = start_of(bytes, 4096).to_lowercase();
    let mut rest = start.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = behind.trim_start();
    }
    rest.to_owned()
}

/// Workbooks and pages by the elements that they begin with.
fn markup(start: &str) -> Option<WorkbookFormat> {
    const PAGE: [&str; 9] = ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<title", "<div"];
    let is_xml = start.starts_with("<?xml") || start.starts_with("<workbook") || start.starts_with("<office:document");
    if is_xml && start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Some(WorkbookFormat::Xml2003)
    } else if is_xml && start.contains("<office:document") {
        Some(WorkbookFormat::FlatOds)
    } else if PAGE.iter().any(|tag| start.starts_with(tag)) || start.starts_with("<?xml") && start.contains("<html") {
        Some(WorkbookFormat::Html)
    } else {
        None
    }
}

/// Whether the file's ending fits its kind; else what it is, and how to mend it. An unknown ending fits every kind.
fn agrees(file: &str, kind: FileKind) -> Result<(), (String, String)> {
    use WorkbookFormat as F;
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    // Excel opens pages and XML that are named as XLS, so web systems name them so.
    let (fitting, what): (&[FileKind], _) = match ending.as_str() {
        "csv" | "tsv" | "tab" | "txt" => (&[FileKind::Text], "delimited text"),
        "xls" => (&[F::Xls, F::Html, F::Xml2003].map(FileKind::Workbook), "an XLS workbook"),
        "xlsx" | "xlsm" => (&[FileKind::Workbook(F::Xlsx)], "an XLSX workbook"),
        "xlsb" => (&[FileKind::Workbook(F::Xlsb)], "an XLSB workbook"),
        "ods" => (&[FileKind::Workbook(F::Ods)], "an ODS workbook"),
        _ => return Ok(()),
    };
    if fitting.contains(&kind) {
        return Ok(());
    }
    let (found, right) = named(kind);
    let mut remedy = format!("rename it to end in {right} if that is what it is, or save it again in the format you meant");
    match kind {
        // A page in place of a file is often a message of the server's.
        FileKind::Workbook(F::Html) => remedy.insert_str(0, "open it in a browser to see what it says; "),
        FileKind::Workbook(F::Xls) => remedy.insert_str(0, "if it asks for a password, save it without one; "),
        _ => {}
    }
    Err((format!("is named as {what}, but its content is {found}"), remedy))
}

/// A kind as messages name it, and its usual ending.
fn named(kind: FileKind) -> (&'static str, &'static str) {
    match kind {
        FileKind::Text => ("plain text", ".csv"),
        FileKind::Workbook(WorkbookFormat::Xls) => ("a compound file as of XLS workbooks", ".xls"),
        FileKind::Workbook(WorkbookFormat::Xlsx) => ("a ZIP archive as of XLSX workbooks", ".xlsx"),
        FileKind::Workbook(WorkbookFormat::Xlsb) => ("a ZIP archive as of XLSB workbooks", ".xlsb"),
        FileKind::Workbook(WorkbookFormat::Ods) => ("a ZIP archive as of ODS workbooks", ".ods"),
        FileKind::Workbook(WorkbookFormat::FlatOds) => ("an OpenDocument spreadsheet in one XML document", ".fods"),
        FileKind::Workbook(WorkbookFormat::Xml2003) => ("a workbook in one XML document", ".xml"),
        FileKind::Workbook(WorkbookFormat::Html) => ("an HTML page", ".html"),
    }
}
