//! Value columns: read from the bundle once, and kept while there is room.

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

/// Bytes that an entry takes besides the column, its key among them.
const OVERHEAD: usize = 256;

/// The key of a column: the hash of its table's content, and its codes. The codes are not hashed, because whoever makes a table
/// also chooses its codes, and two hashes could be made to be equal. The key names no release, so a column that the next release
/// also has is found again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ColumnKey {
    table: u128,
    codes: Vec<Code>,
}

/// A column key made of borrowed parts, so that a look-up allocates nothing.
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

/// A cache of columns, limited in bytes. Only selections of the catalogue are looked up, so nothing else takes room. However many
/// requests wait for a column, it is read once. A failure is not kept.
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
        // The cache counts what was put in only after it has tidied up.
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
            // All columns of a table are decoded together, and all are kept: a client that asks for one code of a dimension soon
            // asks for the next.
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
        // Boxed, so that the many requests that find their column need no room for the state of loading one.
        Box::pin(self.cache.try_get_with(wanted, load)).await.map_err(|error| ServeError::clone(&error))
    }
}

async fn read(release: Arc<Release>, borders: VintageKey<'_>, selection: Selection) -> Result<CodedColumns, ServeError> {
    // Most often the bytes are in memory, and reading them here costs less than waking another thread.
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
        "no values of {} {}{codes} were published for set {set}: leave dimensions out to get codes that have values; the catalogue lists them under \
         combinations",
        selection.indicator, selection.period
    ))
}
