//! Areas with faults -> valid areas, without moving a vertex.

pub(super) mod arrange;
pub(super) mod enclaves;
pub(super) mod repair;
