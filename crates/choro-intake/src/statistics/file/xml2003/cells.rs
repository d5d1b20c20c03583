//! The cells of one sheet.

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::{CellLook, TextLook},
            marked_text::TextRun,
            place::{CellBlock, CellPlace},
            sheet_reading::{FormulaResult, SheetReading},
        },
        xml::{XmlReader, is_true, name},
    },
    styles::Styles,
};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// A sheet while it is read.
pub struct SheetElement<'x, 's, 'n, R> {
    xml: &'x mut XmlReader<R>,
    styles: &'x Styles,
    sheet: &'s mut SheetReading<'n>,
    /// Where the next cell stands that does not say it.
    next: CellPlace,
    row_style: String,
    column: u32,
    /// The first column behind those that have a style by themselves, and that style.
    column_styles: Vec<(u32, String)>,
}

/// What the tag of a cell says.
struct CellTag {
    place: CellPlace,
    style: Option<String>,
    has_formula: bool,
}

/// What a cell holds.
struct CellData {
    kind: String,
    runs: Vec<TextRun>,
}

impl<'x, 's, 'n, R: BufRead> SheetElement<'x, 's, 'n, R> {
    /// Begins a sheet whose element has begun.
    pub fn new(xml: &'x mut XmlReader<R>, styles: &'x Styles, sheet: &'s mut SheetReading<'n>) -> Self {
        let (row_style, column, column_styles) = Default::default();
        Self { xml, styles, sheet, next: CellPlace { row: 0, column: 0 }, row_style, column, column_styles }
    }

    /// Reads to the end of the sheet's element.
    pub fn read(mut self) -> Result<(), TableError> {
        let (mut depth, mut buffer) = (1_usize, Vec::new());
        while depth > 0 {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "Cell" => self.cell(&tag)?,
                    "Row" => {
                        self.row(&tag)?;
                        depth += 1;
                    }
                    "Column" => {
                        self.columns(&tag)?;
                        depth += 1;
                    }
                    "WorksheetOptions" | "Names" | "ConditionalFormatting" => self.xml.skip()?,
                    _ => depth += 1,
                },
                Event::End(tag) => {
                    depth -= 1;
                    if tag.local_name().into_inner() == "Row" {
                        self.next = CellPlace { row: self.next.row.saturating_add(1), column: 0 };
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// The index that a tag says, from 0; else the one that is next.
    fn index(&self, tag: &BytesStart<'_>, next: u32) -> Result<u32, TableError> {
        Ok(self.xml.number(tag, "Index")?.and_then(|number| number.checked_sub(1)).unwrap_or(next))
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        self.next = CellPlace { row: self.index(tag, self.next.row)?, column: 0 };
        let more = self.xml.number(tag, "Span")?.unwrap_or_default();
        if self.xml.is_set(tag, "Hidden")? {
            self.sheet.hide_rows(self.next.row, self.next.row.saturating_add(more));
        }
        self.next.row = self.next.row.saturating_add(more);
        self.row_style = self.xml.attribute(tag, "StyleID")?.unwrap_or_default().into_owned();
        Ok(())
    }

    fn columns(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let first = self.index(tag, self.column)?;
        let last = first.saturating_add(self.xml.number(tag, "Span")?.unwrap_or_default());
        if self.xml.is_set(tag, "Hidden")? {
            self.sheet.hide_columns(first, last);
        }
        if self.column_styles.len() < CellPlace::END.column as usize {
            // The columns that were left out have no style.
            self.column_styles.push((first, String::new()));
            let style = self.xml.attribute(tag, "StyleID")?.unwrap_or_default().into_owned();
            self.column_styles.push((last.saturating_add(1), style));
        }
        self.column = last.saturating_add(1);
        Ok(())
    }

    /// Reads a cell whose element has begun, to its end.
    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let place = CellPlace { row: self.next.row, column: self.index(tag, self.next.column)? };
        if place.row >= CellPlace::END.row || place.column >= CellPlace::END.column {
            return Err(self.sheet.damaged(format!("there is no cell {place} in a sheet")));
        }
        let more = |name| self.xml.number(tag, name).map(Option::unwrap_or_default);
        let (across, down) = (more("MergeAcross")?, more("MergeDown")?);
        self.sheet.merge(CellBlock::sized(place, down.saturating_add(1), across.saturating_add(1)))?;
        self.next.column = place.column.saturating_add(across).saturating_add(1);
        let style = self.xml.attribute(tag, "StyleID")?.map(|style| style.into_owned());
        let has_formula = self.xml.attribute(tag, "Formula")?.is_some();
        let data = self.data()?;
        self.take(&CellTag { place, style, has_formula }, data)
    }

    /// What the cell holds whose element has begun. Comments are none of it.
    fn data(&mut self) -> Result<Option<CellData>, TableError> {
        let (mut data, mut buffer) = (None, Vec::new());
        loop {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) if name(&tag) == "Data" => {
                    let kind = self.xml.attribute(&tag, "Type")?.unwrap_or_default().into_owned();
                    data = Some(CellData { kind, runs: self.runs()? });
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) | Event::Eof => return Ok(data),
                _ => {}
            }
        }
    }

