//! What is asked for: which tiles, of which selections, in which coding, and that no URL comes twice in a round.

use crate::common::{
    release::{Draw, Gaps, Release},
    sets::{Areas, GRID},
};
use anyhow::{Context as _, ensure};
use choro_bundle::Part;
use choro_model::{Encoding, grid::TileCoord};
use std::collections::HashSet;

/// Tiles of each zoom in the mixed list.
const EACH_ZOOM: usize = 20;
/// Tiles in the heavy list.
const HEAVY: usize = 24;
/// The deepest zoom of the heavy list.
const HEAVY_ZOOM: u8 = 4;
/// Maps that are looked at at once.
const MAPS: usize = 16;
/// How many times the bare handler's processor time mean and heavy tiles of never-seen selections may take.
const MEAN_TARGET: f64 = 1.25;
const HEAVY_TARGET: f64 = 1.5;

/// Which tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tiles {
    /// As many of each zoom.
    Mean,
    /// The largest of the first zooms.
    Heavy,
    /// One of middle size.
    One,
}

/// Which server is compared with the bare one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// With this setting of `server.tail`.
    Choro(&'static str),
    Nginx,
}

/// Requests of one kind.
#[derive(Debug)]
pub struct Case {
    pub name: &'static str,
    pub areas: Areas,
    pub tiles: Tiles,
    pub encoding: Encoding,
    pub server: Server,
    pub coding: &'static str,
    /// The selections that never were asked for are drawn from.
    pub gaps: Option<Gaps>,
    /// Requests of a round.
    pub requests: usize,
    /// Requests of a pass, after which a fresh server knows nothing.
    pub pass: usize,
    /// Tiles that a map takes of a selection.
    pub view: usize,
    /// Whether the same few URLs are asked for again and again.
    pub seen: bool,
    pub target: Option<f64>,
}

const SUBJECTS: Case = Case {
    name: "",
    areas: Areas::Subjects,
    tiles: Tiles::Mean,
    encoding: Encoding::Mvt,
    server: Server::Choro("stored"),
    coding: "gzip",
    gaps: None,
    requests: 60_000,
    pass: 20_000,
    view: 24,
    seen: false,
    target: None,
};
const COUNTIES: Case = Case { areas: Areas::Counties, requests: 30_000, pass: 15_000, ..SUBJECTS };
/// All tiles of 624 selections, once.
const HEAVY_COUNTIES: Case = Case { tiles: Tiles::Heavy, requests: 14_976, ..COUNTIES };

pub const CASES: [Case; 21] = [
    Case { name: "never seen, gaps scattered", gaps: Some(Gaps::Scattered), target: Some(MEAN_TARGET), ..SUBJECTS },
    Case { name: "never seen, gaps in the same areas", gaps: Some(Gaps::SameAreas), target: Some(MEAN_TARGET), ..SUBJECTS },
    Case { name: "never seen, gaps in blocks", gaps: Some(Gaps::Blocks), target: Some(MEAN_TARGET), ..SUBJECTS },
    Case { name: "seen", seen: true, ..SUBJECTS },
    Case { name: "first tile of each selection", requests: 25_190, pass: 2_519, view: 1, ..SUBJECTS },
    Case { name: "never seen", target: Some(MEAN_TARGET), ..COUNTIES },
    Case { name: "never seen, compressed tail", server: Server::Choro("compressed"), ..COUNTIES },
    Case { name: "never seen, Brotli", coding: "br", ..COUNTIES },
    Case { name: "never seen, Zstandard", coding: "zstd", ..COUNTIES },
    Case { name: "never seen, identity", coding: "identity", ..COUNTIES },
    Case { name: "never seen, MLT", encoding: Encoding::Mlt, ..COUNTIES },
    Case { name: "seen", seen: true, ..COUNTIES },
    Case { name: "seen, MLT", encoding: Encoding::Mlt, seen: true, ..COUNTIES },
    Case { name: "first tile of each selection", requests: 3_145, pass: 629, view: 1, ..COUNTIES },
    Case { name: "never seen", target: Some(HEAVY_TARGET), ..HEAVY_COUNTIES },
    Case { name: "never seen, compressed tail", server: Server::Choro("compressed"), ..HEAVY_COUNTIES },
    Case { name: "never seen, Brotli", coding: "br", ..HEAVY_COUNTIES },
    Case { name: "never seen, Zstandard", coding: "zstd", ..HEAVY_COUNTIES },
    Case { name: "never seen, identity", coding: "identity", ..HEAVY_COUNTIES },
    Case { name: "never seen, MLT", encoding: Encoding::Mlt, ..HEAVY_COUNTIES },
    Case { name: "nginx, a file of gzip", tiles: Tiles::One, server: Server::Nginx, seen: true, ..COUNTIES },
];

