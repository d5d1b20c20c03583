//! A workbook: its sheets, which stand one behind the other in one document.

use super::{
    super::{
        error::TableError,
        package::{Package, PartReader},
        sheet::sheet_reading::{BookTraits, SheetReading},
        sheets::{SheetEntry, SheetSource, Visibility},
        xml::{XmlReader, name},
    },
    cells::SheetTable,
    styles::Styles,
};
use quick_xml::events::Event;
use std::io::BufRead;

/// The part with the sheets.
const CONTENT: &str = "content.xml";

/// An open workbook.
pub struct OdsBook {
    document: Document,
    styles: Styles,
    sheets: Vec<SheetEntry>,
}

/// Where the document lies.
enum Document {
    Package(Package),
    /// As it is, in one file.
    Flat {
        file: String,
        text: String,
    },
}

impl OdsBook {
    /// Reads the styles and the list of sheets of an archive.
    pub fn open(mut package: Package) -> Result<Self, TableError> {
        if is_encrypted(&mut package)? {
            return Err(TableError::with_password(package.file()));
        }
        let mut styles = Styles::default();
        if let Some(mut xml) = package.xml("styles.xml")? {
            sheets(&mut xml, &mut styles)?;
        }
        Self::of(Document::Package(package), styles)
    }

    /// Reads the styles and the list of sheets of a document that is no archive.
    pub fn flat(file: &str, text: String) -> Result<Self, TableError> {
        Self::of(Document::Flat { file: file.to_owned(), text }, Styles::default())
    }

    fn of(mut document: Document, mut styles: Styles) -> Result<Self, TableError> {
        let sheets = match &mut document {
            Document::Package(package) => sheets(&mut content(package)?, &mut styles)?,
            Document::Flat { file, text } => {
                sheets(&mut XmlReader::new(file, "the document", text.as_bytes()), &mut styles)?
            }
        };
        Ok(Self { document, styles, sheets })
    }
}

/// Whether the list of parts says that one of them is encrypted.
fn is_encrypted(package: &mut Package) -> Result<bool, TableError> {
    let Some(mut xml) = package.xml("META-INF/manifest.xml")? else { return Ok(false) };
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) if name(&tag) == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

fn content(package: &mut Package) -> Result<XmlReader<PartReader<'_>>, TableError> {
    let (file, place) = (package.file().to_owned(), "the ZIP archive".to_owned());
    let absent = TableError::Damaged { file, place, reason: format!("its part {CONTENT} is absent") };
    package.xml(CONTENT)?.ok_or(absent)
}

/// The sheets of a document in order. Its styles, which stand before them, are added to those known.
fn sheets<R: BufRead>(xml: &mut XmlReader<R>, styles: &mut Styles) -> Result<Vec<SheetEntry>, TableError> {
    let (mut sheets, mut buffer) = (Vec::new(), Vec::new());
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match name(&tag) {
                "table" => {
                    let sheet = xml.attribute(&tag, "name")?.unwrap_or_default().into_owned();
                    let style = xml.attribute(&tag, "style-name")?.unwrap_or_default();
                    let visibility = if styles.hides(&style) { Visibility::Hidden } else { Visibility::Visible };
                    sheets.push(SheetEntry { visibility, ..SheetEntry::visible(sheet) });
                    xml.skip()?;
                }
                "tracked-changes" | "master-styles" | "scripts" | "settings" => xml.skip()?,
                _ => styles.take(xml, &tag)?,
            },
            Event::Eof => break,
            _ => {}
        }
    }
    styles.resolve();
    Ok(sheets)
}

/// Goes to a sheet by its index, and reads it.
fn read_sheet<R: BufRead>(
    mut xml: XmlReader<R>,
    styles: &Styles,
    index: usize,
    sheet: &mut SheetReading<'_>,
) -> Result<(), TableError> {
    let (mut before, mut buffer) = (0, Vec::new());
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match name(&tag) {
                "table" if before == index => return SheetTable::new(&mut xml, styles, sheet).read(),
                "table" => {
                    before += 1;
                    xml.skip()?;
                }
                "tracked-changes" => xml.skip()?,
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

impl SheetSource for OdsBook {
    fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    fn traits(&self) -> BookTraits {
        BookTraits::default()
    }

    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
        match &mut self.document {
            Document::Package(package) => read_sheet(content(package)?, &self.styles, index, sheet),
            Document::Flat { file, text } => {
                read_sheet(XmlReader::new(file, "the document", text.as_bytes()), &self.styles, index, sheet)
            }
        }
    }
}
