//! Release bundles: a folder of standard files that is written once and never changes.
//!
//! ```text
//! <release>/manifest.json                                  every file with its size, SHA-256 and the hashes of its chunks
//! <release>/manifest.sig                                   who made it, where the workspace has a key
//! <release>/catalog.json                                   what is in it
//! <release>/boundaries/<set>/<vintage>/areas.json          the area table: codes, names, parents, label points
//! <release>/boundaries/<set>/<vintage>/areas.fgb           full geometry (FlatGeobuf, one feature an area, in table order)
//! <release>/tiles/<set>/<vintage>/<grid>.skeleton          tile skeletons with their compressed prefixes
//! <release>/tiles/<set>/<vintage>/<grid>.mlt-skeleton      the same as MapLibre Tiles, where a set has them
//! <release>/tiles/<set>/<vintage>/<grid>.pmtiles           the same geometry as valid MVT, Web Mercator only
//! <release>/values/<set>/<vintage>/<indicator>/<period>.parquet  all selections of one indicator and period
//! ```
//!
//! A file that did not change since the release before is a hard link to it.

mod archive;
mod area_table;
mod build;
mod catalog;
mod coding;
mod column;
mod depot;
mod disk_cache;
pub mod encode;
mod error;
mod fingerprint;
mod folder;
mod geometry_file;
mod history;
mod label;
mod lines;
mod manifest;
mod open;
mod paths;
mod register;
mod signing;
mod skeleton_file;
mod storage;
mod values_file;
mod verified;
mod writer;

pub use area_table::{AreaRow, AreaTable};
pub use build::{BoundaryInput, Build, Published, ValuesInput, ZoomRange};
pub use catalog::{
    Catalog, CatalogGap, CatalogGrid, CatalogIndicator, CatalogOrigin, CatalogPeriods, CatalogSet, CatalogUnavailable,
    CatalogVintage, Origin,
};
pub use coding::{Coding, Prefixes, QUALITY, Quality};
pub use column::{CodedColumns, Column};
pub use depot::Depot;
pub use error::BundleError;
pub use fingerprint::{DIGITS, Fingerprint};
pub use folder::{Found, Lock, Summary, leftovers, list, sharing_values};
pub use history::{Action, Event, HISTORY, History};
pub use open::{Bundle, Vintage};
pub use register::Unavailable;
pub use signing::{Chain, KEYS, SecretKey};
pub use skeleton_file::{Part, Skeleton, Tile};
pub use storage::Storage;
pub use writer::{CURRENT, Made, current, point_to, prune};
