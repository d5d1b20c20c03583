//! Use cases of the server: which release answers, which column is meant, one answer at a time. Knows no HTTP.
//!
//! ```text
//! release: which release is current, opened and watched
//! select:  DataQuery (texts) -> ResolvedQuery (set, vintage, selection); query of a page -> MapView (all of it with defaults)
//! cache:   columns, values in order, outlines, documents: made once, paid for, kept
//! answers: Server -> Answer
//! ```

mod answers;
mod cache;
mod error;
mod release;
mod select;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use answers::{
    accepted_codings::AcceptedCodings,
    answer::{Answer, AnswerContent},
    gis_files::GisFile,
    options::AnswerOptions,
    pages::{page::PageQuery, page_kind::PageKind},
    pictures::PictureFormat,
    server::ReleaseServer,
    stats::ServerStats,
    values::TableFormat,
};
pub use cache::{
    content_tag::Tag,
    cost::{OverBudget, Payer, WorkKind, WorkPermit, paid_by},
    counts::CacheStats,
};
pub use error::ServeError;
pub use release::{
    location::ReleasesLocation,
    open_error::OpenError,
    open_release::Release,
    releases::{AnsweringRelease, Releases},
    trust::Trust,
};
pub use select::{classing::ClassingQuery, data_query::DataQuery, map_view::QueryPairs};
