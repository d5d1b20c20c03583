//! The label of a row -> the area that it means, by exact steps, or areas that it may have meant.

mod area_index;
pub(super) mod candidates;
pub(super) mod crosswalk;
pub(super) mod folding;
pub(super) mod hints;
mod label_parts;
pub(super) mod likeness;
pub(super) mod matching;
mod spoilt_codes;
mod trigrams;

#[cfg(test)]
mod tests;
