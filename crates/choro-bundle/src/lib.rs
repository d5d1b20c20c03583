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
//!
//! A room imports only rooms that stand before it:
//!
//! ```text
//! format                what the files say and how they are named
//! storage, signing      where bytes come from and how each is verified; who made a release
//! files, folder         skeletons, values and geometry as files; a folder of releases
//! open                  a release opened for serving
//! build, remote         a release being built; releases in object storage
//! encode                what is made of an open release for clients
//! ```

mod build;
pub mod encode;
mod files;
mod folder;
mod format;
mod open;
mod remote;
mod signing;
mod storage;

pub use build::{
    builder::Build,
    input::{BoundaryInput, Unavailable, ValuesInput, ZoomRange},
    writer::{Made, Published},
};
pub use files::{
    skeleton::{Part, Skeleton, Tile},
    values::ColumnReliability,
};
pub use folder::{
    history::{Action, Event, HISTORY, History},
    key_chain::{Chain, KEYS},
    list::{Found, Summary, list, sharing_values},
    lock::Lock,
    pointer::{CURRENT, current, point_to},
    prune::prune,
    unfinished::leftovers,
};
pub use format::{
    area_table::{AreaRow, AreaTable},
    catalog::{
        Catalog, CatalogGap, CatalogGrid, CatalogIndicator, CatalogOrigin, CatalogOutside, CatalogPeriods, CatalogSet,
        CatalogUnavailable, CatalogVintage, Origin,
    },
    coding::{Coding, Prefixes, QUALITY, Quality},
    column::{CodedColumns, Column},
    combinations::CatalogCombinations,
    error::BundleError,
    field_hash::FieldHash,
    fingerprint::{DIGITS, Fingerprint},
    outside::{GridTooSmall, Outside, TwoGrids},
    usual_codes::KnownCombinations,
};
pub use open::{bundle::Bundle, vintage::Vintage};
pub use remote::{
    depot::Depot,
    upload::{prune_storage, upload},
};
pub use signing::SecretKey;
pub use storage::object_storage::Storage;
