//! Formats of statistics files.

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
    /// BIFF in a compound file.
    Xls,
    /// XML in a ZIP archive, by Office Open XML.
    Xlsx,
    /// Binary records in a ZIP archive.
    Xlsb,
    /// XML in a ZIP archive, by OpenDocument.
    Ods,
    /// XML by OpenDocument, in one document.
    FlatOds,
    /// XML as of Excel 2003, in one document.
    Xml2003,
    /// The tables of a web page.
    Html,
}
