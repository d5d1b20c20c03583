//! The files of a bundle that have a format of their own: tile skeletons, values, full geometry. Each is written and read here.

pub mod geometry;
pub mod skeleton;
pub mod values;
