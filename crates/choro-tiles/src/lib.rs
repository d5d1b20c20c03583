//! Areas to shared arcs (`topology`) to the geometry of tiles, encoded without values (`skeleton`).

pub mod skeleton;
pub mod topology;
