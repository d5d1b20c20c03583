//! The tiles that a request means.

use super::{data_query::Ask, target::Target};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_bundle::Skeleton;
use choro_model::Encoding;

/// The tiles of a target in the grid and the encoding asked for.
pub(crate) fn skeleton<'r>(release: &Release, target: &Target<'r>, ask: &Ask<'_>) -> Result<&'r Skeleton, ServeError> {
    let grids = || target.set.grids.iter().map(|id| id.as_str());
    if release.grid(ask.grid).is_none() || !grids().any(|id| id == ask.grid) {
        return Err(ServeError::unknown("grid", ask.grid, grids()));
    }
    let encoding = ask.encoding()?;
    let (set, name) = (&target.set.id, encoding.as_str());
    target.vintage.skeleton_as(ask.grid, encoding).ok_or_else(|| {
        let other = Encoding::Mvt.as_str();
        let remedy = format!("ask for {other}, or publish with {name} = true under [boundary_sets.{set}]");
        ServeError::NotFound(format!("set {set} has no {name} tiles in this release: {remedy}"))
    })
}