    /// The pieces of a text whose element has begun. Within it stand elements as in HTML.
    fn runs(&mut self) -> Result<Vec<TextRun>, TableError> {
        let (mut runs, mut looks, mut buffer): (Vec<TextRun>, Vec<Option<TextLook>>, _) =
            (Vec::new(), vec![None], Vec::new());
        while let Some(look) = looks.last().copied() {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) => {
                    let outer = look.unwrap_or_default();
                    looks.push(match name(&tag) {
                        "Sup" => Some(TextLook { raised: true, ..outer }),
                        "S" => Some(TextLook { struck: true, ..outer }),
                        "Font" => Some(outer),
                        _ => look,
                    });
                }
                Event::End(_) => _ = looks.pop(),
                Event::Eof => break,
                event => {
                    let mut text = String::new();
                    self.xml.push_text(&event, &mut text)?;
                    match runs.last_mut() {
                        Some(last) if last.look == look => last.text.push_str(&text),
                        _ => runs.push(TextRun { text, look }),
                    }
                }
            }
        }
        Ok(runs)
    }

    fn look(&self, tag: &CellTag) -> CellLook {
        let of_column = || {
            let index = self.column_styles.partition_point(|(end, _)| *end <= tag.place.column);
            self.column_styles.get(index).map(|(_, style)| style.as_str())
        };
        let of_row = Some(self.row_style.as_str()).filter(|style| !style.is_empty());
        let style = tag.style.as_deref().or(of_row).or_else(of_column);
        self.styles.look(style.filter(|style| !style.is_empty()).unwrap_or("Default"))
    }

    fn take(&mut self, tag: &CellTag, data: Option<CellData>) -> Result<(), TableError> {
        let (place, look) = (tag.place, self.look(tag));
        let Some(data) = data else {
            if tag.has_formula {
                self.sheet.formula(place, FormulaResult::Absent);
            }
            return Ok(());
        };
        let text: String = data.runs.iter().map(|run| run.text.as_str()).collect();
        let text = text.trim();
        if tag.has_formula {
            let is_absent = text.is_empty() && data.kind != "String";
            let is_zero = data.kind == "Number" && text.parse() == Ok(0.0);
            let result = if is_zero { FormulaResult::Zero } else { FormulaResult::Other };
            self.sheet.formula(place, if is_absent { FormulaResult::Absent } else { result });
        }
        match data.kind.as_str() {
            "Number" | "Boolean" | "DateTime" if text.is_empty() => Ok(()),
            "Number" => {
                let number = text.parse().map_err(|_| {
                    let got: String = text.chars().take(40).collect();
                    self.sheet.damaged(format!("{place} holds {got:?}, which is no number"))
                })?;
                self.sheet.number(place, number, &look)
            }
            "Boolean" => self.sheet.truth(place, is_true(text)),
            "DateTime" => self.sheet.iso_date(place, text, &look),
            _ => self.sheet.runs(place, &data.runs, &look),
        }
    }
}
