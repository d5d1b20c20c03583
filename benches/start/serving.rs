//! A server's first tile, and its memory while it answers random selections.

use crate::{
    common::{
        load::{self, Connection},
        median,
        process::{self, Process},
        release::{Draw, Release},
        sets::{Areas, GRID},
    },
    line,
};
use anyhow::Context as _;
use choro_model::grid::TileCoord;
use fastrand::Rng;
use std::{path::Path, time::Instant};

const RUNS: usize = 7;
const REQUESTS: usize = 100_000;
/// Milliseconds from the start of the process to the first tile.
const FIRST_TARGET: f64 = 50.0;
/// MB in memory.
const MEMORY_TARGET: f64 = 64.0;

/// The URL of a tile of a selection.
pub fn url(coord: TileCoord, draw: &Draw) -> String {
    let (set, query) = (draw.areas.id(), draw.query());
    format!("/tiles/{set}/{GRID}/{}/{}/{}.mvt?{query}", coord.z(), coord.x(), coord.y())
}

pub fn first_tile(bundle: &Path, release: &Release) -> anyhow::Result<()> {
    let url = url(TileCoord::new(0, 0, 0)?, &release.draws[0]);
    let run = |_| -> anyhow::Result<f64> {
        let begun = Instant::now();
        let server = Process::start(&mut process::choro(bundle))?;
        Connection::open(server.address, "gzip")?.get(&url)?;
        Ok(begun.elapsed().as_secs_f64() * 1e3)
    };
    let runs: Vec<f64> = (0..RUNS).map(run).collect::<anyhow::Result<_>>()?;
    line("first tile after the start of the process, median of 7", median(runs.into_iter()), FIRST_TARGET, "ms");
    Ok(())
}

/// Random tiles of random selections.
pub fn memory(bundle: &Path, release: &Release) -> anyhow::Result<()> {
    let skeleton = release.bundle.vintage(Areas::Subjects.id(), None).and_then(|vintage| vintage.skeleton(GRID));
    let tiles: Vec<TileCoord> = skeleton.context("the tiles")?.tiles().collect();
    let mut rng = Rng::with_seed(2);
    let mut any = || url(tiles[rng.usize(..tiles.len())], &release.draws[rng.usize(..release.draws.len())]);
    let urls: Vec<String> = (0..REQUESTS).map(|_| any()).collect();
    let server = Process::start(&mut process::choro(bundle))?;
    load::run(server.address, "gzip", &urls)?;
    let [now, most] = server.memory()?;
    line("memory after 100,000 random tiles", now, MEMORY_TARGET, "MB");
    line("most memory during them", most, MEMORY_TARGET, "MB");
    Ok(())
}
