//! A column of published values as it is read back from a bundle.

use super::Origin;
use crate::model::{Cell, ObsStatus};
use xxhash_rust::xxh3::xxh3_64;

/// The cells of one selection for every area of a vintage, in table order.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    cells: Vec<Cell>,
    statuses: Vec<Option<ObsStatus>>,
    hash: u64,
    origin: Option<Origin>,
}

impl Column {
    pub(super) fn new(cells: Vec<Cell>, statuses: Vec<Option<ObsStatus>>) -> Self {
        let hash = content_hash(&cells, &statuses);
        Self { cells, statuses, hash, origin: None }
    }

    /// The same, made of other figures.
    pub(super) fn of(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin;
        self
    }

    /// Whose figures it was made of; `None`: it is the source's own.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
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
    // In one piece: a hash that is fed byte by byte costs more than reading the column.
    let mut bytes = Vec::with_capacity(cells.len() * size_of::<f64>() + statuses.len());
    for cell in cells {
        match cell {
            Cell::Value(number) => bytes.extend_from_slice(&number.to_bits().to_le_bytes()),
            Cell::State(state) => bytes.extend_from_slice(state.as_str().as_bytes()),
        }
    }
    for status in statuses {
        bytes.extend_from_slice(status.map_or("-", ObsStatus::as_str).as_bytes());
    }
    xxh3_64(&bytes)
}
