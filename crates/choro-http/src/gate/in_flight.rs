//! How many requests are being answered.

use crate::metrics::CachePadded;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts the requests that are being answered.
#[derive(Debug)]
pub struct InFlight {
    now: CachePadded<AtomicUsize>,
    max: usize,
}

impl InFlight {
    pub fn new(max: usize) -> Self {
        Self { now: CachePadded(AtomicUsize::new(0)), max }
    }

    /// How many are being answered.
    pub fn now(&self) -> usize {
        self.now.0.load(Ordering::Relaxed)
    }

    /// A place, if there is one; it is given back when dropped.
    pub fn enter(&self) -> Option<Admission<'_>> {
        let before = self.now.0.fetch_add(1, Ordering::AcqRel);
        let place = Admission(self);
        (before < self.max).then_some(place)
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
        let places = InFlight::new(2);
        let (one, two) = (places.enter(), places.enter());
        assert!(one.is_some() && two.is_some() && places.enter().is_none());
        drop(one);
        assert!(places.enter().is_some());
        assert!(InFlight::new(0).enter().is_none());
    }
}
