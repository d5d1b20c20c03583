//! Use cases of the public server: which release answers, what a request means in it, and one answer at a time. Knows no HTTP.
//!
//! ```text
//! error:   why there is no answer
//! release: which release is current; those that are open
//! select:  DataQuery (texts) -> ResolvedQuery (set, vintage, selection); query of a page -> MapView (all of it with defaults)
//! cache:   columns, values in order, outlines, documents: made once, paid for, kept
//! answers: ReleaseServer -> Answer
//! ```

mod answers;
mod cache;
mod error;
mod release;
mod select;

/// What the page's TypeScript has from here.
#[cfg(test)]
pub(crate) mod grammar {
    pub(crate) use super::{
        answers::figures::difference,
        select::{
            comparison::check_periods,
            map_view::MapView,
            page_parameters::{DRAWN, OWN, SHOWS, VERSION},
        },
    };
}
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub(crate) use answers::area_profile::MAX_COLUMNS;
pub use answers::{
    accepted_codings::AcceptedCodings,
    answer::{Answer, AnswerContent},
    area_profile::AskedSeries,
    gis_files::GisFile,
    oembed::OEmbed,
    options::AnswerOptions,
    pages::{page::PageQuery, page_kind::PageKind},
    pictures::PictureFormat,
    server::ReleaseServer,
    stats::ServerStats,
    styles::StyleName,
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
pub(crate) use select::resolved_query::MOST_VALUES;
pub use select::{
    camera::Camera, classing::ClassingQuery, data_query::DataQuery, language_priority::LanguagePriority,
    map_view::QueryPairs, not_valid_here::not_valid_here, period_range::PeriodRange,
};
