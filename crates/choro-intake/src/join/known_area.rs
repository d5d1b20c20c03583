//! Areas of a boundary set, as the join needs them.

use choro_model::AreaCode;

/// An area as the join needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArea {
    /// Its code.
    pub code: AreaCode,
    /// Its names in all languages, and any other names it is known by.
    pub names: Vec<String>,
    /// What the area that contains it is called: its code, then its names; nothing where it is not known.
    pub parent: Vec<String>,
    /// Whether the boundary set has a polygon for it.
    pub has_polygon: bool,
}
