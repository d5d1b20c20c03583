//! The areas of a boundary file as they stand there, and the reference system of their positions.

pub(super) mod area_fault;
pub(super) mod crs;
pub(super) mod feature;
pub(super) mod field_text;
pub(super) mod meter;
