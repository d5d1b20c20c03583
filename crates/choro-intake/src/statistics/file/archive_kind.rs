//! Which workbook a ZIP archive is, by the names of what it holds.

use super::{error::TableError, format::WorkbookFormat};

/// How many names a message lists.
const NAMED: usize = 5;

/// Other documents that are archives: a name that each has, and what it is.
const DOCUMENTS: [(&str, &str); 3] = [
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
    ("index/document.iwa", "a document of Apple's Numbers, Pages or Keynote"),
];

/// The format of the workbook. An archive that is none is refused, with what it holds.
pub fn of(file: &str, names: Result<Vec<String>, String>) -> Result<WorkbookFormat, TableError> {
    let names = names.map_err(|reason| TableError::Damaged {
        file: file.to_owned(),
        place: "the ZIP archive".to_owned(),
        reason: format!("it holds no readable workbook: {reason}"),
    })?;
    let folded: Vec<String> = names.iter().map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |wanted: &str| folded.iter().any(|name| name == wanted);
    let ends = |end: &str| folded.iter().any(|name| name.ends_with(end));
    if ends("workbook.bin") {
        return Ok(WorkbookFormat::Xlsb);
    }
    if ends("workbook.xml") || folded.iter().any(|name| name.starts_with("xl/")) {
        return Ok(WorkbookFormat::Xlsx);
    }
    if has("content.xml") && (has("mimetype") || has("meta-inf/manifest.xml")) {
        return Ok(WorkbookFormat::Ods);
    }
    Err(foreign(file, &names, &folded))
}

fn foreign(file: &str, names: &[String], folded: &[String]) -> TableError {
    if let Some((_, what)) = DOCUMENTS.iter().find(|(name, _)| folded.iter().any(|folded| folded == name)) {
        let remedy = "export its table as XLSX or as CSV in UTF-8".to_owned();
        return TableError::Content { file: file.to_owned(), found: format!("is {what}, not a table"), remedy };
    }
    let listed = names.iter().take(NAMED).map(|name| format!("{:?}", name.chars().take(80).collect::<String>()));
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    TableError::Content {
        file: file.to_owned(),
        found: format!("is a ZIP archive of {}{more}", listed.collect::<Vec<_>>().join(", ")),
        remedy: "unpack it (unzip), and import the file with the table".to_owned(),
    }
}
