//! What is asked for, and what it means in a release.
//!
//! ```text
//! DataQuery (texts) -> ResolvedQuery (set, vintage, selections) -> MapSubject (one selection, held by a job)
//! query of a page -> MapView (all of it, with defaults) -> DataQuery
//! ```

pub(super) mod attribution;
pub(super) mod camera;
pub(super) mod canonical_query;
pub(super) mod classing;
pub(super) mod comparison;
pub(super) mod data_query;
pub(super) mod held_vintage;
pub(super) mod language;
pub(super) mod language_priority;
pub(super) mod map_subject;
pub(super) mod map_view;
mod map_view_reading;
pub(super) mod not_valid_here;
pub(super) mod offered;
pub(super) mod page_parameters;
pub(super) mod period_range;
pub(super) mod resolved_query;
pub(super) mod tileset;
