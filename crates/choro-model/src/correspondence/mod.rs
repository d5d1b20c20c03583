//! Correspondences: how the areas of one vintage became those of the next.
//!
//! ```text
//! from,to,weight,back
//! A,A,0.9,            of A, nine tenths stayed A and one tenth went to B: a transfer
//! A,B,0.1,0.2         of the new B, a fifth was A's before
//! B,B,,0.8            an area with one successor gives it all: weight 1
//! D,,,                D has no successor
//! ,E,,                E has no predecessor
//! ```
//!
//! `weight` is the part of what `from` holds (persons, not ground) that is counted in `to`, `back` the part of `to` that comes
//! from `from`: with both, a table restates in both directions. Codes that stand in both vintages and in no row are unchanged.

mod check;
mod fault;
mod links;
mod table;
#[cfg(test)]
mod tests;

pub use fault::{CorrespondenceError, Fault, Faults};
pub use links::{Change, Correspondence, Link, Vintages};
