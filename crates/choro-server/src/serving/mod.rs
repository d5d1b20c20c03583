//! Use cases of the server: which release answers, which column is meant, one answer at a time. Knows no HTTP.
//!
//! ```text
//! release: which release is current, opened and watched
//! select:  Ask (texts) -> ResolvedQuery (set, vintage, selection); query of a page -> MapView (all of it with defaults)
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
    accepted_codings::Accepted,
    answer::{Answer, Content},
    gis_files::GisFile,
    options::Options,
    pages::{page::PageAsk, page_kind::Page},
    pictures::Format,
    server::Server,
    stats::Stats,
    values::Table,
};
pub use cache::{
    content_tag::Tag,
    cost::{Payer, Place, Refused, Work, paid_by},
    counts::CacheStats,
};
pub use error::ServeError;
pub use release::{
    location::Location,
    open_error::OpenError,
    open_release::Release,
    releases::{AnsweringRelease, Releases},
    trust::Trust,
};
pub use select::{classing::Classing, data_query::Ask, map_view::QueryPairs};
