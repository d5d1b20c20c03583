//! The processor time of the skeletons of one grid with their gzip prefixes, on one thread.

use crate::common::{clock::timed, median, sets::Areas};
use choro_bundle::{Coding, Prefixes, QUALITY};
use choro_model::{BoundarySet, Encoding, grid::Grid};
use choro_tiles::{
    skeleton::{AreaLabel, CutTile, Skeletons},
    topology::Topology,
};
use geo::{CoordsIter as _, InteriorPoint as _};

const RUNS: usize = 3;
const MAX_ZOOM: u8 = 8;
/// Seconds that the sets may take.
const TARGETS: [(Areas, f64); 3] = [(Areas::Subjects, 0.4), (Areas::Counties, 0.5), (Areas::Municipalities, 6.0)];

pub fn print() -> anyhow::Result<()> {
    println!("\nSkeletons with gzip prefixes, one grid, zooms 0 to {MAX_ZOOM}, one thread; medians of {RUNS} runs\n");
    println!("| set | areas | vertices | tiles | s | target | as MLT, s |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (areas, target) in TARGETS {
        let set = areas.load()?;
        let vertices: usize = set.areas.iter().filter_map(|area| Some(area.geometry.as_ref()?.coords_count())).sum();
        let labels = labels(&set);
        let measure = |encoding| {
            let run = |_| timed(|| prefixes(&set, &labels, encoding));
            let runs: Vec<(usize, f64)> = (0..RUNS).map(run).collect::<anyhow::Result<_>>()?;
            Ok::<_, anyhow::Error>((runs[0].0, median(runs.iter().map(|(_, seconds)| *seconds))))
        };
        let ((tiles, seconds), (_, mlt)) = (measure(Encoding::Mvt)?, measure(Encoding::Mlt)?);
        println!("| {} | {} | {vertices} | {tiles} | {seconds:.2} | {target} | {mlt:.2} |", areas.id(), set.areas.len());
    }
    Ok(())
}

/// Makes what gzip needs of each tile; how many tiles there are.
fn prefixes(set: &BoundarySet, labels: &[AreaLabel], encoding: Encoding) -> anyhow::Result<usize> {
    let mut prefixes = Prefixes::new(QUALITY)?;
    let mut tiles = 0;
    each(set, labels, |cut| {
        let tile = cut.encoded(encoding)?;
        prefixes.make(&tile.shared, Coding::Gzip)?;
        prefixes.make(&tile.keyed, Coding::Gzip)?;
        prefixes.whole(&tile.plain, Coding::Gzip)?;
        tiles += 1;
        Ok(())
    })?;
    Ok(tiles)
}

/// Cuts the tiles of a set.
pub fn each(
    set: &BoundarySet,
    labels: &[AreaLabel],
    sink: impl FnMut(&CutTile<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let topology = Topology::new(set.areas.iter().map(|area| area.geometry.as_ref()));
    Skeletons::new(&topology, &Grid::web_mercator()?, labels).build(0..=MAX_ZOOM, sink)
}

/// What the tiles say of the areas.
pub fn labels(set: &BoundarySet) -> Vec<AreaLabel> {
    let label = |area: &choro_model::Area| AreaLabel {
        code: area.code.to_string(),
        name: area.names.0.values().next().cloned().unwrap_or_default(),
        names: area.names.0.iter().map(|(lang, name)| (lang.to_string(), name.clone())).collect(),
        point: area.geometry.as_ref().and_then(|shape| shape.interior_point()).map(|point| [point.x(), point.y()]),
    };
    set.areas.iter().map(label).collect()
}
