//! One drawing of a map for everything that is not MapLibre: the first paint, the page without scripts, embeds and pictures.
//!
//! ```text
//! outline + frame -> path -\
//! cells + classification ----> map (the areas as SVG) -> sheet (with title, legend, source) -> raster (PNG) | pdf
//! ```
//!
//! Lengths are CSS pixels; texts are measured in the font that pictures are drawn with.

mod crowd;
mod frame;
mod inset;
mod label;
mod legend;
mod map;
mod path;
mod pdf;
mod raster;
mod sheet;
mod text;

pub use frame::Frame;
pub use legend::entries;
pub use map::{Form, MapDrawing};
pub use pdf::pdf;
pub use raster::png;
pub use sheet::{Sheet, Size};

/// Areas that a page shows at most in its first map and its table: with more the page would be larger than 5 MB. Its script shows
/// them all.
pub const MOST_ON_PAGE: usize = 20_000;
/// Areas that a picture is drawn of at most: with more it would take a processor for many seconds.
pub const MOST_DRAWN: usize = 100_000;

/// Why a picture could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// The SVG that was written is refused by the renderer.
    #[error("the drawing is not valid SVG: {0}")]
    Svg(String),
    /// The picture could not be written.
    #[error("the picture could not be written as {format}: {reason}")]
    Write {
        /// The format.
        format: &'static str,
        /// What the writer says.
        reason: String,
    },
}

/// A text inside XML, in an element or in an attribute between double quotes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 (2.2) has no place for them, not even escaped.
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
