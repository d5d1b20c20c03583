//! Checks an XLS workbook before calamine reads it ([MS-CFB], [MS-XLS]), and gives the records of it.
//!
//! calamine would follow sectors that form a circle without end. It lays each sheet out as the whole rectangle that its cells
//! span, so that two cells in opposite corners take half a gigabyte. And it copies a shared text for each cell that has it.

use super::{
    super::{error::TableError, inflated, table::MAX_CELLS},
    records::{BOF, BOUND_SHEET, MULRK, records},
    shared_texts,
};
use std::{
    collections::HashSet,
    io::{Cursor, Read as _},
};

/// The streams in which the records of a workbook stand: the first since Excel 97, the second before.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];

/// Records that begin with the row and column of a cell ([MS-XLS] 2.3.1): Formula, MulRk, RString, LabelSst, Number, Label,
/// BoolErr, Rk.
const CELLS: [u16; 8] = [0x0006, MULRK, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
/// A password, without which nothing behind it can be read.
const FILE_PASS: u16 = 0x002F;
/// The stream of a newer workbook that has a password.
const ENCRYPTED: &str = "/EncryptedPackage";
/// What rows and columns a sheet says that it has.
const DIMENSIONS: u16 = 0x0200;
/// Most rows and columns of a sheet.
const MAX_SHEET: [u64; 2] = [1 << 16, 1 << 8];

/// The records of a workbook, all in one. Refuses a file that would cost more than its cells are worth.
pub(crate) fn checked(file: &str, bytes: &[u8]) -> Result<Vec<u8>, TableError> {
    let broken =
        |reason: String| TableError::Damaged { file: file.to_owned(), place: "the XLS workbook".to_owned(), reason };
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let longest = compound.walk().map(|entry| entry.len()).chain([compound.root_entry().len()]).max().unwrap_or_default();
    if longest > bytes.len() as u64 {
        return Err(broken(format!("a stream of {longest} bytes in a file of {}", bytes.len())));
    }
    if compound.is_stream(ENCRYPTED) {
        return Err(TableError::with_password(file));
    }
    let mut book = None;
    for name in STREAMS.into_iter().filter(|name| compound.is_stream(name)).collect::<Vec<_>>() {
        let mut stream = Vec::new();
        let mut open = compound.open_stream(name).map_err(|e| broken(e.to_string()))?;
        open.read_to_end(&mut stream).map_err(|e| broken(e.to_string()))?;
        if records(&stream).any(|(_, kind, body)| kind == FILE_PASS && body.iter().any(|byte| *byte != 0)) {
            return Err(TableError::with_password(file));
        }
        if !has_sheets_apart(&stream) {
            return Err(broken("two of its sheets begin at one place, or one where there is none".to_owned()));
        }
        if records(&stream).any(|(_, kind, body)| kind == DIMENSIONS && !is_possible(body)) {
            return Err(broken("a sheet says that it has more rows or columns than a sheet can have".to_owned()));
        }
        let texts = shared_texts::repeated(records(&stream).map(|(_, kind, body)| (kind, body)));
        let most = inflated::most_text(bytes.len());
        if texts > most as u64 {
            let place = "the length of its texts with their repetitions".to_owned();
            return Err(TableError::Limit { file: file.to_owned(), place, limit: format!("{most} bytes") });
        }
        let cells = spanned(&stream);
        if cells > MAX_CELLS as u64 {
            let place = format!("the space that its sheets span, {cells} cells,");
            return Err(TableError::Limit { file: file.to_owned(), place, limit: format!("{MAX_CELLS} cells") });
        }
        // The first is the one that calamine reads.
        book.get_or_insert(stream);
    }
    book.ok_or_else(|| broken("it holds no workbook".to_owned()))
}

/// How many cells the rectangles around the cells of all sheets have together.
fn spanned(stream: &[u8]) -> u64 {
    let (mut sum, mut sheet) = (0, SheetSpan::default());
    for (_, kind, body) in records(stream) {
        match (kind, body) {
            (BOF, _) => sum += std::mem::take(&mut sheet).cells(),
            (kind, [r0, r1, c0, c1, rest @ ..]) if CELLS.contains(&kind) => {
                let [row, column] = [[*r0, *r1], [*c0, *c1]].map(u16::from_le_bytes);
                // Of several cells in a row, the last column stands last.
                let last = rest.last_chunk().filter(|_| kind == MULRK).map_or(column, |last| u16::from_le_bytes(*last));
                sheet.add(row, column, last.max(column));
            }
            _ => {}
        }
    }
    sum + sheet.cells()
}

/// Whether a sheet can have as many rows and columns as it says. calamine makes room for all of them.
///
/// The record holds the first and last row, then the first and last column. Rows have 32 bits since Excel 97, and 16 before.
fn is_possible(dimensions: &[u8]) -> bool {
    let (rows, columns) = dimensions.split_at(dimensions.len().min(if dimensions.len() == 10 { 4 } else { 8 }));
    let last = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let [row, column] = [rows.get(rows.len() / 2..), columns.get(2..4)].map(|bytes| bytes.map_or(0, last));
    row <= MAX_SHEET[0] && column <= MAX_SHEET[1]
}

/// Whether each sheet has a beginning of its own. Where several begin at one place, calamine would lay it out for each of them.
fn has_sheets_apart(stream: &[u8]) -> bool {
    let mut begun: HashSet<usize> = records(stream).filter(|(_, kind, _)| *kind == BOF).map(|(at, ..)| at).collect();
    let named = records(stream).filter(|(_, kind, _)| *kind == BOUND_SHEET);
    named.filter_map(|(_, _, body)| body.first_chunk()).all(|at| begun.remove(&(u32::from_le_bytes(*at) as usize)))
}

/// First and last row, first and last column.
#[derive(Default)]
struct SheetSpan(Option<[u16; 4]>);

impl SheetSpan {
    fn add(&mut self, row: u16, first: u16, last: u16) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, first, last]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
    }

    /// Found by the fuzz target: a file of 6 kB took two gigabytes.
    #[test]
    fn the_rectangles_of_all_sheets_are_counted() {
        let cell = |row: u16, column: u16| record(0x0203, &[row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat());
        let sheet = |cells: &[Vec<u8>]| [record(BOF, &[]), cells.concat(), record(0x000A, &[])].concat();
        let corners = sheet(&[cell(0, 0), cell(65_535, 255)]);
        assert_eq!(spanned(&sheet(&[cell(7, 3)])), 1);
        assert_eq!(spanned(&[sheet(&[cell(1, 1), cell(2, 4)]), corners.clone()].concat()), 8 + (1 << 24));
        // Row 2, columns 1 to 9.
        assert_eq!(spanned(&sheet(&[record(0x00BD, &[2, 0, 1, 0, 5, 5, 9, 0])])), 9);
        assert_eq!(spanned(&corners[..corners.len() - 5]), 1, "what a cut record says does not count");
        assert!(spanned(&[corners.clone(), corners].concat()) > MAX_CELLS as u64);
    }

    #[test]
    fn no_two_sheets_begin_at_one_place() {
        let named = |places: &[u32]| {
            let list: Vec<u8> = places.iter().flat_map(|at| record(BOUND_SHEET, &at.to_le_bytes())).collect();
            // Two sheets behind the list.
            [list, record(BOF, &[]), record(BOF, &[])].concat()
        };
        for (places, apart) in
            [(&[16, 20][..], true), (&[20, 16], true), (&[16, 16], false), (&[16, 17], false), (&[16, 8], false)]
        {
            assert_eq!(has_sheets_apart(&named(places)), apart, "{places:?}");
        }
    }

    /// Found by the fuzz target: room for five petabytes was asked for.
    #[test]
    fn no_sheet_has_more_rows_or_columns_than_a_sheet_can_have() {
        let new =
            |row: u32, column: u16| [&[0; 4][..], &row.to_le_bytes(), &[0; 2], &column.to_le_bytes(), &[0; 2]].concat();
        let old =
            |row: u16, column: u16| [&[0; 2][..], &row.to_le_bytes(), &[0; 2], &column.to_le_bytes(), &[0; 2]].concat();
        for (body, possible) in [
            (new(65_536, 256), true),
            (new(65_537, 1), false),
            (new(1, 257), false),
            (new(u32::MAX, u16::MAX), false),
            (old(16_384, 256), true),
            (old(1, u16::MAX), false),
            (Vec::new(), true),
        ] {
            assert_eq!(is_possible(&body), possible, "{body:?}");
        }
    }
}
