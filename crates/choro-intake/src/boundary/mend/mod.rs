//! Areas with defects -> valid areas, without moving a vertex.

pub(super) mod area_change;
mod arrange;
mod chains;
mod defeat;
pub(super) mod enclaves;
mod examine;
mod holes;
mod knots;
mod nesting;
mod region;
pub(super) mod repair;
pub(super) mod t_junctions;