impl Case {
    /// How it stands in the table, in small letters.
    pub fn title(&self) -> String {
        format!("{}, {:?} {}", self.areas.id(), self.tiles, self.name).to_lowercase()
    }

    /// The paths of the tiles.
    pub fn paths(&self, release: &Release) -> anyhow::Result<Vec<String>> {
        let vintage = release.bundle.vintage(self.areas.id(), None).context("the boundary set")?;
        let skeleton = vintage.skeleton(GRID).context("the grid")?;
        let tiles: Vec<TileCoord> = skeleton.tiles().collect();
        let size = |tile: &TileCoord| skeleton.find(*tile).map_or(0, |found| skeleton.raw_length(found, Part::Keyed));
        let tiles = match self.tiles {
            Tiles::Mean => mean(&tiles),
            Tiles::Heavy => heaviest(tiles, size),
            Tiles::One => middle(mean(&tiles), size),
        };
        let (set, ending) = (self.areas.id(), self.encoding.as_str());
        let path = |tile: &TileCoord| format!("/tiles/{set}/{GRID}/{}/{}/{}.{ending}", tile.z(), tile.x(), tile.y());
        Ok(tiles.iter().map(path).collect())
    }

    /// The selections to draw from, and one more whose answers the bare server gives.
    pub fn draws<'r>(&self, release: &'r Release) -> anyhow::Result<(&'r Draw, Vec<&'r Draw>)> {
        let mine = |draw: &&Draw| draw.areas == self.areas && self.gaps.is_none_or(|gaps| draw.gaps == gaps);
        let mut all = release.draws.iter().filter(mine);
        Ok((all.next().context("a selection")?, all.collect()))
    }

    /// The URLs of a round: some maps at once, each of another selection, until each has its tiles; then the next ones. None of
    /// them comes twice but in a seen case.
    pub fn urls(&self, paths: &[String], draws: &[&Draw]) -> anyhow::Result<Vec<String>> {
        let count = if self.seen { 1 } else { draws.len() };
        let url = |i: usize| {
            let (maps, within) = (i / (MAPS * self.view), i % (MAPS * self.view));
            let (map, tile) = (maps * MAPS + within % MAPS, within / MAPS);
            let (draw, turn) = (map % count, map / count);
            format!("{}?{}", paths[(draw + turn * self.view + tile) % paths.len()], draws[draw].query())
        };
        let urls: Vec<String> = (0..self.requests).map(url).collect();
        let different: HashSet<&String> = urls.iter().collect();
        ensure!(self.seen || different.len() == urls.len(), "{}: a URL comes twice", self.name);
        Ok(urls)
    }
}

/// As many tiles of each zoom, evenly spaced.
fn mean(tiles: &[TileCoord]) -> Vec<TileCoord> {
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

/// The one nearest to the mean size.
fn middle(mut tiles: Vec<TileCoord>, size: impl Fn(&TileCoord) -> usize) -> Vec<TileCoord> {
    let mean = tiles.iter().map(&size).sum::<usize>() / tiles.len().max(1);
    tiles.sort_by_key(|tile| size(tile).abs_diff(mean));
    tiles.truncate(1);
    tiles
}
