//! A boundary file becomes a validated [`BoundarySet`](choro_model::BoundarySet) and a report of everything that was wrong with it.
//!
//! ```text
//! open -> prepare -> mend -> audit
//! ```
//!
//! `open` reads GeoJSON and TopoJSON itself, unpacks archives, and leaves every other format and PostGIS to the program `choro-gdal`.
//! `prepare` finds each area's code and names, brings the positions to longitude and latitude, and makes the set continuous across
//! the antimeridian. `mend` makes every area valid without moving a vertex that was not at fault, so that borders that neighbours
//! share stay shared. `audit` measures where areas overlap and where they gape. `pipeline` is the order of these steps; `features`
//! and `geometry` are what they share.
//!
//! A bad area is data: it is rejected and listed, and the caller decides whether to go on without it. Where the file as a whole
//! cannot be trusted (it is truncated, of another format than it says, or without CRS), the answer is a [`BoundaryError`].

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
pub use options::{CodeFrom, FieldEquals, FieldOrColumn, Options};
pub use pipeline::{Import, import, import_frames};
pub use report::{
    BorderGap, BoundaryReport, CutText, GeometryDefect, Overlap, Reason, RejectedArea, RemeasuredArea, Repair, UnitedArea,
    Unlocated,
};
