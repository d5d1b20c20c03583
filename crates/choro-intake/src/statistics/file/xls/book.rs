//! A workbook: calamine's values, with their looks.

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::{CellLook, TextLook},
            marked_text::TextRun,
            number_format::NumberFormat,
            place::CellPlace,
            serial_date::Epoch,
            sheet_reading::{BookTraits, SheetReading},
            shown_as::{DatePrecision, ShownAs},
        },
        sheets::{SheetEntry, SheetSource, Visibility},
    },
    biff,
    looks::BookLooks,
    records::{BOUND_SHEET, records},
    shared_texts::FontStart,
    sheet_looks::SheetLooks,
};
use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls};
use std::io::Cursor;

/// The last row and column that a sheet can have. One that reaches them may have been cut off.
const LAST: CellPlace = CellPlace { row: 65_535, column: 255 };

/// An open workbook.
pub struct XlsBook {
    book: Xls<Cursor<Vec<u8>>>,
    sheets: Vec<SheetEntry>,
    stream: Vec<u8>,
    /// Where each sheet begins in it.
    starts: Vec<usize>,
    looks: BookLooks,
}

impl XlsBook {
    /// Opens a workbook.
    pub fn open(file: &str, bytes: Vec<u8>) -> Result<Self, TableError> {
        let stream = biff::checked(file, &bytes)?;
        let book = Xls::new(Cursor::new(bytes)).map_err(|e| TableError::Damaged {
            file: file.to_owned(),
            place: "the XLS workbook".to_owned(),
            reason: e.to_string(),
        })?;
        let sheets = book.sheets_metadata().iter().map(entry).collect();
        let named = records(&stream).filter(|(_, kind, _)| *kind == BOUND_SHEET);
        let starts = named.map(|(_, _, body)| body.first_chunk().map_or(usize::MAX, |at| u32::from_le_bytes(*at) as usize));
        let starts = starts.collect();
        let looks = BookLooks::read(&stream);
        Ok(Self { book, sheets, stream, starts, looks })
    }

    fn sheet_looks(&self, index: usize) -> SheetLooks {
        let stream = self.starts.get(index).and_then(|start| self.stream.get(*start..)).unwrap_or_default();
        let is_kept = |look: u16| !self.looks.cells.get(usize::from(look)).is_plain();
        SheetLooks::read(stream, is_kept, |text| self.looks.texts.contains_key(&text))
    }

    /// The pieces of a text where fonts begin.
    fn runs(&self, text: &str, fonts: &[FontStart]) -> Vec<TextRun> {
        let starts = fonts.iter().map(|(at, font)| (usize::from(*at), Some(self.looks.font(*font))));
        let starts: Vec<(usize, Option<TextLook>)> = [(0, None)].into_iter().chain(starts).collect();
        TextRun::cut(text, &starts)
    }
}

fn entry(sheet: &calamine::Sheet) -> SheetEntry {
    let visibility = if sheet.visible == SheetVisible::Visible { Visibility::Visible } else { Visibility::Hidden };
    SheetEntry { name: sheet.name.clone(), visibility, holds_cells: sheet.typ == SheetType::WorkSheet }
}

impl SheetSource for XlsBook {
    fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    fn traits(&self) -> BookTraits {
        let epoch = if self.book.has_1904_epoch() { Epoch::Of1904 } else { Epoch::Of1900 };
        BookTraits { epoch, is_uncomputed: false }
    }

    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
        let name = self.sheets.get(index).map(|sheet| sheet.name.clone()).unwrap_or_default();
        let range = self.book.worksheet_range(&name).map_err(|e| sheet.damaged(e.to_string()))?;
        let says = self.sheet_looks(index);
        says.formulas.iter().for_each(|(place, result)| sheet.formula(*place, *result));
        says.hidden_rows.iter().for_each(|row| sheet.hide_rows(*row, *row));
        says.hidden_columns.iter().for_each(|(first, last)| sheet.hide_columns(*first, *last));
        says.merged.iter().try_for_each(|block| sheet.merge(*block))?;
        let (top, left) = range.start().unwrap_or_default();
        let line = |base: u32, offset: usize| u32::try_from(offset).ok().and_then(|n| base.checked_add(n));
        for (row, column, data) in range.used_cells() {
            let (Some(row), Some(column)) = (line(top, row), line(left, column)) else { continue };
            let place = CellPlace { row, column };
            let look = self.looks.cells.get(says.looks.get(&place).map_or(usize::MAX, |look| usize::from(*look)));
            let in_list = says.shared.get(&place).and_then(|text| self.looks.texts.get(text));
            match (data, in_list.or_else(|| says.fonts.get(&place))) {
                (Data::String(text), Some(fonts)) => sheet.runs(place, &self.runs(text, fonts), look)?,
                (data, _) => put(place, data, look, sheet)?,
            }
        }
        if sheet.reaches(LAST.row, LAST.column) {
            sheet.note("the sheet fills all that XLS can hold (65,536 rows, 256 columns): it may be cut off".to_owned());
        }
        Ok(())
    }
}

fn put(place: CellPlace, data: &Data, look: &CellLook, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
    match data {
        Data::Empty => Ok(()),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet computes with doubles itself")]
        Data::Int(number) => sheet.number(place, *number as f64, look),
        Data::Float(number) => sheet.number(place, *number, look),
        Data::DateTime(date) if look.is_plain() => {
            let shown = if date.is_duration() { ShownAs::Elapsed } else { ShownAs::Date(DatePrecision::Time) };
            sheet.number(place, date.as_f64(), &CellLook { format: NumberFormat::of(shown), text: look.text })
        }
        Data::DateTime(date) => sheet.number(place, date.as_f64(), look),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => sheet.text(place, text, look),
        Data::Bool(truth) => sheet.truth(place, *truth),
        Data::Error(error) => sheet.text(place, &error.to_string(), look),
    }
}
