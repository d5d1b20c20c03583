//! Counters that many threads add to: each adds in a place of its own, since a place that all share would have to travel between
//! processors at every request.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

/// Places of a counter. More threads than these share them in turn.
const PLACES: usize = 16;

/// A place that shares its cache lines with nothing else: processors fetch them in pairs of 64 bytes.
#[derive(Debug, Default)]
#[repr(align(128))]
pub struct CachePadded<T>(pub T);

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter([CachePadded<AtomicU64>; PLACES]);

impl Counter {
    /// Adds one. Returns a number that this counter gives no second time.
    pub fn add(&self) -> u64 {
        let place = place();
        let before = self.0.get(place).map_or(0, |count| count.0.fetch_add(1, Relaxed));
        before * PLACES as u64 + place as u64
    }

    /// How often something was added.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.iter().map(|count| count.0.load(Relaxed)).sum()
    }
}

/// The place of this thread.
fn place() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static PLACE: usize = NEXT.fetch_add(1, Relaxed) % PLACES;
    }
    PLACE.with(|place| *place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn nothing_is_lost_and_no_number_comes_twice() {
        let counter = Counter::default();
        let numbers = || (0..1000).map(|_| counter.add()).collect::<Vec<_>>();
        let all: Vec<Vec<u64>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..40).map(|_| scope.spawn(numbers)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(counter.get(), 40_000);
        assert_eq!(all.concat().into_iter().collect::<BTreeSet<_>>().len(), 40_000);
    }
}
