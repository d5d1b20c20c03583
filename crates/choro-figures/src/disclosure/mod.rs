//! Disclosure: decides which values may be published. The only maker of [`PublishedTable`], the only thing that a bundle
//! accepts, so that a value that was not decided upon has no way out.
//!
//! [`protect`] is given all linked tables at once: what one withholds, another must not tell. Until disclosure control is built
//! there are two rules. A table that counts persons and holds cells of 1 to 4 is refused, unless the provider has declared it
//! public (`small_counts`). A withheld cell that one sum tells is refused, whoever has published the sum (`over_codes`,
//! `over_areas`): that small cells are public does not say that the withheld ones are.

mod over_areas;
mod over_codes;
mod protect;
mod published;
mod refusal;
mod small_counts;
mod sum;
mod unprotected;

#[cfg(test)]
mod tests;

pub use over_areas::{Addends, CommonSums};
pub use protect::{LinkedTables, protect, protect_alone};
pub use published::{PublishedColumn, PublishedTable};
pub use refusal::Refusal;
pub use unprotected::{UnprotectedColumn, UnprotectedTable};
