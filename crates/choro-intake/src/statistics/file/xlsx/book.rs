//! A workbook: its sheets, and what they share.

use super::{
    super::{
        error::TableError,
        package::Package,
        sheet::{
            serial_date::Epoch,
            sheet_reading::{BookTraits, SheetReading},
        },
        sheets::{SheetEntry, SheetSource, Visibility},
        xml::name,
    },
    cells::{SharedParts, SheetPart},
    relations::{self, Relation},
    rich_text, styles,
};
use quick_xml::events::Event;

/// An open workbook.
pub struct XlsxBook {
    package: Package,
    sheets: Vec<SheetEntry>,
    /// The part of each sheet.
    parts: Vec<String>,
    traits: BookTraits,
    shared: SharedParts,
}

impl XlsxBook {
    /// Reads the list of sheets and what they share.
    pub fn open(mut package: Package) -> Result<Self, TableError> {
        let main = relations::workbook_part(&mut package, "xl/workbook.xml")?;
        let relations = relations::of(&mut package, &main)?;
        let (mut sheets, mut parts, mut traits) = (Vec::new(), Vec::new(), BookTraits::default());
        let Some(mut xml) = package.xml(&main)? else { return Err(no_workbook(&package)) };
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "workbookPr" if xml.is_set(&tag, "date1904")? => traits.epoch = Epoch::Of1904,
                    "calcPr" => traits.is_uncomputed |= xml.is_set(&tag, "fullCalcOnLoad")?,
                    "sheet" => {
                        let sheet = xml.attribute(&tag, "name")?.unwrap_or_default().into_owned();
                        let state = xml.attribute(&tag, "state")?.unwrap_or_default();
                        // `r:id`; the attribute `sheetId` has another local name.
                        let id = xml.attribute(&tag, "id")?.unwrap_or_default();
                        let relation = relations.iter().find(|relation| relation.id == id);
                        sheets.push(entry(sheet, &state, relation));
                        parts.push(relation.map(|relation| relation.part.clone()).unwrap_or_default());
                    }
                    "extLst" => xml.skip()?,
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        let part =
            |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.part.as_str());
        let texts = rich_text::shared(&mut package, part("sharedStrings"))?;
        let looks = styles::read(&mut package, part("styles"))?;
        Ok(Self { package, sheets, parts, traits, shared: SharedParts { texts, looks } })
    }
}

fn entry(name: String, state: &str, relation: Option<&Relation>) -> SheetEntry {
    let visibility = if matches!(state, "hidden" | "veryHidden") { Visibility::Hidden } else { Visibility::Visible };
    SheetEntry { name, visibility, holds_cells: relation.is_none_or(|relation| relation.kind == "worksheet") }
}

fn no_workbook(package: &Package) -> TableError {
    TableError::Damaged {
        file: package.file().to_owned(),
        place: "the ZIP archive".to_owned(),
        reason: "it holds no readable workbook: the part with the list of sheets is absent".to_owned(),
    }
}

impl SheetSource for XlsxBook {
    fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    fn traits(&self) -> BookTraits {
        self.traits
    }

    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
        let part = self.parts.get(index).cloned().unwrap_or_default();
        match self.package.xml(&part)? {
            Some(xml) => SheetPart::new(xml, &self.shared, sheet).read(),
            None => Err(sheet.damaged(format!("its part {part:?} is absent"))),
        }
    }
}
