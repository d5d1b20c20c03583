//! A published table as bytes: what a release's reference leads to.
//!
//! ```text
//! 1                                   the version of this form
//! 2, "A", "B"                         the areas, each a text with its length before it
//! 1                                   the columns,
//! 1, "F"                                  each by its codes
//! 8 x (areas x columns)               the numbers, column by column: first the lowest byte of all, then the next one
//! areas x columns                     what each cell is: 0 a value, from 1 a state; and 16 times its flag
//! ```
//!
//! Counts and lengths are of 4 bytes, the lowest first. Bytes of like meaning stand together, since counts are small and their high
//! bytes are equal. The hash is of these bytes; they are stored deflated.

use crate::error::StoreError;
use choro_model::{AreaCode, Cell, Code, Figure, ObsStatus, State, hex};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sha2::{Digest as _, Sha256};
use std::{
    fmt,
    io::{Read as _, Write as _},
};

const VERSION: u8 = 1;
/// The flags, by their numbers from 1.
const FLAGS: [ObsStatus; 3] = [ObsStatus::B, ObsStatus::E, ObsStatus::P];
/// No table is larger: 100 million cells.
const LARGEST: u64 = 1 << 30;

/// What tells a content from every other: SHA-256, hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub(super) String);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A table as it was published.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableContent {
    /// The codes of the areas.
    pub areas: Vec<AreaCode>,
    /// The columns.
    pub columns: Vec<ColumnContent>,
}

/// A column as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnContent {
    /// One code for each dimension of the indicator.
    pub codes: Vec<Code>,
    /// A figure for every area.
    pub figures: Vec<Figure>,
}

impl TableContent {
    /// The figure of a selection for an area, if the table has it.
    #[must_use]
    pub fn figure(&self, codes: &[Code], area: &AreaCode) -> Option<Figure> {
        let row = self.areas.iter().position(|known| known == area)?;
        self.columns.iter().find(|column| column.codes == codes)?.figures.get(row).copied()
    }
}

/// A table as bytes.
#[derive(Debug, Clone)]
pub struct PackedTable {
    bytes: Vec<u8>,
    hash: ContentHash,
}

impl PackedTable {
    /// Packs a table. Each column has a figure for every area.
    #[must_use]
    pub fn pack(areas: &[AreaCode], columns: &[(&[Code], &[Figure])]) -> Self {
        let mut bytes = vec![VERSION];
        put_texts(&mut bytes, areas.iter().map(AreaCode::as_str));
        put_count(&mut bytes, columns.len());
        columns.iter().for_each(|(codes, _)| put_texts(&mut bytes, codes.iter().map(Code::as_str)));
        let figures = || columns.iter().flat_map(|(_, figures)| *figures);
        for place in 0..8 {
            let byte = |figure: &Figure| figure.cell.number().unwrap_or_default().to_le_bytes().get(place).copied();
            bytes.extend(figures().filter_map(byte));
        }
        bytes.extend(figures().map(|figure| kind(*figure)));
        let hash = ContentHash(hex(&Sha256::digest(&bytes)));
        Self { bytes, hash }
    }

    /// What tells it from every other.
    #[must_use]
    pub fn hash(&self) -> &ContentHash {
        &self.hash
    }

    /// The bytes as they are stored.
    pub fn deflated(&self) -> std::io::Result<Vec<u8>> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&self.bytes)?;
        encoder.finish()
    }
}

/// Unpacks a content that is stored under a hash.
pub(super) fn unpack(hash: &ContentHash, deflated: &[u8]) -> Result<TableContent, StoreError> {
    let damaged = |what: &str| StoreError::Damaged { place: format!("published content {hash}"), what: what.to_owned() };
    let mut bytes = Vec::new();
    let read = DeflateDecoder::new(deflated).take(LARGEST).read_to_end(&mut bytes);
    read.map_err(|error| damaged(&error.to_string()))?;
    if hex(&Sha256::digest(&bytes)) != hash.0 {
        return Err(damaged("it is not of its hash"));
    }
    Unpacking { rest: &bytes }.table().ok_or_else(|| damaged("it is no table, or one of a later version"))
}

/// The bytes that are still to be read. `None`: they are not what a table consists of.
struct Unpacking<'a> {
    rest: &'a [u8],
}

