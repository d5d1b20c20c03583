//! One drawing of a map for everything that is not MapLibre: the first paint, the page without scripts, embeds and pictures.
//!
//! ```text
//! outline + frame -> path -\
//! cells + classification ----> map (the areas as SVG) -> sheet (with title, legend, source) -> raster (PNG) | pdf
//! ```
//!
//! Lengths are CSS pixels; texts are measured in the font that pictures are drawn with.

mod circles;
mod crowd;
mod error;
mod frame;
mod inset;
mod legend;
mod map;
mod names;
mod path;
mod pdf;
mod raster;
mod sheet;
#[cfg(test)]
mod tests;
mod text;
mod xml;

pub use circles::Circles;
pub use error::DrawingError;
pub use frame::Frame;
pub use legend::{LegendEntry, entries};
pub use map::{Form, MapDrawing};
pub use pdf::pdf;
pub use raster::png;
pub use sheet::{Sheet, Size};
pub use xml::escape;

/// Areas that a page shows at most in its first map and its table: with more the page would be larger than 5 MB. Its script shows
/// them all.
pub const MOST_ON_PAGE: usize = 20_000;
/// Areas that a picture is drawn of at most: with more it would take a processor for many seconds.
pub const MOST_DRAWN: usize = 100_000;
