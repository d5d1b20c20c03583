//! The cells of one sheet (OpenDocument 1.3, part 3, 9.1).

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::CellLook,
            number_format::NumberFormat,
            place::{CellBlock, CellPlace},
            sheet_reading::{FormulaResult, SheetReading},
            shown_as::ShownAs,
        },
        xml::{XmlReader, name},
    },
    cell::{CellContent, CellTag, content, result},
    cell_text::CellText,
    styles::Styles,
};
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::{io::BufRead, rc::Rc};

/// What is left out: it is drawn over the cells, or is what they once held.
const OTHERS: [&str; 8] =
    ["shapes", "forms", "scenario", "table-source", "tracked-changes", "named-expressions", "annotation", "table"];

/// A sheet while it is read.
pub struct SheetTable<'x, 's, 'n, R> {
    xml: &'x mut XmlReader<R>,
    styles: &'x Styles,
    sheet: &'s mut SheetReading<'n>,
    /// The looks that were asked for, by the name of their style.
    looks: FxHashMap<String, Rc<CellLook>>,
    row: u32,
    column: u32,
    /// The first column behind those that have a style by themselves, and that style.
    column_styles: Vec<(u32, String)>,
}

/// A cell, for as many places as repeat it.
struct RepeatedCell {
    column: u32,
    count: u32,
    content: CellContent,
    look: Rc<CellLook>,
    formula: Option<FormulaResult>,
    rows_spanned: u32,
    columns_spanned: u32,
}

impl<'x, 's, 'n, R: BufRead> SheetTable<'x, 's, 'n, R> {
    /// Begins a sheet whose element has begun.
    pub fn new(xml: &'x mut XmlReader<R>, styles: &'x Styles, sheet: &'s mut SheetReading<'n>) -> Self {
        Self { xml, styles, sheet, looks: FxHashMap::default(), row: 0, column: 0, column_styles: Vec::new() }
    }

