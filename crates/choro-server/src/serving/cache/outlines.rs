//! Outlines of boundary sets for drawing, kept while there is room.

use crate::serving::error::ServeError;
use choro_bundle::{Fingerprint, Skeleton, Vintage};
use choro_model::grid::Grid;
use choro_tiles::skeleton::Outline;
use moka::future::Cache;
use std::sync::Arc;

/// The key of an outline: the fingerprint of its skeleton file, and the zoom. Where two releases have the same file, it is one
/// outline.
type OutlineKey = (Fingerprint, u8);

/// A cache of outlines, limited in bytes. However many requests wait for an outline, it is made once.
#[derive(Debug)]
pub(crate) struct OutlineCache(Cache<OutlineKey, Arc<Outline>>);

impl OutlineCache {
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &OutlineKey, outline: &Arc<Outline>| u32::try_from(outline.size()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(bytes).weigher(weight).build())
    }

    /// The outline of the skeleton file with the fingerprint `tiles` at a zoom; `read` makes it where it is not kept. That takes a
    /// while, so no thread that answers tiles may call this.
    pub async fn get(
        &self,
        tiles: Fingerprint,
        zoom: u8,
        read: impl FnOnce() -> Result<Outline, ServeError>,
    ) -> Result<Arc<Outline>, ServeError> {
        let load = async { Ok::<_, ServeError>(Arc::new(read()?)) };
        self.0.try_get_with((tiles, zoom), load).await.map_err(|error| ServeError::clone(&error))
    }
}

/// Reads an outline from the tiles of a vintage. `bounds`: west, south, east and north of the set, in degrees.
pub(crate) fn read(
    vintage: &Vintage,
    skeleton: &Skeleton,
    grid: &Grid,
    bounds: [f64; 4],
    zoom: u8,
) -> Result<Outline, ServeError> {
    Ok(vintage.outline(skeleton, zoom.clamp(skeleton.min_zoom(), skeleton.max_zoom()), window(grid, bounds))?)
}

/// The columns between which a set lies, as fractions of the grid's width. In a grid that wraps around, a set may run past the
/// edge.
fn window(grid: &Grid, [west, south, east, _]: [f64; 4]) -> [f64; 2] {
    let column = |lon| grid.project(lon, south).map(|point| point[0]);
    match (grid.wraps(), column(west), column(east)) {
        (true, Some(west), Some(east)) if west < east => [west, east],
        _ => [0.0, 1.0],
    }
}
