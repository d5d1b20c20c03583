//! The cells of one sheet (ECMA-376, part 1, 18.3).

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::CellLooks,
            place::{CellBlock, CellPlace},
            shared_texts::SharedTexts,
            sheet_reading::{FormulaResult, SheetReading},
        },
        xml::{XmlReader, is_true, name},
    },
    rich_text::{runs, unescaped},
};
use crate::statistics::file::sheet::marked_text::TextRun;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// What the cells of all sheets refer to.
pub struct SharedParts {
    /// The list of texts.
    pub texts: SharedTexts,
    /// How cells look.
    pub looks: CellLooks,
}

/// The part with a sheet, while its cells are read.
pub struct SheetPart<'p, 's, 'n, R> {
    xml: XmlReader<R>,
    shared: &'p SharedParts,
    sheet: &'s mut SheetReading<'n>,
    /// Where the next cell stands that does not say it.
    next: CellPlace,
    value: String,
}

/// What the tag of a cell says.
struct CellTag {
    place: CellPlace,
    look: usize,
    kind: CellKind,
}

/// How the value of a cell is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Number,
    SharedText,
    Text,
    FormulaText,
    Truth,
    Error,
    Date,
}

/// What stands within the tags of a cell, besides its value.
#[derive(Default)]
struct CellContents {
    has_formula: bool,
    has_value: bool,
    runs: Vec<TextRun>,
}

impl<'p, 's, 'n, R: BufRead> SheetPart<'p, 's, 'n, R> {
    /// Begins the part.
    pub fn new(xml: XmlReader<R>, shared: &'p SharedParts, sheet: &'s mut SheetReading<'n>) -> Self {
        Self { xml, shared, sheet, next: CellPlace { row: 0, column: 0 }, value: String::new() }
    }

