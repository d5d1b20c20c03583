//! A boundary file becomes a validated [`BoundarySet`] and a report of everything that was wrong with it.
//!
//! ```text
//! read -> crs -> label -> longitude -> mend -> audit
//! ```
//!
//! `read` opens GeoJSON and TopoJSON itself, unpacks archives (`archive`, `members`), and leaves every other format and PostGIS
//! (`postgis`) to the program `choro-gdal`; `crs` brings the
//! coordinates to longitude and latitude; `label` finds each area's code and names; `longitude` makes the set continuous
//! across the antimeridian; `mend` makes every area valid without moving a vertex that was not at fault, so that borders
//! that neighbours share stay shared; `audit` measures where areas overlap and where they gape.
//!
//! One bad area is data: it is rejected and listed, and the caller decides whether to go on without it. A file that cannot
//! be trusted as a whole (truncated, of another format than it says, without CRS) is a [`BoundaryError`].

mod audit;
mod error;
mod features;
mod geometry;
mod limits;
mod mend;
mod open;
mod options;
mod pipeline;
mod prepare;
mod report;

#[cfg(test)]
mod tests;

pub use error::BoundaryError;
pub use limits::Limits;
pub use open::{find_gdal, shown};
pub use options::{CodeFrom, Field, Options};
pub use pipeline::{Import, import, import_frames};
pub use report::{BorderGap, BoundaryReport, GeometryDefect, Overlap, Reason, RejectedArea, Repair, Unlocated};
