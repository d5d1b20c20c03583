//! What one sheet says besides the values of its cells ([MS-XLS] 2.1.7.20.5).

use super::{
    super::sheet::{
        place::{CellBlock, CellPlace},
        sheet_reading::FormulaResult,
    },
    looks::number,
    records::{BOF, EOF, MULRK, records},
    shared_texts::FontStart,
};
use rustc_hash::FxHashMap;

const FORMULA: u16 = 0x0006;
const COLUMNS: u16 = 0x007D;
const RICH_TEXT: u16 = 0x00D6;
const MERGED: u16 = 0x00E5;
const SHARED_TEXT: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027E;

/// What a sheet says of its cells.
#[derive(Debug, Default)]
pub struct SheetLooks {
    /// The numbers of their looks.
    pub looks: FxHashMap<CellPlace, u16>,
    /// The numbers of their texts in the list that cells share.
    pub shared: FxHashMap<CellPlace, u32>,
    /// Where fonts begin in texts that stand in the cell itself.
    pub fonts: FxHashMap<CellPlace, Vec<FontStart>>,
    /// Formulas with what is stored beside them.
    pub formulas: Vec<(CellPlace, FormulaResult)>,
    /// Hidden rows.
    pub hidden_rows: Vec<u32>,
    /// First and last of hidden columns.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged cells.
    pub merged: Vec<CellBlock>,
}

impl SheetLooks {
    /// Reads a sheet from its first record on. `is_kept` tells which looks say anything, and `is_rich` which shared texts have several
    /// fonts.
    pub fn read(stream: &[u8], is_kept: impl Fn(u16) -> bool, is_rich: impl Fn(u32) -> bool) -> Self {
        let (mut looks, mut depth) = (Self::default(), 0_usize);
        for (_, kind, body) in records(stream) {
            match kind {
                // Within the sheet others may be embedded, as charts with cells of their own.
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth == 1 => looks.take(kind, body, &is_kept, &is_rich),
                _ => {}
            }
        }
        looks
    }

    fn take(&mut self, kind: u16, body: &[u8], is_kept: &impl Fn(u16) -> bool, is_rich: &impl Fn(u32) -> bool) {
        let place = place(body);
        match (kind, place) {
            (MULRK, Some(first)) => {
                let looks = body.get(4..).unwrap_or_default().as_chunks::<6>().0;
                for (column, cell) in (first.column..).zip(looks) {
                    self.look(CellPlace { column, ..first }, number(cell, 0), is_kept);
                }
            }
            (FORMULA | RICH_TEXT | SHARED_TEXT | NUMBER | TEXT | TRUTH | RK, Some(place)) => {
                self.look(place, number(body, 4), is_kept);
                match kind {
                    FORMULA => self.formulas.push((place, result(body))),
                    SHARED_TEXT => {
                        let text = body.get(6..).and_then(|rest| rest.first_chunk()).map(|bytes| u32::from_le_bytes(*bytes));
                        self.shared.extend(text.filter(|text| is_rich(*text)).map(|text| (place, text)));
                    }
                    RICH_TEXT => self.fonts.extend(font_starts(body).map(|starts| (place, starts))),
                    _ => {}
                }
            }
            (ROW, _) => {
                let is_hidden = number(body, 12).is_some_and(|flags| flags & 0x20 != 0) || number(body, 6) == Some(0);
                self.hidden_rows.extend(number(body, 0).filter(|_| is_hidden).map(u32::from));
            }
            (COLUMNS, _) => {
                let is_hidden = number(body, 8).is_some_and(|flags| flags & 1 != 0) || number(body, 4) == Some(0);
                if let (Some(first), Some(last), true) = (number(body, 0), number(body, 2), is_hidden) {
                    self.hidden_columns.push((u32::from(first), u32::from(last)));
                }
            }
            (MERGED, _) => self.merged.extend(blocks(body)),
            _ => {}
        }
    }

    fn look(&mut self, place: CellPlace, look: Option<u16>, is_kept: &impl Fn(u16) -> bool) {
        self.looks.extend(look.filter(|look| is_kept(*look)).map(|look| (place, look)));
    }
}

