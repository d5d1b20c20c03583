//! Circles on one scale: those of a map, of its inset and of its legend.
//!
//! ```text
//! a value of 100 on a map 900 pixels wide    r = 28 on the map, in its inset, and beside the label `100`
//! the same value on a map 450 pixels wide    r = 14 in all three places
//! ```

use crate::style::{Circle, Symbols};
use choro_figures::classify::Colour;

/// The width of a map in pixels for which the radii of [`Symbols`] are meant.
const MEANT_FOR: f64 = 900.0;

/// The circles of one drawing. Its map, its inset and its legend are given the same, so that a circle means one value wherever it
/// stands.
#[derive(Debug, Clone, Copy)]
pub struct Circles<'a> {
    symbols: &'a Symbols,
    scale: f64,
}

impl<'a> Circles<'a> {
    /// The circles of a map that is about `width` pixels wide: smaller on a small map, but never so small that they cannot be seen.
    #[must_use]
    pub fn for_width(symbols: &'a Symbols, width: f64) -> Self {
        Self { symbols, scale: (width / MEANT_FOR).clamp(0.4, 1.5) }
    }

    /// Pixels of the drawing for each CSS pixel of the legend's own radii.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The radius of a value in pixels of the drawing.
    #[must_use]
    pub fn radius(&self, value: f64) -> f64 {
        self.symbols.radius(value) * self.scale
    }

    /// The fill of a value.
    #[must_use]
    pub fn colour(&self, value: f64) -> Colour {
        self.symbols.colour(value)
    }

    /// The circles that the legend shows.
    pub(super) fn shown(&self) -> &'a [Circle] {
        &self.symbols.circles
    }
}