    /// Reads all cells, and what is hidden and merged.
    pub fn read(mut self) -> Result<(), TableError> {
        let mut buffer = Vec::new();
        loop {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "c" => {
                        let tag = self.cell_tag(&tag)?;
                        self.cell(&tag)?;
                    }
                    "row" => self.row(&tag)?,
                    "col" => self.columns(&tag)?,
                    "mergeCell" => self.merged(&tag)?,
                    "sheetView" => self.view(&tag)?,
                    // Contents of other kinds may have elements of these names too.
                    "extLst" | "conditionalFormatting" | "oleObjects" | "controls" | "AlternateContent" => {
                        self.xml.skip()?;
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().into_inner() == "row" => {
                    self.next = CellPlace { row: self.next.row.saturating_add(1), column: 0 };
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn view(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        if self.xml.attribute(tag, "showZeros")?.is_some_and(|value| !is_true(&value)) {
            self.sheet.note("zeros are shown as nothing on this sheet, and are taken as zeros".to_owned());
        }
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        if let Some(row) = self.xml.number(tag, "r")?.and_then(|row| row.checked_sub(1)) {
            self.next.row = row;
        }
        self.next.column = 0;
        if self.xml.is_set(tag, "hidden")? || self.is_flat(tag, "ht")? {
            self.sheet.hide_rows(self.next.row, self.next.row);
        }
        Ok(())
    }

    fn columns(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let number = |name| self.xml.number(tag, name).map(|number| number.and_then(|number| number.checked_sub(1)));
        let is_hidden = self.xml.is_set(tag, "hidden")? || self.is_flat(tag, "width")?;
        if let (Some(first), Some(last), true) = (number("min")?, number("max")?, is_hidden) {
            self.sheet.hide_columns(first, last);
        }
        Ok(())
    }

    /// Whether a row or a column has no height or width, so that nothing of it can be seen.
    fn is_flat(&self, tag: &BytesStart<'_>, size: &str) -> Result<bool, TableError> {
        Ok(self.xml.attribute(tag, size)?.is_some_and(|size| size.trim().parse() == Ok(0.0)))
    }

    fn merged(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let block = self.xml.attribute(tag, "ref")?.and_then(|text| CellBlock::parse(&text));
        block.map_or(Ok(()), |block| self.sheet.merge(block))
    }

    fn cell_tag(&mut self, tag: &BytesStart<'_>) -> Result<CellTag, TableError> {
        let (mut place, mut look, mut kind) = (None, 0, CellKind::Number);
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.xml.damaged(&error.to_string()))?;
            let value = attribute.value.as_ref();
            match attribute.key.into_inner() {
                "r" => place = Some(CellPlace::parse(value).ok_or_else(|| self.no_place(value))?),
                "s" => look = value.trim().parse().unwrap_or_default(),
                "t" => kind = self.kind(value)?,
                _ => {}
            }
        }
        let place = place.unwrap_or(self.next);
        if place.row >= CellPlace::END.row || place.column >= CellPlace::END.column {
            return Err(self.no_place(&place.to_string()));
        }
        self.next = CellPlace { row: place.row, column: place.column + 1 };
        Ok(CellTag { place, look, kind })
    }

    fn no_place(&self, got: &str) -> TableError {
        self.sheet.damaged(format!("there is no cell {:?} in a sheet", got.chars().take(40).collect::<String>()))
    }

    fn kind(&self, text: &str) -> Result<CellKind, TableError> {
        Ok(match text {
            "n" => CellKind::Number,
            "s" => CellKind::SharedText,
            "str" => CellKind::FormulaText,
            "inlineStr" => CellKind::Text,
            "b" => CellKind::Truth,
            "e" => CellKind::Error,
            "d" => CellKind::Date,
            other => {
                let other: String = other.chars().take(40).collect();
                return Err(self.sheet.damaged(format!("there is no type of cell {other:?}")));
            }
        })
    }

    /// Reads a cell to its end.
    fn cell(&mut self, tag: &CellTag) -> Result<(), TableError> {
        self.value.clear();
        let (mut contents, mut depth, mut buffer) = (CellContents::default(), 1_usize, Vec::new());
        while depth > 0 {
            match self.xml.next(&mut buffer)? {
                Event::Start(inner) => match name(&inner) {
                    "v" => {
                        contents.has_value = true;
                        self.xml.text(&mut self.value)?;
                    }
                    "is" => contents.runs = runs(&mut self.xml)?,
                    "f" => {
                        contents.has_formula = true;
                        self.xml.skip()?;
                    }
                    _ => depth += 1,
                },
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        if contents.has_formula {
            self.formula(tag, &contents);
        }
        self.take(tag, &contents)
    }

    /// Tells what stands beside a formula. A text may be empty, but a number is not.
    fn formula(&mut self, tag: &CellTag, contents: &CellContents) {
        let is_absent = match tag.kind {
            CellKind::FormulaText => !contents.has_value,
            CellKind::Text => contents.runs.is_empty(),
            _ => self.value.trim().is_empty(),
        };
        let is_zero = tag.kind == CellKind::Number && self.value.trim().parse() == Ok(0.0);
        let result = match (is_absent, is_zero) {
            (true, _) => FormulaResult::Absent,
            (false, true) => FormulaResult::Zero,
            (false, false) => FormulaResult::Other,
        };
        self.sheet.formula(tag.place, result);
    }

    fn take(&mut self, tag: &CellTag, contents: &CellContents) -> Result<(), TableError> {
        let look = self.shared.looks.get(tag.look);
        let (place, value) = (tag.place, self.value.as_str());
        match tag.kind {
            CellKind::Text => self.sheet.runs(place, &contents.runs, look),
            CellKind::FormulaText => self.sheet.text(place, &unescaped(value.to_owned()), look),
            _ if value.trim().is_empty() => Ok(()),
            CellKind::Number => {
                let number = value.trim().parse().map_err(|_| self.no_value(place, "number"))?;
                self.sheet.number(place, number, look)
            }
            CellKind::SharedText => {
                let number = value.trim().parse().map_err(|_| self.no_value(place, "shared text"))?;
                self.sheet.shared_text(place, number, &self.shared.texts, look)
            }
            CellKind::Truth => self.sheet.truth(place, is_true(value)),
            CellKind::Error => self.sheet.text(place, value, look),
            CellKind::Date => self.sheet.iso_date(place, value.trim(), look),
        }
    }

    fn no_value(&self, place: CellPlace, what: &str) -> TableError {
        let got: String = self.value.chars().take(40).collect();
        self.sheet.damaged(format!("{place} holds {got:?}, which is no {what}"))
    }
}
