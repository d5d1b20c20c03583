//! Outlines of boundary sets for drawing, kept while there is room.

use crate::serving::error::ServeError;
use choro_bundle::{Fingerprint, Skeleton, Vintage};
use choro_model::grid::Grid;
use choro_tiles::skeleton::Outline;
use moka::future::Cache;
use std::sync::Arc;

/// Which outline: of the skeleton file with this content, at this zoom. Equal files of two releases are one.
type OutlineKey = (Fingerprint, u8);

/// A cache of outlines, weighed in bytes; each is made once however many wait for it.
#[derive(Debug)]
pub(crate) struct OutlineCache(Cache<OutlineKey, Arc<Outline>>);

impl OutlineCache {
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &OutlineKey, outline: &Arc<Outline>| u32::try_from(outline.size()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(bytes).weigher(weight).build())
    }

    /// The outline that `read` reads, of the skeleton file with this content at a zoom. It takes a while: on no thread that answers.
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

/// Reads an outline from the tiles of a vintage. `bounds`: of the set in degrees.
pub(crate) fn read(
    vintage: &Vintage,
    skeleton: &Skeleton,
    grid: &Grid,
    bounds: [f64; 4],
    zoom: u8,
) -> Result<Outline, ServeError> {
    Ok(vintage.outline(skeleton, zoom.clamp(skeleton.min_zoom(), skeleton.max_zoom()), window(grid, bounds))?)
}

/// Between which fractions of the grid a set lies: in a grid that wraps it may run past the edge.
fn window(grid: &Grid, [west, south, east, _]: [f64; 4]) -> [f64; 2] {
    let column = |lon| grid.project(lon, south).map(|point| point[0]);
    match (grid.wraps(), column(west), column(east)) {
        (true, Some(west), Some(east)) if west < east => [west, east],
        _ => [0.0, 1.0],
    }
}
