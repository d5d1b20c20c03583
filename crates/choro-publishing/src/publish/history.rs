//! What the release being made publishes, for the store's history.
//!
//! The store takes it when the bundle lies complete, in the transaction that records the release. Until then contents that it does
//! not have yet wait in a temporary file, so that a release that is refused changes nothing, and memory does not grow with it.

use super::tables::{ProtectedTable, Written};
use crate::error::WorkbenchError;
use choro_bundle::Origin;
use choro_figures::disclosure::PublishedTable;
use choro_store::{ContentHash, MadeOf, Making, PackedTable, Store, TableKey, TableRecord};
use rustc_hash::FxHashMap;
use std::{fs::File, io, os::unix::fs::FileExt as _};

/// The tables of a release, with the contents that are new.
pub(super) struct PublishedTables {
    records: Vec<TableRecord>,
    /// Has no name, and so goes with the process.
    waiting: File,
    length: u64,
    places: FxHashMap<ContentHash, Place>,
}

/// Where a content waits.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u64,
    length: usize,
}

impl PublishedTables {
    /// No tables yet.
    pub fn new() -> Result<Self, WorkbenchError> {
        let waiting = tempfile::tempfile().map_err(WorkbenchError::Waiting)?;
        Ok(Self { records: Vec::new(), waiting, length: 0, places: FxHashMap::default() })
    }

    /// Adds the tables of a group.
    pub async fn add(&mut self, store: &Store, written: &Written<'_>) -> Result<(), WorkbenchError> {
        for table in &written.tables {
            let packed = tokio::task::block_in_place(|| pack(&table.table));
            let content = packed.hash().clone();
            if !self.places.contains_key(&content) && !store.has_content(&content).await? {
                tokio::task::block_in_place(|| self.put_away(&packed)).map_err(WorkbenchError::Waiting)?;
            }
            let ProtectedTable { table, origin, .. } = table;
            let made_of = origin.as_ref().map(made_of);
            self.records.push(TableRecord { key: key(table), made_of, last_import: written.last_import, content });
        }
        Ok(())
    }

    fn put_away(&mut self, packed: &PackedTable) -> io::Result<()> {
        let bytes = packed.deflated()?;
        self.waiting.write_all_at(&bytes, self.length)?;
        self.places.insert(packed.hash().clone(), Place { start: self.length, length: bytes.len() });
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// All tables.
    pub fn records(&self) -> &[TableRecord] {
        &self.records
    }

    /// The bytes of a content that waits.
    pub fn deflated(&self, content: &ContentHash) -> io::Result<Vec<u8>> {
        let place = self.places.get(content).ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = vec![0; place.length];
        self.waiting.read_exact_at(&mut bytes, place.start)?;
        Ok(bytes)
    }
}

fn pack(table: &PublishedTable) -> PackedTable {
    let columns: Vec<_> = table.columns().iter().map(|column| (column.codes(), column.figures())).collect();
    PackedTable::pack(table.areas(), &columns)
}

fn key(table: &PublishedTable) -> TableKey {
    TableKey {
        set: table.set().clone(),
        vintage: table.vintage().clone(),
        indicator: table.indicator().clone(),
        period: table.period(),
    }
}

fn made_of(origin: &Origin) -> MadeOf {
    let (making, set, vintage) = match origin {
        Origin::Restated { set, vintage } => (Making::Restated, set, vintage),
        Origin::Aggregated { set, vintage } => (Making::Aggregated, set, vintage),
    };
    MadeOf { making, set: set.clone(), vintage: vintage.clone() }
}
