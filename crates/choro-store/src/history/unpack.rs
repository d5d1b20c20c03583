//! Reading a table back from its bytes.

use super::{
    cell_kind,
    content::{ColumnContent, ContentHash, TableContent},
    packed::VERSION,
};
use crate::error::StoreError;
use choro_model::{AreaCode, Code, Figure, hex};
use flate2::read::DeflateDecoder;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;

/// No table is larger: 100 million cells.
const LARGEST: u64 = 1 << 30;

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

fn figure(number: [Option<u8>; 8], kind: u8) -> Option<Figure> {
    cell_kind::figure(f64::from_le_bytes(number.map(Option::unwrap_or_default)), kind)
}

#[cfg(test)]
mod tests {
    use super::{super::packed::PackedTable, *};
    use choro_model::{Cell, ObsStatus, State};

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
