//! A column of published values as it is read back from a bundle, in the form in which tiles take it.
//!
//! Each cell is kept as its entry in the value table of a vector tile (MVT 2.1, 4.1): a message of constant width, so that a
//! splice copies it.
//!
//! ```text
//! 12.5     22 09 19 | 00 00 00 00 00 00 29 40     field 4, 9 bytes: field 3, a double
//! missing  22 09 0a 07 | m i s s i n g            field 4, 9 bytes: field 1, a text of 7
//! ```

use super::{catalog::Origin, fingerprint::Fingerprint};
use choro_model::{Cell, Code, Flags, ObsStatus, Reliability, State};
use choro_tiles::skeleton::VALUE_WIDTH;
use sha2::{Digest as _, Sha256};

const DOUBLE: [u8; 3] = [0x22, 9, 0x19];
const TEXT: [u8; 4] = [0x22, 9, 0x0a, 7];

/// An entry of a tile's value table.
pub type ValueEntry = [u8; VALUE_WIDTH];

/// Columns of one table by their codes.
pub type CodedColumns = Vec<(Vec<Code>, Column)>;

/// What a tile says of an area for which the column has no row.
const ABSENT: ValueEntry = entry(Cell::State(State::Missing));

/// The cells of one selection for every area of a vintage, in table order.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    entries: Box<[ValueEntry]>,
    /// A bit for each row without a value; empty where every row has one.
    gaps: Box<[u64]>,
    /// Empty where no row has one.
    statuses: Box<[Option<ObsStatus>]>,
    /// Empty where every value is reliable.
    reliability: Box<[Option<Reliability>]>,
    fingerprint: Fingerprint,
    origin: Option<Origin>,
}

impl Column {
    /// A column of cells in table order, `count` of them, or the first error. `fingerprint`: as [`fingerprint`] made it when the
    /// column was written.
    pub(crate) fn collect<E>(
        count: usize,
        cells: impl Iterator<Item = Result<Cell, E>>,
        statuses: Vec<Option<ObsStatus>>,
        fingerprint: Fingerprint,
    ) -> Result<Self, E> {
        let mut entries = Vec::with_capacity(count);
        let mut gaps = vec![0_u64; count.div_ceil(64)];
        for (row, cell) in cells.take(count).enumerate() {
            let cell = cell?;
            entries.push(entry(cell));
            if let (Cell::State(_), Some(word)) = (cell, gaps.get_mut(row / 64)) {
                *word |= 1 << (row % 64);
            }
        }
        if gaps.iter().all(|word| *word == 0) {
            gaps = Vec::new();
        }
        let statuses = if statuses.iter().all(Option::is_none) { Vec::new() } else { statuses };
        let (entries, gaps, statuses) = (entries.into(), gaps.into(), statuses.into());
        Ok(Self { entries, gaps, statuses, reliability: Box::default(), fingerprint, origin: None })
    }

    /// This column, marked as made of other figures.
    pub(crate) fn of(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin;
        self
    }

    /// This column, with the values that are not to be relied on.
    pub(crate) fn marked(mut self, reliability: Vec<Option<Reliability>>) -> Self {
        if reliability.iter().any(Option::is_some) {
            self.reliability = reliability.into();
        }
        self
    }

