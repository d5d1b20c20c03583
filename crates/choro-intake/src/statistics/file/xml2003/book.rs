//! A workbook: its sheets, which stand one behind the other in one document.

use super::{
    super::{
        error::TableError,
        sheet::sheet_reading::{BookTraits, SheetReading},
        sheets::{SheetEntry, SheetSource, Visibility},
        xml::{XmlReader, name},
    },
    cells::SheetElement,
    styles::Styles,
};
use quick_xml::events::Event;

/// What is read, as messages name it.
const DOCUMENT: &str = "the XML workbook";

/// An open workbook.
pub struct XmlBook {
    file: String,
    text: String,
    styles: Styles,
    sheets: Vec<SheetEntry>,
}

impl XmlBook {
    /// Reads the styles and the list of sheets.
    pub fn open(file: &str, text: String) -> Result<Self, TableError> {
        let (mut styles, mut sheets, mut buffer) = (Styles::default(), Vec::new(), Vec::new());
        let mut xml = XmlReader::new(file, DOCUMENT, text.as_bytes());
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "Style" => styles.take(&mut xml, &tag)?,
                    "Worksheet" => sheets.push(SheetEntry::visible(xml.attribute(&tag, "Name")?.unwrap_or_default())),
                    "Table" => xml.skip()?,
                    // It stands in the options of the sheet that has begun last.
                    "Visible" => {
                        let mut state = String::new();
                        xml.text(&mut state)?;
                        let is_hidden = matches!(state.trim(), "SheetHidden" | "SheetVeryHidden");
                        if let Some(last) = sheets.last_mut().filter(|_| is_hidden) {
                            last.visibility = Visibility::Hidden;
                        }
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        Ok(Self { file: file.to_owned(), text, styles, sheets })
    }
}

impl SheetSource for XmlBook {
    fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    fn traits(&self) -> BookTraits {
        BookTraits::default()
    }

    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
        let mut xml = XmlReader::new(&self.file, DOCUMENT, self.text.as_bytes());
        let (mut before, mut buffer) = (0, Vec::new());
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) if name(&tag) == "Worksheet" => {
                    if before == index {
                        return SheetElement::new(&mut xml, &self.styles, sheet).read();
                    }
                    before += 1;
                    xml.skip()?;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}