impl<'a> Unpacking<'a> {
    fn table(mut self) -> Option<TableContent> {
        if self.take(1)? != [VERSION] {
            return None;
        }
        let areas = self.texts(|text| AreaCode::new(text).ok())?;
        let columns = self.count()?;
        let codes: Vec<Vec<Code>> = (0..columns).map(|_| self.texts(|text| Code::new(text).ok())).collect::<Option<_>>()?;
        let cells = areas.len().checked_mul(columns)?;
        let planes: [&[u8]; 8] = [(); 8].map(|()| self.take(cells).unwrap_or_default());
        let kinds = self.take(cells)?;
        let figure = |(place, kind): (usize, &u8)| figure(planes.map(|plane| plane.get(place).copied()), *kind);
        let figures: Vec<Figure> = kinds.iter().enumerate().map(figure).collect::<Option<_>>()?;
        let mut figures = figures.into_iter();
        let column = |codes| ColumnContent { codes, figures: figures.by_ref().take(areas.len()).collect() };
        let columns = codes.into_iter().map(column).collect();
        Some(TableContent { areas, columns })
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A count of things that take four bytes at least, so that a wrong one reserves no memory.
    fn count(&mut self) -> Option<usize> {
        let count = u32::from_le_bytes(self.take(4)?.try_into().ok()?);
        usize::try_from(count).ok().filter(|count| count.checked_mul(4).is_some_and(|bytes| bytes <= self.rest.len()))
    }

    fn texts<T>(&mut self, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        (0..self.count()?).map(|_| self.text().and_then(&parse)).collect()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = u32::from_le_bytes(self.take(4)?.try_into().ok()?);
        std::str::from_utf8(self.take(usize::try_from(length).ok()?)?).ok()
    }
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_texts<'a>(bytes: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'a str>) {
    put_count(bytes, texts.len());
    for text in texts {
        put_count(bytes, text.len());
        bytes.extend_from_slice(text.as_bytes());
    }
}

fn kind(figure: Figure) -> u8 {
    let state = if let Cell::State(state) = figure.cell { number_of(&State::ALL, &state) } else { 0 };
    state | figure.status.map_or(0, |flag| number_of(&FLAGS, &flag)) << 4
}

fn figure(number: [Option<u8>; 8], kind: u8) -> Option<Figure> {
    let number = f64::from_le_bytes(number.map(Option::unwrap_or_default));
    let cell = if kind & 15 == 0 { Cell::value(number)? } else { Cell::State(of_number(&State::ALL, kind & 15)?) };
    let status = if kind >> 4 == 0 { None } else { Some(of_number(&FLAGS, kind >> 4)?) };
    Some(Figure { cell, status })
}

fn number_of<T: PartialEq>(list: &[T], item: &T) -> u8 {
    (1..).zip(list).find(|(_, known)| *known == item).map_or(0, |(number, _)| number)
}

fn of_number<T: Copy>(list: &[T], number: u8) -> Option<T> {
    list.get(usize::from(number).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TableContent {
        let figure = |cell, status| Figure { cell, status };
        let codes = |text: &str| text.split_whitespace().map(|code| Code::new(code).unwrap()).collect();
        let figures = vec![
            figure(Cell::Value(0.1 + 0.2), Some(ObsStatus::P)),
            figure(Cell::State(State::Secrecy), None),
            figure(Cell::State(State::Missing), Some(ObsStatus::B)),
        ];
        let more = vec![figure(Cell::Value(-5e-324), None), Figure::MISSING, figure(Cell::State(State::Invalid), None)];
        TableContent {
            areas: ["A", "Б", "C/1"].map(|code| AreaCode::new(code).unwrap()).into(),
            columns: vec![
                ColumnContent { codes: codes("_T Y15"), figures },
                ColumnContent { codes: codes("F _T"), figures: more },
            ],
        }
    }

    fn pack(table: &TableContent) -> PackedTable {
        let columns = table.columns.iter().map(|column| (column.codes.as_slice(), column.figures.as_slice()));
        PackedTable::pack(&table.areas, &columns.collect::<Vec<_>>())
    }

    #[test]
    fn a_table_comes_back_as_it_was_also_an_empty_one() {
        for table in [table(), TableContent::default()] {
            let packed = pack(&table);
            assert_eq!(unpack(packed.hash(), &packed.deflated().unwrap()).unwrap(), table);
        }
    }

    #[test]
    fn one_other_figure_flag_code_or_area_is_another_content() {
        let changes: [fn(&mut TableContent); 4] = [
            |table| table.columns[0].figures[0].cell = Cell::Value(0.3),
            |table| table.columns[1].figures[0].status = Some(ObsStatus::E),
            |table| table.columns[1].codes[0] = Code::new("M").unwrap(),
            |table| table.areas[0] = AreaCode::new("B").unwrap(),
        ];
        for change in changes {
            let mut other = table();
            change(&mut other);
            assert_ne!(pack(&other).hash(), pack(&table()).hash(), "{other:?}");
        }
    }

    #[test]
    fn what_was_cut_off_or_changed_is_damaged_and_never_a_table() {
        let packed = pack(&table());
        for length in 0..packed.bytes.len() {
            let cut = packed.bytes.get(..length).unwrap().to_vec();
            let hash = ContentHash(hex(&Sha256::digest(&cut)));
            let cut = PackedTable { bytes: cut, hash };
            assert!(matches!(unpack(cut.hash(), &cut.deflated().unwrap()), Err(StoreError::Damaged { .. })), "{length}");
        }
        let other = ContentHash("00".to_owned());
        let said = unpack(&other, &packed.deflated().unwrap()).unwrap_err().to_string();
        assert!(said.contains("published content 00") && said.contains("not of its hash"), "{said}");
        assert!(unpack(packed.hash(), b"no deflate").is_err());
    }
}
