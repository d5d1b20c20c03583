//! How many steps a search through the areas of a file may take: so many for each vertex.
//!
//! Two combs A and B of n teeth that lie across each other meet n times n times. So every search counts its steps. When none are
//! left, the search ends at once and finds nothing, and whoever gave the steps refuses the area or the file.

use std::cell::Cell;

/// Steps for each vertex. Searches in areas known to us take fewer than a hundred, and in the worst of them a thousand.
pub const STEPS: u64 = 2_000;

/// A number of steps that may be taken.
#[derive(Debug)]
pub struct StepBudget {
    left: Cell<Option<u64>>,
    limit: u64,
}

impl StepBudget {
    /// [`STEPS`] for each of so many vertices, and some more.
    pub fn of(vertices: usize, more: u64) -> Self {
        let limit = STEPS.saturating_mul(vertices as u64).saturating_add(more);
        Self { left: Cell::new(Some(limit)), limit }
    }

    /// Takes some steps. Says whether there were so many.
    pub fn takes(&self, steps: u64) -> bool {
        self.left.set(self.left.get().and_then(|left| left.checked_sub(steps)));
        !self.is_over()
    }

    /// Whether more were asked for than there were.
    pub fn is_over(&self) -> bool {
        self.left.get().is_none()
    }

    /// How many there were.
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_and_do_not_come_back() {
        let steps = StepBudget::of(2, 10);
        assert_eq!(steps.limit(), 4_010);
        assert!(steps.takes(4_000) && steps.takes(10) && !steps.is_over());
        assert!(!steps.takes(1) && !steps.takes(0) && steps.is_over());
    }
}
