//! How often a cache was asked, and what it holds.

use choro_http::metrics::Counter;

/// What a cache has done and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheStats {
    /// How often something was looked up.
    pub lookups: u64,
    /// How often it was not there and had to be made.
    pub misses: u64,
    /// How many entries it holds.
    pub entries: u64,
    /// How many bytes they take.
    pub bytes: u64,
}

/// Counters of a cache: look-ups, and those that found nothing.
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
