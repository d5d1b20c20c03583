use rustc_hash::FxHashMap;

/// A set of pairs of numbers, such as selections and areas. Pairs whose second numbers are neighbours share an entry of 64 bits, so
/// that ten million pairs take a few megabytes.
#[derive(Debug, Clone, Default)]
pub struct PairSet(FxHashMap<(i64, i64), u64>);

impl PairSet {
    /// Adds a pair. Whether it was not there.
    pub fn insert(&mut self, first: i64, second: i64) -> bool {
        let bits = self.0.entry((first, second >> 6)).or_default();
        let bit = 1 << (second & 63);
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }

    /// Whether a pair is there.
    #[must_use]
    pub fn contains(&self, first: i64, second: i64) -> bool {
        self.0.get(&(first, second >> 6)).is_some_and(|bits| bits & (1 << (second & 63)) != 0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
