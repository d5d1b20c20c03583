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

mod build;
pub mod encode;
mod files;
mod folder;
mod format;
mod open;
mod signing;
mod storage;

pub use build::{
    builder::{BoundaryInput, Build, Published, ValuesInput, ZoomRange},
    catalog_entries::Unavailable,
    writer::{CURRENT, Made, current, point_to, prune},
};
pub use files::skeleton::{Part, Skeleton, Tile};
pub use folder::{
    history::{Action, Event, HISTORY, History},
    key_chain::{Chain, KEYS},
    lock::{Found, Lock, Summary, leftovers, list, sharing_values},
};
pub use format::{
    area_table::{AreaRow, AreaTable},
    catalog::{
        Catalog, CatalogGap, CatalogGrid, CatalogIndicator, CatalogOrigin, CatalogPeriods, CatalogSet, CatalogUnavailable,
        CatalogVintage, Origin,
    },
    coding::{Coding, Prefixes, QUALITY, Quality},
    column::{CodedColumns, Column},
    error::BundleError,
    fingerprint::{DIGITS, Fingerprint},
};
pub use open::{
    bundle::{Bundle, Vintage},
    depot::Depot,
};
pub use signing::SecretKey;
pub use storage::object_storage::Storage;
