//! Value columns, read from the bundle once and kept while there is room.

use super::{CacheStats, Release, ServeError, stats::Counts};
use crate::{
    bundle::Column,
    model::{Code, ReleaseId, Selection, SetId, VintageId},
};
use moka::{Equivalent, future::Cache};
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// Bytes of a key and of what the cache keeps with it.
const OVERHEAD: usize = 256;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    release: ReleaseId,
    set: SetId,
    vintage: VintageId,
    selection: Selection,
}

/// A [`Key`] that owns nothing, since most lookups find their column. Hashes alike: the same fields in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct KeyRef<'a> {
    release: &'a ReleaseId,
    set: &'a SetId,
    vintage: &'a VintageId,
    selection: &'a Selection,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        *self == KeyRef { release: &key.release, set: &key.set, vintage: &key.vintage, selection: &key.selection }
    }
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
        let weight = |key: &Key, column: &Arc<Column>| {
            let codes = key.selection.codes.len() * size_of::<Code>();
            u32::try_from(column.weight() + codes + OVERHEAD).unwrap_or(u32::MAX)
        };
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
        let Borders { set, vintage } = borders;
        if let Some(column) = self.cache.get(&KeyRef { release: release.id(), set, vintage, selection }).await {
            return Ok(column);
        }
        let key = |selection: Selection| Key {
            release: release.id().clone(),
            set: set.clone(),
            vintage: vintage.clone(),
            selection,
        };
        let load = async {
            self.counts.miss();
            let mut wanted = None;
            // What is decoded in one go is kept in one go: a client that asks for one breakdown asks for the next.
            for (codes, column) in read(Arc::clone(release), borders, selection.clone()).await? {
                let column = Arc::new(column);
                if codes == selection.codes {
                    wanted = Some(column);
                } else {
                    self.cache.insert(key(Selection { codes, ..selection.clone() }), column).await;
                }
            }
            wanted.ok_or_else(|| not_published(set, selection))
        };
        // Boxed, so that the many requests that find their column carry no room for loading one.
        Box::pin(self.cache.try_get_with(key(selection.clone()), load)).await.map_err(|error| ServeError::clone(&error))
    }
}

/// On which borders values are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Borders<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
}

async fn read(
    release: Arc<Release>,
    borders: Borders<'_>,
    selection: Selection,
) -> Result<Vec<(Vec<Code>, Column)>, ServeError> {
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
