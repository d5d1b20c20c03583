//! The third phase: indicators that are computed of others, on every level and vintage.
//!
//! The place for it is here, after restating and summing and before protecting: a rate of a country is made of the sums of its
//! districts, never of their rates; and what a derived table tells of the tables that it is made of is seen by `protect`, which is
//! given both. No indicator is defined by others yet, so every group goes through as it is.

use super::tables::Group;

/// The group with all that is computed of it: as yet nothing.
pub(super) fn derive(group: Group<'_>) -> Group<'_> {
    group
}