/// Row and column, with which the record of a cell begins.
fn place(body: &[u8]) -> Option<CellPlace> {
    Some(CellPlace { row: u32::from(number(body, 0)?), column: u32::from(number(body, 2)?) })
}

/// What is stored beside a formula: eight bytes of a number, or of another kind where the last two of them are all ones.
fn result(body: &[u8]) -> FormulaResult {
    let bits = body.get(6..).and_then(|rest| rest.first_chunk()).map(|bytes| u64::from_le_bytes(*bytes));
    if bits.is_some_and(|bits| f64::from_bits(bits) == 0.0) { FormulaResult::Zero } else { FormulaResult::Other }
}

/// Where fonts begin in a text of the editions before Excel 97: behind the text stands a count, and then two bytes each.
fn font_starts(body: &[u8]) -> Option<Vec<FontStart>> {
    let rest = body.get(8 + usize::from(number(body, 6)?)..)?;
    let starts = rest.get(1..)?.as_chunks::<2>().0.iter().take(usize::from(*rest.first()?));
    Some(starts.map(|[at, font]| (u16::from(*at), u16::from(*font))).collect())
}

/// A count, then first and last row, first and last column of each block.
fn blocks(body: &[u8]) -> impl Iterator<Item = CellBlock> {
    let numbers = |block: &[u8; 8]| [0, 2, 4, 6].map(|at| u32::from(number(block, at).unwrap_or_default()));
    let blocks = body.get(2..).unwrap_or_default().as_chunks::<8>().0.iter().map(numbers);
    blocks.map(|[top, bottom, left, right]| CellBlock {
        first: CellPlace { row: top, column: left },
        last: CellPlace { row: bottom, column: right },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u16]) -> Vec<u8> {
        let body: Vec<u8> = body.iter().flat_map(|number| number.to_le_bytes()).collect();
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
    }

    #[test]
    fn a_sheet_says_what_is_hidden_and_merged_and_how_its_cells_look() {
        let chart = [record(BOF, &[]), record(NUMBER, &[9, 9, 7, 0, 0, 0, 0]), record(EOF, &[])].concat();
        let stream = [
            record(BOF, &[]),
            record(COLUMNS, &[3, 4, 9, 0, 1]),
            record(COLUMNS, &[5, 5, 9, 0, 0]),
            record(COLUMNS, &[7, 7, 0, 0, 0]),
            record(ROW, &[6, 0, 0, 300, 0, 0, 0x20, 0]),
            record(ROW, &[7, 0, 0, 300, 0, 0, 0, 0]),
            chart,
            record(NUMBER, &[1, 1, 7, 0, 0, 0, 0]),
            record(RK, &[1, 2, 8, 0, 0]),
            record(MULRK, &[2, 1, 7, 0, 0, 8, 0, 0, 2]),
            record(FORMULA, &[3, 1, 7, 0, 0, 0, 0, 0, 0, 0]),
            record(FORMULA, &[4, 1, 7, 0, 0, 0, 0xFFFF, 0, 0, 0]),
            record(SHARED_TEXT, &[5, 1, 0, 17, 0]),
            record(MERGED, &[1, 1, 2, 3, 3]),
            record(EOF, &[]),
            record(NUMBER, &[8, 8, 7, 0, 0, 0, 0]),
        ]
        .concat();
        let sheet = SheetLooks::read(&stream, |look| look == 7, |text| text == 17);
        let place = |row, column| CellPlace { row, column };
        let mut looks: Vec<CellPlace> = sheet.looks.keys().copied().collect();
        looks.sort();
        assert_eq!(looks, [place(1, 1), place(2, 1), place(3, 1), place(4, 1)]);
        assert_eq!(sheet.shared.get(&place(5, 1)), Some(&17));
        assert_eq!(sheet.formulas, [(place(3, 1), FormulaResult::Zero), (place(4, 1), FormulaResult::Other)]);
        assert_eq!((sheet.hidden_rows, sheet.hidden_columns), (vec![6], vec![(3, 4), (7, 7)]));
        assert_eq!(sheet.merged, [CellBlock { first: place(1, 3), last: place(2, 3) }]);
    }
}
