//! A workbook: its sheets, and what they share ([MS-XLSB] 2.1.7.61).

use super::{
    super::{
        error::TableError,
        package::{Package, PartReader},
        sheet::{
            serial_date::Epoch,
            sheet_reading::{BookTraits, SheetReading},
        },
        sheets::{SheetEntry, SheetSource, Visibility},
        xlsx::relations::{self, Relation},
    },
    cells::{self, SharedParts},
    fields::Fields,
    records::Records,
    styles, texts,
};

const BOOK: u16 = 153;
const SHEET: u16 = 156;
const CALCULATION: u16 = 157;

/// An open workbook.
pub struct XlsbBook {
    package: Package,
    sheets: Vec<SheetEntry>,
    /// The part of each sheet.
    parts: Vec<String>,
    traits: BookTraits,
    shared: SharedParts,
}

impl XlsbBook {
    /// Reads the list of sheets and what they share.
    pub fn open(mut package: Package) -> Result<Self, TableError> {
        let main = relations::workbook_part(&mut package, "xl/workbook.bin")?;
        let relations = relations::of(&mut package, &main)?;
        let (mut sheets, mut parts, mut traits) = (Vec::new(), Vec::new(), BookTraits::default());
        if let Some(mut records) = part(&mut package, &main)? {
            while let Some((kind, body)) = records.next()? {
                match kind {
                    BOOK if Fields(body).u32().is_some_and(|flags| flags & 1 != 0) => traits.epoch = Epoch::Of1904,
                    CALCULATION => traits.is_uncomputed |= asks_for_computing(body),
                    SHEET => {
                        let (name, state, id) =
                            sheet(body).ok_or_else(|| records.damaged("the list of sheets is cut off".to_owned()))?;
                        let relation = relations.iter().find(|relation| relation.id == id);
                        sheets.push(entry(name, state, relation));
                        parts.push(relation.map(|relation| relation.part.clone()).unwrap_or_default());
                    }
                    _ => {}
                }
            }
        }
        let named =
            |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.part.clone());
        let styles = styles::read(optional_part(&mut package, named("styles"))?)?;
        let texts = texts::read(optional_part(&mut package, named("sharedStrings"))?, &styles.fonts)?;
        let shared = SharedParts { texts, looks: styles.looks, fonts: styles.fonts };
        Ok(Self { package, sheets, parts, traits, shared })
    }
}

/// State, id of the tab, relation and name ([MS-XLSB] 2.4.304).
fn sheet(body: &[u8]) -> Option<(String, u32, String)> {
    let mut fields = Fields(body);
    let state = fields.u32()?;
    fields.u32()?;
    let relation = fields.optional_text()?;
    Some((fields.text()?, state, relation))
}

/// Whether everything is to be computed when the file is opened ([MS-XLSB] 2.4.308: the flag `fFullCalcOnLoad`).
fn asks_for_computing(body: &[u8]) -> bool {
    let mut fields = Fields(body);
    // The engine's version, the mode, the number of iterations, their tolerance and the number of threads come first.
    let flags = fields.bytes(4 + 4 + 4 + 8 + 4).and_then(|_| fields.u16());
    flags.is_some_and(|flags| flags & 1 != 0)
}

fn entry(name: String, state: u32, relation: Option<&Relation>) -> SheetEntry {
    let visibility = if state == 0 { Visibility::Visible } else { Visibility::Hidden };
    SheetEntry { name, visibility, holds_cells: relation.is_none_or(|relation| relation.kind == "worksheet") }
}

fn part<'p>(package: &'p mut Package, name: &str) -> Result<Option<Records<PartReader<'p>>>, TableError> {
    let file = package.file().to_owned();
    Ok(package.read(name)?.map(|source| Records::new(&file, name, source)))
}

fn optional_part(package: &mut Package, name: Option<String>) -> Result<Option<Records<PartReader<'_>>>, TableError> {
    name.map_or(Ok(None), |name| part(package, &name))
}

impl SheetSource for XlsbBook {
    fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    fn traits(&self) -> BookTraits {
        self.traits
    }

    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
        let name = self.parts.get(index).cloned().unwrap_or_default();
        match part(&mut self.package, &name)? {
            Some(records) => cells::read(records, &self.shared, sheet),
            None => Err(sheet.damaged(format!("its part {name:?} is absent"))),
        }
    }
}
