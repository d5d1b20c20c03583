//! Use cases of the server, one file for each kind of answer: tiles, values, areas, legends, styles, pictures, pages, and what
//! other sites and programs ask for.
//!
//! ```text
//! DataQuery -> ResolvedQuery -> a column or a document -> Answer
//! query -> MapView -> Scene (figures, outline) -> picture | page | embed -> a document -> Answer
//! ```

pub(super) mod accepted_codings;
pub(super) mod answer;
pub(super) mod area_profile;
mod areas;
mod captions;
mod catalog;
mod document_answer;
pub(super) mod figures;
mod geojson;
pub(super) mod gis_files;
mod hidden_breaks;
mod known;
mod legends;
pub(super) mod oembed;
pub(super) mod options;
mod page_links;
pub(super) mod pages;
pub(super) mod pictures;
mod related_areas;
mod scene;
pub(super) mod server;
pub(super) mod stats;
pub(super) mod styles;
mod tilejson;
mod tiles;
pub(super) mod values;
