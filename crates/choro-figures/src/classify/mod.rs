//! Values -> classes: one [`Classification`] feeds style, legend, histogram, picture and table.
//!
//! The rule, written once: a class holds the values `lo <= v < hi`; the last class holds its `hi` too; what lies below the
//! first class belongs to the first, what lies above the last to the last. That is how MapLibre's `step` reads breaks, so a
//! style needs nothing but [`Classification::inner`]. Where [`Classification::zero`] stands, a true zero belongs to it and to
//! no class.

mod ascending;
mod break_rule;
mod breaks;
mod class_count;
mod classification;
mod colour;
mod error;
mod manual;
mod method;
mod options;
mod palette;
mod round;
pub mod vision;

pub use ascending::{Ascending, classify};
pub use break_rule::{BreakRule, Finder};
pub use breaks::CKMEANS_LIMIT;
pub use class_count::ClassCount;
pub use classification::{Class, Classification, Slot, Zero};
pub use colour::Colour;
pub use error::ClassifyError;
pub use manual::ManualBreaks;
pub use method::{Method, Scope};
pub use options::Options;
pub use palette::{Palette, PaletteId, palettes};

#[cfg(test)]
mod tests;