    /// Whose figures it was made of; `None`: it is the source's own.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.entries.len()
    }

    /// The cell of a row.
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<Cell> {
        self.entries.get(row).map(cell)
    }

    /// A cell for every area.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell> + '_ {
        self.entries.iter().map(cell)
    }

    /// The observation flag of a row.
    #[must_use]
    pub fn status(&self, row: usize) -> Option<ObsStatus> {
        self.statuses.get(row).copied().flatten()
    }

    /// Why the value of a row is not to be relied on.
    #[must_use]
    pub fn reliability(&self, row: usize) -> Option<Reliability> {
        self.reliability.get(row).copied().flatten()
    }

    /// Whether there is a value that is not to be relied on.
    #[must_use]
    pub fn has_unreliable(&self) -> bool {
        !self.reliability.is_empty()
    }

    /// All that is to be known of the value of a row.
    #[must_use]
    pub fn flags(&self, row: usize) -> Flags {
        Flags::of(self.status(row), self.reliability(row))
    }

    /// All that is to be known of each value; of a row without a value nothing.
    pub fn flags_of_values(&self) -> impl Iterator<Item = Flags> + '_ {
        self.cells().enumerate().map(|(row, cell)| if cell.number().is_some() { self.flags(row) } else { Flags::NONE })
    }

    /// The entry of a row in a tile's value table.
    #[must_use]
    pub fn entry(&self, row: u32) -> &ValueEntry {
        self.entries.get(row as usize).unwrap_or(&ABSENT)
    }

    /// The entries of `count` rows from `first` on; `None` where it has not so many.
    #[must_use]
    pub fn span(&self, first: u32, count: usize) -> Option<&[ValueEntry]> {
        let first = first as usize;
        self.entries.get(first..first.checked_add(count)?)
    }

    /// Whether any row has no value.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        !self.gaps.is_empty()
    }

    /// Whether a row has no value.
    #[must_use]
    pub fn is_gap(&self, row: u32) -> bool {
        self.gaps.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// What tells its content from any other: equal columns of different releases have equal entity tags.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Whether its fingerprint is that of its content.
    pub(crate) fn is_what_it_says(&self) -> bool {
        let cells: Vec<Cell> = self.cells().collect();
        fingerprint(&cells, &self.statuses, &self.reliability, self.origin()) == self.fingerprint
    }

    /// Bytes that it holds in memory, for weighing a cache.
    #[must_use]
    pub fn weight(&self) -> usize {
        let marks = size_of_val(&*self.statuses) + size_of_val(&*self.reliability);
        size_of::<Self>() + size_of_val(&*self.entries) + size_of_val(&*self.gaps) + marks
    }
}

/// What tells a column from every other: its cells as they stand in tiles, its flags, and whose figures it was made of. Made when
/// the column is written, of what may be published and of nothing else.
///
/// ```text
/// own | restated SET VINTAGE | aggregated SET VINTAGE    and a line end
/// 22 09 19 00 00 00 00 00 00 29 40                       the entry of each row
/// P | -                                                  the flag of each row, why its value is not to be relied on, and a line end
/// P small_base
/// ```
pub(crate) fn fingerprint(
    cells: &[Cell],
    statuses: &[Option<ObsStatus>],
    reliability: &[Option<Reliability>],
    origin: Option<&Origin>,
) -> Fingerprint {
    let mut hash = Sha256::new();
    hash.update(match origin {
        None => "own\n".to_owned(),
        Some(Origin::Restated { set, vintage }) => format!("restated {set} {vintage}\n"),
        Some(Origin::Aggregated { set, vintage }) => format!("aggregated {set} {vintage}\n"),
    });
    cells.iter().for_each(|cell| hash.update(entry(*cell)));
    for row in 0..cells.len() {
        hash.update(statuses.get(row).copied().flatten().map_or("-", ObsStatus::as_str));
        if let Some(reliability) = reliability.get(row).copied().flatten() {
            hash.update(" ");
            hash.update(reliability.as_str());
        }
        hash.update("\n");
    }
    Fingerprint::end(hash)
}

const fn entry(cell: Cell) -> ValueEntry {
    match cell {
        Cell::Value(number) => {
            let [a, b, c] = DOUBLE;
            let [d, e, f, g, h, i, j, k] = number.to_le_bytes();
            [a, b, c, d, e, f, g, h, i, j, k]
        }
        Cell::State(state) => {
            let [a, b, c, d] = TEXT;
            let [e, f, g, h, i, j, k] = *state.letters();
            [a, b, c, d, e, f, g, h, i, j, k]
        }
    }
}

