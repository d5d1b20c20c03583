//! Value columns, read from the bundle once and kept while there is room.

use super::counts::{CacheCounts, CacheStats};
use crate::serving::{
    error::ServeError,
    release::open_release::{Release, VintageKey},
};
use choro_bundle::{CodedColumns, Column};
use choro_model::{Code, Selection, SetId};
use equivalent::Equivalent;
use moka::future::Cache;
use std::sync::Arc;

/// Bytes that the cache keeps with an entry, its key among them.
const OVERHEAD: usize = 256;

/// Which column: what its table holds, and its codes as they are, for a table's provider may choose both. Nothing of a release is
/// in it, so that a column that the next release has too is found there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ColumnKey {
    table: u128,
    codes: Vec<Code>,
}

/// The same as a request has it.
#[derive(Hash)]
struct AskedColumn<'a> {
    table: u128,
    codes: &'a [Code],
}

impl Equivalent<ColumnKey> for AskedColumn<'_> {
    fn equivalent(&self, key: &ColumnKey) -> bool {
        self.table == key.table && *self.codes == *key.codes
    }
}

/// A cache of columns, weighed in bytes. Only selections of the catalogue get this far, so nothing else takes room; a miss is
/// read once however many wait for it; a failure is not kept.
#[derive(Debug)]
pub(crate) struct ColumnCache {
    cache: Cache<ColumnKey, Arc<Column>>,
    counts: CacheCounts,
}

impl ColumnCache {
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &ColumnKey, column: &Arc<Column>| u32::try_from(column.weight() + OVERHEAD).unwrap_or(u32::MAX);
        Self { cache: Cache::builder().max_capacity(bytes).weigher(weight).build(), counts: CacheCounts::default() }
    }

    pub async fn stats(&self) -> CacheStats {
        // What was put in is not counted before the cache has tidied up.
        self.cache.run_pending_tasks().await;
        self.counts.stats(self.cache.entry_count(), self.cache.weighted_size())
    }

    pub async fn get(
        &self,
        release: &Arc<Release>,
        borders: VintageKey<'_>,
        selection: &Selection,
    ) -> Result<Arc<Column>, ServeError> {
        self.counts.lookup();
        let table = release.table(borders, selection).ok_or_else(|| not_published(borders.set, selection))?;
        if let Some(column) = self.cache.get(&AskedColumn { table, codes: &selection.codes }).await {
            return Ok(column);
        }
        let load = async {
            self.counts.miss();
            let mut found = None;
            // What is decoded in one go is kept in one go: a client that asks for one breakdown asks for the next.
            for (codes, column) in read(Arc::clone(release), borders, selection.clone()).await? {
                let column = Arc::new(column);
                if codes == selection.codes {
                    found = Some(column);
                } else {
                    self.cache.insert(ColumnKey { table, codes }, column).await;
                }
            }
            found.ok_or_else(|| not_published(borders.set, selection))
        };
        let wanted = ColumnKey { table, codes: selection.codes.clone() };
        // Boxed, so that the many requests that find their column carry no room for loading one.
        Box::pin(self.cache.try_get_with(wanted, load)).await.map_err(|error| ServeError::clone(&error))
    }
}

async fn read(release: Arc<Release>, borders: VintageKey<'_>, selection: Selection) -> Result<CodedColumns, ServeError> {
    // Most often the bytes are at hand: to wake another thread for them would cost as much as to read them.
    if let Some(columns) = release.bundle().columns_now(borders.set.as_str(), borders.vintage.as_str(), &selection) {
        return Ok(columns?);
    }
    let (set, vintage) = (borders.set.clone(), borders.vintage.clone());
    let span =
        tracing::debug_span!("read columns", %set, %vintage, indicator = %selection.indicator, period = %selection.period);
    let read = move || span.in_scope(|| release.bundle().columns(set.as_str(), vintage.as_str(), &selection));
    let read = tokio::task::spawn_blocking(read);
    Ok(read.await??)
}

fn not_published(set: &SetId, selection: &Selection) -> ServeError {
    let codes: String = selection.codes.iter().map(|code| format!(" {code}")).collect();
    ServeError::NotFound(format!(
        "no values of {} {}{codes} were published for set {set}: leave out a dimension to get its total",
        selection.indicator, selection.period
    ))
}
