//! How many requests are being answered.

use crate::metrics::CachePadded;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts the requests that are being answered.
#[derive(Debug, Default)]
pub struct InFlight {
    now: CachePadded<AtomicUsize>,
}

impl InFlight {
    /// How many are being answered.
    pub fn now(&self) -> usize {
        self.now.0.load(Ordering::Relaxed)
    }

    /// A place, if fewer than `max` are taken; it is given back when dropped.
    pub fn enter(&self, max: usize) -> Option<Admission<'_>> {
        let before = self.now.0.fetch_add(1, Ordering::AcqRel);
        let place = Admission(self);
        (before < max).then_some(place)
    }
}

/// A place among the requests in flight.
#[derive(Debug)]
pub struct Admission<'a>(&'a InFlight);

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        self.0.now.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_enter_as_the_limit_allows_and_a_place_comes_back() {
        let places = InFlight::default();
        let (one, two) = (places.enter(2), places.enter(2));
        assert!(one.is_some() && two.is_some() && places.enter(2).is_none());
        drop(one);
        assert!(places.enter(2).is_some());
        assert!(places.enter(0).is_none());
    }
}
