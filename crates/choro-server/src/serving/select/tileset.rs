//! The tiles that a request means.

use super::{data_query::Ask, resolved_query::ResolvedQuery};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_bundle::Skeleton;
use choro_model::Encoding;

/// The tiles that a query means, in the grid and the encoding asked for.
pub(crate) fn skeleton<'r>(
    release: &Release,
    resolved: &ResolvedQuery<'r>,
    ask: &Ask<'_>,
) -> Result<&'r Skeleton, ServeError> {
    let grids = || resolved.set.grids.iter().map(|id| id.as_str());
    if release.grid(ask.grid).is_none() || !grids().any(|id| id == ask.grid) {
        return Err(ServeError::unknown("grid", ask.grid, grids()));
    }
    let encoding = ask.encoding()?;
    let (set, name) = (&resolved.set.id, encoding.as_str());
    resolved.vintage.skeleton_as(ask.grid, encoding).ok_or_else(|| {
        let other = Encoding::Mvt.as_str();
        let remedy = format!("ask for {other}, or publish with {name} = true under [boundary_sets.{set}]");
        ServeError::NotFound(format!("set {set} has no {name} tiles in this release: {remedy}"))
    })
}
