//! A column of published values as it is read back from a bundle.

use crate::model::{Cell, ObsStatus};
use xxhash_rust::xxh3::Xxh3;

/// The cells of one selection for every area of a vintage, in table order.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    cells: Vec<Cell>,
    statuses: Vec<Option<ObsStatus>>,
    hash: u64,
}

impl Column {
    pub(super) fn new(cells: Vec<Cell>, statuses: Vec<Option<ObsStatus>>) -> Self {
        let hash = content_hash(&cells, &statuses);
        Self { cells, statuses, hash }
    }

    /// A cell for every area.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// An observation flag for every area.
    #[must_use]
    pub fn statuses(&self) -> &[Option<ObsStatus>] {
        &self.statuses
    }

    /// Hash of the content (xxh3): equal columns of different releases have equal entity tags.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Bytes that it holds in memory, for weighing a cache.
    #[must_use]
    pub fn weight(&self) -> usize {
        size_of::<Self>() + size_of_val(self.cells.as_slice()) + size_of_val(self.statuses.as_slice())
    }
}

fn content_hash(cells: &[Cell], statuses: &[Option<ObsStatus>]) -> u64 {
    let mut hash = Xxh3::new();
    for cell in cells {
        match cell {
            Cell::Value(number) => hash.update(&number.to_bits().to_le_bytes()),
            Cell::State(state) => hash.update(state.as_str().as_bytes()),
        }
    }
    for status in statuses {
        hash.update(status.map_or("-", ObsStatus::as_str).as_bytes());
    }
    hash.digest()
}
