//! What is asked for: which tiles, of which selections, in which coding, and that no URL comes twice in a round.

use crate::release::{Draw, GRID, Gaps, Release, SET};
use anyhow::{Context as _, ensure};
use choro::{bundle::Part, grid::TileCoord};
use std::collections::HashSet;

/// Tiles of each zoom in the mixed list.
const EACH_ZOOM: usize = 20;
/// Tiles in the heavy list.
const HEAVY: usize = 24;
/// The deepest zoom of the heavy list.
const HEAVY_ZOOM: u8 = 4;

/// Requests of one kind.
pub struct Case {
    pub name: &'static str,
    pub coding: &'static str,
    /// The selections that never were asked for are drawn from.
    pub gaps: Option<Gaps>,
    pub heavy: bool,
    /// Requests of a round.
    pub requests: usize,
    /// Requests of a pass, after which a fresh server knows nothing.
    pub pass: usize,
    /// Whether the same few URLs are asked for again and again.
    pub seen: bool,
}

const MIXED: Case =
    Case { name: "", coding: "gzip", gaps: None, heavy: false, requests: 100_000, pass: 20_000, seen: false };

/// The never-seen selections of the target: the first three.
pub const CASES: [Case; 7] = [
    Case { name: "never seen, gaps scattered", gaps: Some(Gaps::Scattered), ..MIXED },
    Case { name: "never seen, gaps in the same areas", gaps: Some(Gaps::SameAreas), ..MIXED },
    Case { name: "never seen, gaps in blocks", gaps: Some(Gaps::Blocks), ..MIXED },
    Case { name: "never seen, heavy tiles", heavy: true, requests: 60_000, ..MIXED },
    Case { name: "never seen, identity", coding: "identity", ..MIXED },
    Case { name: "first tile of each selection", requests: 25_190, pass: 2_519, ..MIXED },
    Case { name: "seen selection", seen: true, ..MIXED },
];
/// How many of them the target counts.
pub const TARGETED: usize = 3;

impl Case {
    /// The paths of the tiles.
    pub fn paths(&self, release: &Release) -> anyhow::Result<Vec<String>> {
        let vintage = release.bundle.vintage(SET, None).context("the boundary set")?;
        let skeleton = vintage.skeleton(GRID).context("the grid")?;
        let tiles: Vec<TileCoord> = skeleton.tiles().collect();
        let size = |tile: &TileCoord| skeleton.find(*tile).map_or(0, |entry| entry.raw_length(Part::Keyed));
        let tiles = if self.heavy { heaviest(tiles, size) } else { mixed(&tiles) };
        let path = |tile: &TileCoord| format!("/tiles/{SET}/{GRID}/{}/{}/{}.mvt", tile.z(), tile.x(), tile.y());
        Ok(tiles.iter().map(path).collect())
    }

    /// The selections to draw from, and one more whose answers the bare server gives.
    pub fn draws<'r>(&self, release: &'r Release) -> anyhow::Result<(&'r Draw, Vec<&'r Draw>)> {
        let mut all = release.draws.iter().filter(|draw| self.gaps.is_none_or(|gaps| draw.gaps == gaps));
        Ok((all.next().context("a selection")?, all.collect()))
    }

    /// The URLs of a round: each request another selection than the one before, and none of them twice but in a seen case.
    pub fn urls(&self, paths: &[String], draws: &[&Draw]) -> anyhow::Result<Vec<String>> {
        let count = if self.seen { 1 } else { draws.len() };
        let url = |i: usize| {
            let (draw, turn) = (i % count, i / count);
            format!("{}?{}", paths[(draw + turn) % paths.len()], draws[draw].query())
        };
        let urls: Vec<String> = (0..self.requests).map(url).collect();
        let different: HashSet<&String> = urls.iter().collect();
        ensure!(self.seen || different.len() == urls.len(), "{}: a URL comes twice", self.name);
        Ok(urls)
    }
}

/// As many tiles of each zoom, evenly spaced.
fn mixed(tiles: &[TileCoord]) -> Vec<TileCoord> {
    let zoom = |z: u8| tiles.iter().filter(move |tile| tile.z() == z);
    let few = |z: u8| zoom(z).step_by(zoom(z).count().div_ceil(EACH_ZOOM).max(1)).copied();
    (0..=8).flat_map(few).collect()
}

/// The largest tiles of the first zooms.
fn heaviest(mut tiles: Vec<TileCoord>, size: impl Fn(&TileCoord) -> usize) -> Vec<TileCoord> {
    tiles.retain(|tile| tile.z() <= HEAVY_ZOOM);
    tiles.sort_by_key(|tile| std::cmp::Reverse(size(tile)));
    tiles.truncate(HEAVY);
    tiles
}