    /// Reads to the end of the sheet's element.
    pub fn read(mut self) -> Result<(), TableError> {
        let (mut depth, mut buffer) = (1_usize, Vec::new());
        while depth > 0 {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "table-column" => {
                        self.columns(&tag)?;
                        depth += 1;
                    }
                    "table-row" => self.rows(&tag)?,
                    other if OTHERS.contains(&other) => self.xml.skip()?,
                    _ => depth += 1,
                },
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn columns(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let count = self.xml.number(tag, "number-columns-repeated")?.unwrap_or(1).max(1);
        if self.is_hidden(tag)? {
            self.sheet.hide_columns(self.column, self.column.saturating_add(count - 1));
        }
        self.column = self.column.saturating_add(count);
        let style = self.xml.attribute(tag, "default-cell-style-name")?.unwrap_or_default().into_owned();
        if self.column_styles.len() < CellPlace::END.column as usize {
            self.column_styles.push((self.column, style));
        }
        Ok(())
    }

    fn is_hidden(&self, tag: &BytesStart<'_>) -> Result<bool, TableError> {
        Ok(self.xml.attribute(tag, "visibility")?.is_some_and(|value| matches!(value.as_ref(), "collapse" | "filter")))
    }

    /// Reads a row, and puts it as often as it is repeated.
    fn rows(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let count = self.xml.number(tag, "number-rows-repeated")?.unwrap_or(1).max(1);
        let style = self.xml.attribute(tag, "default-cell-style-name")?.map(|style| style.into_owned());
        if self.is_hidden(tag)? {
            self.sheet.hide_rows(self.row, self.row.saturating_add(count - 1));
        }
        let cells = self.cells(style.as_deref())?;
        if !cells.is_empty() {
            for row in self.row..self.row.saturating_add(count) {
                cells.iter().try_for_each(|cell| self.put(row, cell))?;
            }
        }
        self.row = self.row.saturating_add(count);
        Ok(())
    }

    /// The cells of a row that hold something.
    fn cells(&mut self, row_style: Option<&str>) -> Result<Vec<RepeatedCell>, TableError> {
        let (mut cells, mut depth, mut buffer, mut column) = (Vec::new(), 1_usize, Vec::new(), 0_u32);
        while depth > 0 {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "table-cell" | "covered-table-cell" => {
                        let tag = self.cell_tag(&tag)?;
                        let text = self.cell_text()?;
                        let style = tag.style.clone().or_else(|| row_style.map(str::to_owned));
                        let look = self.look(style.as_deref(), column, &tag.kind);
                        cells.extend(repeated_cell(&tag, text, column, look));
                        column = column.saturating_add(tag.repeated);
                    }
                    _ => depth += 1,
                },
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(cells)
    }

    fn cell_tag(&self, tag: &BytesStart<'_>) -> Result<CellTag, TableError> {
        let mut cell = CellTag { repeated: 1, rows_spanned: 1, columns_spanned: 1, ..CellTag::default() };
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.xml.damaged(&error.to_string()))?;
            // LibreOffice says under a prefix of its own that a text is an error.
            let is_extension = attribute.key.prefix().is_some_and(|prefix| prefix.into_inner() == "calcext");
            let key = attribute.key.local_name().into_inner();
            let text = self.xml.unescaped(attribute.value)?;
            let count = || text.trim().parse::<u32>().unwrap_or(1).max(1);
            match key {
                "value-type" if is_extension => cell.is_error = text == "error",
                "value-type" => cell.kind = text.into_owned(),
                "value" | "date-value" | "time-value" | "boolean-value" => cell.value = Some(text.into_owned()),
                "string-value" if cell.value.is_none() => cell.value = Some(text.into_owned()),
                "style-name" => cell.style = Some(text.into_owned()),
                "formula" => cell.has_formula = true,
                "number-columns-repeated" => cell.repeated = count(),
                "number-columns-spanned" => cell.columns_spanned = count(),
                "number-rows-spanned" => cell.rows_spanned = count(),
                _ => {}
            }
        }
        Ok(cell)
    }

    /// Reads the text of a cell whose element has begun, to its end.
    fn cell_text(&mut self) -> Result<CellText, TableError> {
        let (mut text, mut buffer) = (CellText::default(), Vec::new());
        loop {
            match self.xml.next(&mut buffer)? {
                Event::Start(tag) if matches!(name(&tag), "p" | "h") => text.paragraph(self.xml, self.styles)?,
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) | Event::Eof => return Ok(text),
                _ => {}
            }
        }
    }

    fn look(&mut self, style: Option<&str>, column: u32, kind: &str) -> Rc<CellLook> {
        let of_column = || {
            let index = self.column_styles.partition_point(|(end, _)| *end <= column);
            self.column_styles.get(index).map(|(_, style)| style.as_str())
        };
        let style = style.or_else(of_column).unwrap_or_default();
        let is_percent = kind == "percentage";
        let key = format!("{style}{}", if is_percent { "%" } else { "" });
        if let Some(look) = self.looks.get(&key) {
            return Rc::clone(look);
        }
        let mut look = self.styles.cell(style);
        if is_percent && look.format.is_plain() {
            look.format = NumberFormat::of(ShownAs::Number { power: 2, loses_sign: false });
        }
        let look = Rc::new(look);
        self.looks.insert(key, Rc::clone(&look));
        look
    }

    fn put(&mut self, row: u32, cell: &RepeatedCell) -> Result<(), TableError> {
        for column in cell.column..cell.column.saturating_add(cell.count) {
            let place = CellPlace { row, column };
            if row >= CellPlace::END.row || column >= CellPlace::END.column {
                return Err(self.sheet.damaged(format!("there is no cell {place} in a sheet")));
            }
            if let Some(result) = cell.formula {
                self.sheet.formula(place, result);
            }
            // A cell without content may be repeated without end.
            if matches!(cell.content, CellContent::Empty) {
                return Ok(());
            }
            self.sheet.merge(CellBlock::sized(place, cell.rows_spanned, cell.columns_spanned))?;
            match &cell.content {
                CellContent::Empty => {}
                CellContent::Number(number) => self.sheet.number(place, *number, &cell.look)?,
                CellContent::Date(iso) => self.sheet.iso_date(place, iso, &cell.look)?,
                CellContent::Truth(truth) => self.sheet.truth(place, *truth)?,
                CellContent::Text(text) => self.sheet.runs(place, &text.runs, &cell.look)?,
            }
        }
        Ok(())
    }
}

/// A cell, if it holds something or stands for several.
fn repeated_cell(tag: &CellTag, text: CellText, column: u32, look: Rc<CellLook>) -> Option<RepeatedCell> {
    let content = content(tag, text);
    let is_empty = matches!(content, CellContent::Empty);
    let formula = tag.has_formula.then(|| result(tag, &content));
    if is_empty && formula.is_none() {
        return None;
    }
    let CellTag { repeated: count, rows_spanned, columns_spanned, .. } = *tag;
    Some(RepeatedCell { column, count, content, look, formula, rows_spanned, columns_spanned })
}
