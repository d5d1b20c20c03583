//! One build, in a process of its own, since the most memory is counted for a process.

use crate::{
    common::{
        clock::timed,
        process::memory,
        release::{self, Gaps, Part, Release, Series},
        sets::{Areas, GRID},
    },
    requests,
};
use anyhow::{Context as _, bail};
use choro_bundle::{
    Coding, Skeleton, ZoomRange,
    encode::splice::{Spliced, Tail},
};
use geo::CoordsIter as _;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The first argument that means: build this point. The second is the point, the third the folder.
pub const ARGUMENT: &str = "point";
/// How often the tiles are spliced.
const SPLICES: usize = 200;

/// What is built.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    areas: Areas,
    pub max_zoom: u8,
    indicators: usize,
    years: u16,
    codes: usize,
}

impl Point {
    pub const fn new(areas: Areas) -> Self {
        Self { areas, max_zoom: 8, indicators: 3, years: 10, codes: 1 }
    }

    pub const fn zoom(self, max_zoom: u8) -> Self {
        Self { max_zoom, ..self }
    }

    pub const fn values(self, indicators: usize, years: u16, codes: usize) -> Self {
        Self { indicators, years, codes, ..self }
    }

    /// As arguments of the process that builds.
    pub fn arguments(self) -> Vec<String> {
        let (side, steps) = if let Areas::Squares(side, steps) = self.areas { (side, steps) } else { (0, 0) };
        let numbers = [side, steps, self.max_zoom.into(), self.indicators, self.years.into(), self.codes];
        [self.areas.id().to_owned()].into_iter().chain(numbers.map(|number| number.to_string())).collect()
    }

    fn parse(arguments: &[String]) -> anyhow::Result<Self> {
        let [areas, numbers @ ..] = arguments else { bail!("no point") };
        let numbers: Vec<usize> = numbers.iter().map(|number| number.parse()).collect::<Result<_, _>>()?;
        let [side, steps, max_zoom, indicators, years, codes] = numbers.as_slice() else { bail!("six numbers") };
        let all = [Areas::Subjects, Areas::Counties, Areas::Municipalities, Areas::Squares(*side, *steps)];
        let areas = all.into_iter().find(|known| known.id() == areas).context("the boundary set")?;
        let (max_zoom, years) = (u8::try_from(*max_zoom)?, u16::try_from(*years)?);
        Ok(Self { areas, max_zoom, indicators: *indicators, years, codes: *codes })
    }

    fn series(self) -> Vec<Series> {
        let gaps = [Gaps::Scattered, Gaps::SameAreas, Gaps::Blocks].into_iter().cycle().take(self.indicators);
        gaps.map(|gaps| Series { gaps, years: 2000..2000 + self.years, sexes: 1, ages: self.codes }).collect()
    }
}

/// What a build took.
#[derive(Debug, Serialize, Deserialize)]
pub struct Built {
    pub release: String,
    pub areas: usize,
    pub vertices: usize,
    pub tiles: usize,
    pub selections: usize,
    /// Seconds of processor time, without reading the boundaries.
    pub cpu: f64,
    pub megabytes: f64,
    /// The most memory in MB.
    pub memory: f64,
    /// Microseconds for a tile of the mean list, gzip.
    pub splice: f64,
}

/// The process: builds, writes the requests for a server, and prints what it took.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    let [folder, point @ ..] = arguments else { bail!("no folder") };
    let (folder, point) = (Path::new(folder), Point::parse(point)?);
    let set = point.areas.load()?;
    // proc(5): forgets the most memory so far.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let (zooms, series) = (ZoomRange { min: 0, max: point.max_zoom }, point.series());
    let part = Part { areas: point.areas, set: &set, zooms, mlt: false, series: &series };
    let (release, cpu) = timed(|| release::build(folder, &[part]))?;
    let [_, memory] = memory(std::process::id())?;
    let skeleton = release.bundle.vintage(point.areas.id(), None).and_then(|vintage| vintage.skeleton(GRID));
    let skeleton = skeleton.context("the tiles")?;
    requests::write(folder, &release, skeleton)?;
    let built = Built {
        release: release.published.release.to_string(),
        areas: set.areas.len(),
        vertices: set.areas.iter().filter_map(|area| Some(area.geometry.as_ref()?.coords_count())).sum(),
        tiles: skeleton.tiles().count(),
        selections: release.draws.len(),
        cpu,
        megabytes: (release.published.written + release.published.linked) as f64 / 1e6,
        memory,
        splice: splice(&release, skeleton)?,
    };
    println!("{}", serde_json::to_string(&built)?);
    Ok(())
}

/// Microseconds for a tile.
fn splice(release: &Release, skeleton: &Skeleton) -> anyhow::Result<f64> {
    let column = release.column(&release.draws[0])?;
    let tiles = requests::mean(skeleton);
    let (_, seconds) = timed(|| {
        for coord in (0..SPLICES).flat_map(|_| &tiles) {
            let spliced = Spliced::new(skeleton, *coord, Some(&column), Tail::Stored).context("a tile")?;
            std::hint::black_box(spliced.bytes(Coding::Gzip)?);
        }
        Ok(())
    })?;
    Ok(seconds * 1e6 / (SPLICES * tiles.len()) as f64)
}
