//! What the server of a built release is asked for.

use crate::common::{
    release::{Draw, Release},
    sets::GRID,
};
use choro_bundle::Skeleton;
use choro_model::grid::TileCoord;
use fastrand::Rng;
use std::path::Path;

/// Tiles of each zoom.
const EACH_ZOOM: usize = 20;
/// Requests of each kind.
const VIEWS: usize = 15_000;
const RANDOM: usize = 5_000;
/// Tiles that a map takes of a selection.
const VIEW: usize = 24;

/// A few selections, each on as many tiles as a map takes; then any tile of any selection.
pub const FILES: [&str; 2] = ["views.txt", "random.txt"];

/// Writes the URLs, a line each.
pub fn write(folder: &Path, release: &Release, skeleton: &Skeleton) -> anyhow::Result<()> {
    let tiles = mean(skeleton);
    let mut rng = Rng::with_seed(3);
    let few = &release.draws[..release.draws.len().min(VIEWS / VIEW)];
    // In turn, so that no URL comes twice while there are others.
    let view = |i: usize| url(tiles[(i % few.len() + i / few.len()) % tiles.len()], &few[i % few.len()]);
    let mut any = |_| url(tiles[rng.usize(..tiles.len())], &release.draws[rng.usize(..release.draws.len())]);
    let lists: [Vec<String>; 2] = [(0..VIEWS).map(view).collect(), (0..RANDOM).map(&mut any).collect()];
    for (file, urls) in FILES.iter().zip(lists) {
        std::fs::write(folder.join(file), urls.join("\n"))?;
    }
    Ok(())
}

/// As many tiles of each zoom, evenly spaced.
pub fn mean(skeleton: &Skeleton) -> Vec<TileCoord> {
    let tiles: Vec<TileCoord> = skeleton.tiles().collect();
    let zoom = |z: u8| tiles.iter().filter(move |tile| tile.z() == z);
    let few = |z: u8| zoom(z).step_by(zoom(z).count().div_ceil(EACH_ZOOM).max(1)).copied();
    (skeleton.min_zoom()..=skeleton.max_zoom()).flat_map(few).collect()
}

fn url(coord: TileCoord, draw: &Draw) -> String {
    let (set, query) = (draw.areas.id(), draw.query());
    format!("/tiles/{set}/{GRID}/{}/{}/{}.mvt?{query}", coord.z(), coord.x(), coord.y())
}