fn cell(entry: &ValueEntry) -> Cell {
    let [.., d, e, f, g, h, i, j, k] = *entry;
    if entry.starts_with(&DOUBLE) {
        return Cell::Value(f64::from_le_bytes([d, e, f, g, h, i, j, k]));
    }
    let letters = [e, f, g, h, i, j, k];
    Cell::State(State::ALL.into_iter().find(|state| *state.letters() == letters).unwrap_or(State::Missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry_bytes(cells: &[Cell]) -> Vec<ValueEntry> {
        cells.iter().map(|cell| entry(*cell)).collect()
    }

    fn any_cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            any::<f64>().prop_filter_map("a finite number", Cell::value),
            prop::sample::select(State::ALL.to_vec()).prop_map(Cell::State),
        ]
    }

    #[test]
    fn a_fingerprint_is_of_what_the_page_says_it_is() {
        let id = |text: &str| (text.parse().unwrap(), "2010".parse().unwrap());
        let (set, vintage) = id("regions");
        let restated = Origin::Restated { set, vintage };
        let aggregated = Origin::Aggregated { set: "districts".parse().unwrap(), vintage: "2014".parse().unwrap() };
        let cells = [Cell::value(12.5).unwrap(), Cell::State(State::Missing)];
        // Hashed by another program: "own\n", 22 09 19 and the double, 22 09 0a 07 and "missing", "P\n-\n".
        for (origin, expected) in [
            (None, "5f255364c8d3ccd43babafc8636e8a0d"),
            (Some(&restated), "1e96c86c404218d9e3d61e3f180a4486"),
            (Some(&aggregated), "408144f5b5c107d74ec1ee5b777c8257"),
        ] {
            assert_eq!(fingerprint(&cells, &[Some(ObsStatus::P), None], &[], origin).to_string(), expected, "{origin:?}");
        }
    }

    proptest! {
        #[test]
        fn columns_that_differ_have_other_fingerprints(
            cells in prop::collection::vec(any_cell(), 2..50),
            swap in any::<[prop::sample::Index; 2]>(),
        ) {
            let mut swapped = cells.clone();
            swapped.swap(swap[0].index(cells.len()), swap[1].index(cells.len()));
            let flags = vec![None; cells.len()];
            let same = entry_bytes(&cells) == entry_bytes(&swapped);
            prop_assert_eq!(fingerprint(&cells, &flags, &[], None) == fingerprint(&swapped, &flags, &[], None), same);
            let mut flagged = flags.clone();
            flagged[0] = Some(ObsStatus::P);
            prop_assert_ne!(fingerprint(&cells, &flags, &[], None), fingerprint(&cells, &flagged, &[], None));
            let small = [Some(Reliability::SmallBase)];
            prop_assert_ne!(fingerprint(&cells, &flags, &[], None), fingerprint(&cells, &flags, &small, None));
            let unknown = [Some(Reliability::UnknownBase)];
            prop_assert_ne!(fingerprint(&cells, &flags, &unknown, None), fingerprint(&cells, &flags, &small, None));
        }

        #[test]
        fn what_goes_in_comes_out(cells in prop::collection::vec(any_cell(), 0..200), late in 0_usize..300) {
            let mut statuses = vec![None; cells.len()];
            if let Some(status) = statuses.get_mut(late) {
                *status = Some(ObsStatus::P);
            }
            let mut reliability = vec![None; cells.len()];
            if let Some(first) = reliability.first_mut() {
                *first = Some(Reliability::SmallBase);
            }
            let print = fingerprint(&cells, &statuses, &reliability, None);
            let made = Column::collect(cells.len(), cells.iter().copied().map(Ok::<_, ()>), statuses, print);
            let column = made.unwrap().marked(reliability);
            prop_assert_eq!(column.has_unreliable(), !cells.is_empty());
            prop_assert_eq!(column.reliability(0).is_some(), !cells.is_empty());
            prop_assert!(column.reliability(1).is_none() && column.is_what_it_says());
            prop_assert!(column.cells().eq(cells.iter().copied()), "{cells:?}");
            prop_assert_eq!(column.status(late).is_some(), late < cells.len());
            let gap = |cell: &Cell| matches!(cell, Cell::State(_));
            prop_assert_eq!(column.has_gaps(), cells.iter().any(gap));
            prop_assert!(cells.iter().zip(0..).all(|(cell, row)| column.is_gap(row) == gap(cell)));
            let beyond = u32::try_from(cells.len()).unwrap();
            prop_assert_eq!((column.cell(cells.len()), column.entry(beyond)), (None, &ABSENT));
        }
    }
}
