//! Tiles.

use super::{
    Answer, Ask, Content, Release, ServeError, Server,
    ask::{Periods, Target},
};
use crate::{
    bundle::{Column, Skeleton},
    encode::splice::{self, Encoding},
    grid::TileCoord,
};
use std::sync::atomic::Ordering;
use xxhash_rust::xxh3::Xxh3;

/// Changes when the same skeleton and column give other bytes than before.
const FORMAT: u64 = 1;

impl Server {
    /// One tile. `known(tag)` says whether the client has it already; then nothing is encoded.
    pub async fn tile(
        &self,
        ask: &Ask<'_>,
        coord: TileCoord,
        encoding: Encoding,
        known: impl FnOnce(u64) -> bool,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let skeleton = skeleton(&release, &target, ask.grid)?;
        check_zoom(skeleton, coord)?;
        let column = match target.selection() {
            Some((_, selection)) => Some(self.column(&release, &target, selection).await?),
            None => None,
        };
        let column = column.as_deref();
        let tag = tag(skeleton, column, coord);
        let content = if known(tag) {
            Content::Unchanged
        } else {
            self.tiles.fetch_add(1, Ordering::Relaxed);
            match (splice::tile(skeleton, coord, column, encoding)?, encoding) {
                (None, _) => Content::Empty,
                (Some(tile), Encoding::Identity) => Content::Plain(tile.into()),
                (Some(tile), Encoding::Gzip) => Content::Gzip(tile.into()),
            }
        };
        Ok(Answer { release: release.id().clone(), pinned, tag, content })
    }
}

/// The tiles of a target in a grid.
pub(super) fn skeleton<'r>(release: &Release, target: &Target<'r>, grid: &str) -> Result<&'r Skeleton, ServeError> {
    let grids = || target.set.grids.iter().map(|id| id.as_str());
    let known = release.grid(grid).is_some() && grids().any(|id| id == grid);
    let skeleton = if known { target.vintage.skeleton(grid) } else { None };
    skeleton.ok_or_else(|| ServeError::unknown("grid", grid, grids()))
}

fn check_zoom(skeleton: &Skeleton, coord: TileCoord) -> Result<(), ServeError> {
    let (min, max) = (skeleton.min_zoom(), skeleton.max_zoom());
    if (min..=max).contains(&coord.z()) {
        return Ok(());
    }
    Err(ServeError::NotFound(format!(
        "tile {coord} is not there: zooms go from {min} to {max}; overzoom tiles of zoom {max}"
    )))
}

/// A hash that tells this tile's bytes from all others', without reading the tile.
fn tag(skeleton: &Skeleton, column: Option<&Column>, coord: TileCoord) -> u64 {
    let mut hash = Xxh3::new();
    let tile = (u64::from(coord.z()) << 58) | (u64::from(coord.x()) << 29) | u64::from(coord.y());
    for part in [FORMAT, skeleton.hash(), tile, u64::from(column.is_some()), column.map_or(0, Column::hash)] {
        hash.update(&part.to_le_bytes());
    }
    hash.digest()
}
