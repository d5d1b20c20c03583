//! The label of a row -> the area that it means, by exact steps, or areas that it may have meant.

pub(super) mod candidates;
pub(super) mod crosswalk;
pub(super) mod folding;
mod likeness;
pub(super) mod matching;
mod spoilt_codes;
