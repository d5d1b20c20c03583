//! How often a cache was asked, and what it holds.

use choro_http::metrics::Counter;

/// What a cache has done and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheStats {
    /// How often it was asked.
    pub lookups: u64,
    /// How often the answer had to be made.
    pub misses: u64,
    /// Its entries.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// How often a cache was asked, and how often in vain.
#[derive(Debug, Default)]
pub(crate) struct CacheCounts {
    lookups: Counter,
    misses: Counter,
}

impl CacheCounts {
    pub fn lookup(&self) {
        self.lookups.add();
    }

    pub fn miss(&self) {
        self.misses.add();
    }

    pub fn stats(&self, entries: u64, bytes: u64) -> CacheStats {
        CacheStats { lookups: self.lookups.get(), misses: self.misses.get(), entries, bytes }
    }
}
