//! Areas that cannot be taken, and why.

use serde::Serialize;

/// One area that cannot be taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RejectedArea {
    /// Its place in the file, from 0.
    pub index: usize,
    /// Its code, as far as known.
    pub code: Option<String>,
    /// Its name, as far as known.
    pub name: Option<String>,
    /// The rule that it breaks.
    pub reason: Reason,
    /// Where and how.
    pub detail: String,
    /// How to mend it.
    pub remedy: &'static str,
}

/// Why an area cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its geometry is not a polygon.
    NotPolygon,
    /// Its geometry is malformed.
    Malformed,
    /// A coordinate is not a finite number.
    NotFinite,
    /// A coordinate lies outside of the world.
    OutsideWorld,
    /// An exterior ring encloses nothing, and its holes do.
    Ring,
    /// None of its rings encloses anything.
    NoArea,
    /// It crosses itself in a way that cannot be resolved.
    Unmendable,
    /// It has no code.
    NoCode,
    /// Its code is not valid.
    BadCode,
    /// Other areas have the same code.
    DuplicateCode,
    /// The crosswalk does not know it.
    NotInCrosswalk,
    /// A text holds what cannot be shown.
    Text,
    /// A field holds what cannot be read as it was meant.
    Unreadable,
    /// Mending it would change its area.
    AreaChange,
}

impl Reason {
    /// How to mend it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NotPolygon => "keep only polygons and multipolygons in the file",
            Self::Malformed => "export the geometry again",
            Self::NotFinite => "give the position its coordinates, or leave it out",
            Self::OutsideWorld => "mend the position, or name the coordinate reference system with --crs",
            Self::Ring => "leave the part out, or give its exterior three points or more",
            Self::NoArea => "give the area a polygon, or leave it out",
            Self::Unmendable => "mend the polygon in a GIS (ST_MakeValid, Fix geometries)",
            Self::NoCode => "fill the code field, or map the area in a crosswalk",
            Self::BadCode => "use letters, digits, space and _ - . : / + ( ) , or map the area in a crosswalk",
            Self::DuplicateCode => "add a field to the code (--code A+B), merge the parts of one area, or use a crosswalk",
            Self::NotInCrosswalk => "add a row for it to the crosswalk",
            Self::Unreadable => "mend the field, or name another one",
            Self::AreaChange => "mend the polygon in a GIS (ST_MakeValid, Fix geometries) and look at the result",
            Self::Text => "remove the character; after a shapefile's wrong encoding, name the right one with --encoding",
        }
    }
}
