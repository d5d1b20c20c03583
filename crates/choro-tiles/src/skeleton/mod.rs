//! Tile skeletons: the geometry of a boundary set in a grid, clipped, quantised and encoded for every tile, without any value.
//!
//! The pipeline: a topology is `projected` into the grid; for every zoom its arcs become `lines`, the lines are kept from
//! crossing (`crossings`) and put together to valid `shapes`; the `pyramid` clips (`clip`) the shapes to tiles; `encode`
//! writes each tile as MVT, `mlt` as MapLibre Tile, up to where the values begin.

mod bend;
mod clip;
mod crossings;
mod cut_tile;
mod decode;
mod encode;
mod lines;
mod mlt;
mod outline;
mod projected;
mod pyramid;
mod shapes;
mod skeletons;
mod tail;
#[cfg(test)]
mod tests;

pub use cut_tile::{AreaLabel, CutTile};
pub use encode::{KEY_WIDTH, LAYER_AREAS, LAYER_LABELS, SkeletonTile, VALUE_KEY, VALUE_WIDTH};
pub use mlt::{MltTileError, STATE_LENGTH, Streams, bits};
pub use outline::{Outline, OutlineError};
pub use projected::Held;
pub use shapes::{Ring, Shape};
pub use skeletons::{MAX_BUILD_ZOOM, Skeletons};
pub use tail::{keyed_tail, shared_tail};
