//! The tiles that a query means.

use super::{data_query::DataQuery, resolved_query::ResolvedQuery};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_bundle::Skeleton;
use choro_model::Encoding;

/// The tiles that a query means, in its grid and its encoding.
///
/// # Errors
/// The set has no such grid, or was published without this encoding.
pub(crate) fn skeleton<'r>(
    release: &Release,
    resolved: &ResolvedQuery<'r>,
    query: &DataQuery,
) -> Result<&'r Skeleton, ServeError> {
    let grids = || resolved.set.grids.iter().map(|id| id.as_str());
    if release.grid(query.grid()).is_none() || !grids().any(|id| id == query.grid()) {
        return Err(ServeError::unknown("grid", query.grid(), grids()));
    }
    let encoding = query.encoding;
    let (set, name) = (&resolved.set.id, encoding.as_str());
    resolved.vintage.skeleton_as(query.grid(), encoding).ok_or_else(|| {
        let other = Encoding::Mvt.as_str();
        let remedy = format!("ask for {other}, or publish with {name} = true under [boundary_sets.{set}]");
        ServeError::NotFound(format!("set {set} has no {name} tiles in this release: {remedy}"))
    })
}
