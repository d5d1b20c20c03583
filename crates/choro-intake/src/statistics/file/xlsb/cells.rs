//! The cells of one sheet ([MS-XLSB] 2.1.7.62).

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::{CellLook, CellLooks, TextLook},
            place::{CellBlock, CellPlace},
            shared_texts::SharedTexts,
            sheet_reading::{FormulaResult, SheetReading},
        },
    },
    fields::Fields,
    records::Records,
    texts::rich_text,
};
use std::io::Read;

const ROW: u16 = 0;
const RK: u16 = 2;
const ERROR: u16 = 3;
const TRUTH: u16 = 4;
const NUMBER: u16 = 5;
const TEXT: u16 = 6;
const SHARED_TEXT: u16 = 7;
const FORMULA_TEXT: u16 = 8;
const FORMULA_NUMBER: u16 = 9;
const FORMULA_TRUTH: u16 = 10;
const FORMULA_ERROR: u16 = 11;
const COLUMNS: u16 = 60;
const RICH_TEXT: u16 = 62;
const MERGED: u16 = 177;

/// What the cells of all sheets refer to.
pub struct SharedParts {
    /// The list of texts.
    pub texts: SharedTexts,
    /// How cells look.
    pub looks: CellLooks,
    /// How fonts look.
    pub fonts: Vec<TextLook>,
}

/// Reads all cells, and what is hidden and merged.
pub fn read(mut records: Records<impl Read>, shared: &SharedParts, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
    let mut row = 0;
    while let Some((kind, body)) = records.next()? {
        let mut fields = Fields(body);
        let read = match kind {
            ROW => self::row(&mut fields, sheet).map(|number| row = number).map(Ok),
            RK..=FORMULA_ERROR | RICH_TEXT => cell(kind, row, &mut fields, shared, sheet),
            COLUMNS => columns(&mut fields, sheet).map(Ok),
            MERGED => block(&mut fields).map(|block| sheet.merge(block)),
            _ => Some(Ok(())),
        };
        read.unwrap_or_else(|| Err(sheet.damaged(format!("a record of kind {kind} in row {} is too short", row + 1))))?;
    }
    Ok(())
}

/// The number of a row ([MS-XLSB] 2.4.741), behind which stand its look, height and flags.
fn row(fields: &mut Fields<'_>, sheet: &mut SheetReading<'_>) -> Option<u32> {
    let row = fields.u32().filter(|row| *row < CellPlace::END.row)?;
    fields.bytes(4)?;
    let height = fields.u16()?;
    fields.bytes(1)?;
    let is_hidden = fields.byte()? & 0x10 != 0 || height == 0;
    if is_hidden {
        sheet.hide_rows(row, row);
    }
    Some(row)
}

/// First and last column, width and look, then flags ([MS-XLSB] 2.4.323).
fn columns(fields: &mut Fields<'_>, sheet: &mut SheetReading<'_>) -> Option<()> {
    let (first, last) = (fields.u32()?, fields.u32()?);
    let width = fields.u32()?;
    fields.bytes(4)?;
    if fields.u16()? & 1 != 0 || width == 0 {
        sheet.hide_columns(first, last);
    }
    Some(())
}

/// First and last row, first and last column ([MS-XLSB] 2.5.158).
fn block(fields: &mut Fields<'_>) -> Option<CellBlock> {
    let [top, bottom, left, right] = [fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?];
    Some(CellBlock { first: CellPlace { row: top, column: left }, last: CellPlace { row: bottom, column: right } })
}

/// The column and look of a cell ([MS-XLSB] 2.5.9), then what it holds.
fn cell(
    kind: u16,
    row: u32,
    fields: &mut Fields<'_>,
    shared: &SharedParts,
    sheet: &mut SheetReading<'_>,
) -> Option<Result<(), TableError>> {
    let column = fields.u32().filter(|column| *column < CellPlace::END.column)?;
    let look = shared.looks.get((fields.u32()? & 0x00FF_FFFF) as usize);
    let place = CellPlace { row, column };
    Some(match kind {
        RK => sheet.number(place, fields.rk()?, look),
        NUMBER => sheet.number(place, fields.f64()?, look),
        FORMULA_NUMBER => formula_number(place, fields.f64()?, look, sheet),
        TRUTH | FORMULA_TRUTH => sheet.truth(place, fields.byte()? != 0),
        ERROR | FORMULA_ERROR => sheet.text(place, error(fields.byte()?), look),
        SHARED_TEXT => sheet.shared_text(place, fields.u32()?, &shared.texts, look),
        TEXT | FORMULA_TEXT => sheet.text(place, &fields.text()?, look),
        _ => sheet.runs(place, &rich_text(fields.0, &shared.fonts)?, look),
    })
}

fn formula_number(place: CellPlace, number: f64, look: &CellLook, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
    sheet.formula(place, if number == 0.0 { FormulaResult::Zero } else { FormulaResult::Other });
    sheet.number(place, number, look)
}

/// An error as spreadsheets show it ([MS-XLSB] 2.5.97.2). XLS has the same numbers.
pub fn error(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    }
}
