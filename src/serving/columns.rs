//! Value columns, read from the bundle once and kept while there is room.

use super::{CacheStats, Release, ServeError, stats::Counts};
use crate::{
    bundle::{CodedColumns, Column},
    model::{Code, Selection, SetId, VintageId},
};
use moka::future::Cache;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Bytes that the cache keeps with an entry, its key among them.
const OVERHEAD: usize = 256;

/// Which column: a hash of what its table holds and of its codes. Nothing of a release is in it, so that a column that the next
/// release has too is found there.
type Key = u128;

fn key(table: u128, codes: &[Code]) -> Key {
    codes.iter().fold(table, |hash, code| {
        let mut both = [0; 24];
        both[..16].copy_from_slice(&hash.to_le_bytes());
        both[16..].copy_from_slice(&xxh3_64(code.as_str().as_bytes()).to_le_bytes());
        xxh3_128(&both)
    })
}

/// A cache of columns, weighed in bytes. Only selections of the catalogue get this far, so nothing else takes room; a miss is
/// read once however many wait for it; a failure is not kept.
#[derive(Debug)]
pub(super) struct Columns {
    cache: Cache<Key, Arc<Column>, FxBuildHasher>,
    counts: Counts,
}

impl Columns {
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &Key, column: &Arc<Column>| u32::try_from(column.weight() + OVERHEAD).unwrap_or(u32::MAX);
        Self {
            cache: Cache::builder().max_capacity(bytes).weigher(weight).build_with_hasher(FxBuildHasher),
            counts: Counts::default(),
        }
    }

    pub async fn stats(&self) -> CacheStats {
        // What was put in is not counted before the cache has tidied up.
        self.cache.run_pending_tasks().await;
        self.counts.stats(self.cache.entry_count(), self.cache.weighted_size())
    }

    pub async fn get(
        &self,
        release: &Arc<Release>,
        borders: Borders<'_>,
        selection: &Selection,
    ) -> Result<Arc<Column>, ServeError> {
        self.counts.lookup();
        let table = release.table(borders, selection).ok_or_else(|| not_published(borders.set, selection))?;
        let wanted = key(table, &selection.codes);
        if let Some(column) = self.cache.get(&wanted).await {
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
                    self.cache.insert(key(table, &codes), column).await;
                }
            }
            found.ok_or_else(|| not_published(borders.set, selection))
        };
        // Boxed, so that the many requests that find their column carry no room for loading one.
        Box::pin(self.cache.try_get_with(wanted, load)).await.map_err(|error| ServeError::clone(&error))
    }
}

/// On which borders values are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Borders<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
}

async fn read(release: Arc<Release>, borders: Borders<'_>, selection: Selection) -> Result<CodedColumns, ServeError> {
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
