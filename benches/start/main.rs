//! The first tile of a server, its memory under load, what a new period costs, and a table of many periods.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod common;
mod periods;
mod publishing;
mod serving;

use choro_model::BoundarySet;
use common::{
    release::{self, Gaps, Part, Release, Series, ZOOMS},
    sets::Areas,
};
use std::path::Path;

const YEARS: std::ops::Range<u16> = 2000..2020;

/// 83 areas, 40 indicators, 20 years, 12 breakdowns: 796,800 values.
fn subjects() -> Vec<Series> {
    let gaps = [Gaps::Scattered, Gaps::SameAreas, Gaps::Blocks].into_iter().cycle().take(40);
    gaps.map(|gaps| Series { gaps, years: YEARS, sexes: 3, ages: 4 }).collect()
}

fn build(releases: &Path, set: &BoundarySet, series: &[Series]) -> anyhow::Result<Release> {
    release::build(releases, &[Part { areas: Areas::Subjects, set, zooms: ZOOMS, mlt: false, series }])
}

/// A line of the table.
fn line(what: &str, measured: f64, target: f64, unit: &str) {
    println!("| {what} | {measured:.1} {unit} | {target:.1} {unit} |");
}

fn main() -> anyhow::Result<()> {
    let (dir, set) = (tempfile::tempdir()?, Areas::Subjects.load()?);
    let release = build(dir.path(), &set, &subjects())?;
    println!(
        "\n{} areas, {} selections, {} values\n",
        set.areas.len(),
        release.draws.len(),
        set.areas.len() * release.draws.len()
    );
    println!("| what | measured | at most |");
    println!("|---|--:|--:|");
    let bundle = dir.path().join(release.bundle.release().as_str());
    serving::first_tile(&bundle, &release)?;
    serving::memory(&bundle, &release)?;
    publishing::measure(dir.path(), &set)?;
    periods::measure()
}
