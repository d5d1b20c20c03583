//! One answer at a time: tiles, values, areas, legends, styles, pictures, pages, and what other sites and programs ask for.
//!
//! ```text
//! Ask -> Target -> a column or a document -> Answer
//! query -> View -> Scene (figures, outline) -> picture | page | embed -> a document -> Answer
//! ```

pub(super) mod accepted_codings;
pub(super) mod answer;
mod captions;
mod document_answer;
mod figures;
mod geojson;
pub(super) mod gis_files;
mod oembed;
pub(super) mod options;
pub(super) mod pages;
pub(super) mod pictures;
mod related_areas;
mod scene;
pub(super) mod server;
pub(super) mod stats;
mod styles;
mod tiles;
pub(super) mod values;
