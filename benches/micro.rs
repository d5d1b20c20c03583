//! The parts of the way of the data that processor time goes to.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

#[path = "common/mod.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod common;

use choro_bundle::{
    Coding, Part as TilePart,
    encode::{
        context::Context,
        geojson::{Values, collection},
        splice::{Spliced, Tail},
    },
};
use choro_figures::classify::{self, Method};
use choro_intake::{
    join::{KnownArea, join},
    statistics::{FileLabel, Intake, LabelKind, LabelledCell, LabelledCells, comparison_key},
};
use choro_model::{Area, BoundarySet, Cell, Lang, Period, Selection, grid::Grid};
use choro_tiles::{
    skeleton::{AreaLabel, CutTile, Skeletons},
    topology::{Topology, significance},
};
use common::{
    release::{self, Gaps, Part, Release, Series, ZOOMS},
    sets::{Areas, GRID},
};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::{convert::Infallible, hint::black_box, time::Duration};
use tempfile::TempDir;

/// Selections of the table that is joined.
const COLUMNS: u32 = 12;

/// Counties with a selection without gaps, and one with.
fn counties(set: &BoundarySet) -> (TempDir, Release) {
    let series = [Gaps::Nowhere, Gaps::Scattered].map(|gaps| Series { gaps, years: 2024..2025, sexes: 1, ages: 5 });
    let dir = tempfile::tempdir().unwrap();
    let part = Part { areas: Areas::Counties, set, zooms: ZOOMS, mlt: false, series: &series };
    let release = release::build(dir.path(), &[part]).unwrap();
    (dir, release)
}

fn splice(c: &mut Criterion) {
    let (_dir, release) = counties(&Areas::Counties.load().unwrap());
    let skeleton = release.bundle.vintage(Areas::Counties.id(), None).unwrap().skeleton(GRID).unwrap();
    let mut tiles: Vec<_> = skeleton.tiles().collect();
    tiles.sort_by_key(|coord| skeleton.raw_length(skeleton.find(*coord).unwrap(), TilePart::Keyed));
    for (weight, coord) in [("light", tiles[tiles.len() / 2]), ("heavy", tiles[tiles.len() - 1])] {
        for gaps in [Gaps::Nowhere, Gaps::Scattered] {
            let column = release.column(release.draw(Areas::Counties, gaps).unwrap()).unwrap();
            let mut bench = |name: &str, tail: Tail, coding: Coding| {
                let spliced = |coord| Spliced::new(skeleton, coord, Some(&column), tail).unwrap();
                // Small tiles are left as they are.
                if spliced(coord).size(coding).is_none() {
                    return;
                }
                let splice = || spliced(black_box(coord)).bytes(coding).unwrap();
                c.bench_function(&format!("splice {weight}, gaps {gaps:?}, {name}"), |b| b.iter(splice));
            };
            Coding::ALL.into_iter().for_each(|coding| bench(coding.as_str(), Tail::Stored, coding));
            bench("gzip, compressed tail", Tail::Compressed, Coding::Gzip);
        }
    }
    let draw = release.draw(Areas::Counties, Gaps::Scattered).unwrap();
    c.bench_function("read a column of counties", |b| b.iter(|| release.column(draw).unwrap()));
}

fn geometry(c: &mut Criterion) {
    for areas in [Areas::Subjects, Areas::Counties] {
        let (set, name) = (areas.load().unwrap(), areas.id());
        let geometries = || set.areas.iter().map(|area| area.geometry.as_ref());
        c.bench_function(&format!("topology of {name}"), |b| b.iter(|| Topology::new(geometries())));
        let topology = Topology::new(geometries());
        let point = |vertex: &u32| topology.vertices()[*vertex as usize];
        let line = |arc: u32| topology.arc(arc).iter().map(point).collect();
        let lines: Vec<Vec<[f64; 2]>> = (0..u32::try_from(topology.arc_count()).unwrap()).map(line).collect();
        let simplify = || lines.iter().map(|line| significance(line).len()).sum::<usize>();
        c.bench_function(&format!("simplification of {name}"), |b| b.iter(simplify));
        let labels: Vec<AreaLabel> = set.areas.iter().map(label).collect();
        let skeletons = Skeletons::new(&topology, &Grid::web_mercator().unwrap(), &labels);
        for zoom in [2, 6] {
            c.bench_function(&format!("shapes of {name}, zoom {zoom}"), |b| b.iter(|| skeletons.shapes(black_box(zoom))));
            // What it takes longer than the shapes is clipping and encoding.
            let build = || {
                let mut bytes = 0;
                let count = |tile: &CutTile<'_>| {
                    bytes += tile.mvt().shared.len();
                    Ok::<_, Infallible>(())
                };
                skeletons.build(zoom..=zoom, count).unwrap();
                bytes
            };
            c.bench_function(&format!("skeletons of {name}, zoom {zoom}"), |b| b.iter(build));
        }
    }
}

fn label(area: &Area) -> AreaLabel {
    AreaLabel { code: area.code.to_string(), name: String::new(), names: Vec::new(), point: None }
}

fn tables(c: &mut Criterion) {
    let set = Areas::Counties.load().unwrap();
    let known = |area: &Area| KnownArea {
        code: area.code.clone(),
        names: area.names.0.values().cloned().collect(),
        parent: Vec::new(),
        has_polygon: true,
    };
    let known: Vec<KnownArea> = set.areas.iter().map(known).collect();
    let (_dir, release) = counties(&set);
    let indicator = &release.bundle.catalog().indicators[1].indicator;
    let selection = Selection::new(indicator, Period::year(2024).unwrap(), &[]).unwrap();
    c.bench_function("join of 12 columns of counties", |b| {
        let joined = |intake| join(intake, &known, None).unwrap().observations().count();
        b.iter_batched(|| intake(&set, &selection), joined, BatchSize::LargeInput);
    });
    let column = release.column(release.draw(Areas::Counties, Gaps::Scattered).unwrap()).unwrap();
    let values: Vec<f64> = column.cells().filter_map(|cell| cell.number()).collect();
    for method in [Method::Quantile, Method::Equal, Method::Ckmeans] {
        let options =
            classify::Options { breaks: classify::BreakRule::new(method, None).unwrap(), ..classify::Options::default() };
        c.bench_function(&format!("classes of counties, {}", method.as_str()), |b| {
            b.iter(|| classify::classify(black_box(&values), indicator, &options).unwrap());
        });
    }
}

/// A table of which every label is a code.
fn intake(set: &BoundarySet, selection: &Selection) -> Intake {
    let label = |(area, row): (&Area, u32)| {
        let text = area.code.to_string();
        FileLabel { key: comparison_key(&text), text, kind: LabelKind::Area, row, rows: 1 }
    };
    let cell = |label: u32, selection: u32| {
        let cell = Cell::Value(f64::from(label + selection));
        LabelledCell { label, selection, sheet: 0, row: label + 1, column: selection, cell, status: None }
    };
    let areas = u32::try_from(set.areas.len()).unwrap();
    let year = |number: u32| Period::year(2000 + u16::try_from(number).unwrap()).unwrap();
    let mut cells = LabelledCells::default();
    for label in 0..areas {
        (0..COLUMNS).for_each(|selection| cells.push(cell(label, selection)).unwrap());
    }
    Intake {
        labels: set.areas.iter().zip(1..).map(label).collect(),
        selections: (0..COLUMNS).map(|number| Selection { period: year(number), ..selection.clone() }).collect(),
        cells,
        ..Intake::default()
    }
}

fn geojson(c: &mut Criterion) {
    let (_dir, release) = counties(&Areas::Counties.load().unwrap());
    let vintage = release.bundle.vintage(Areas::Counties.id(), None).unwrap();
    let (full, set) = (vintage.geometry().unwrap(), &release.bundle.catalog().boundary_sets[0].id);
    let lang = Lang::new("en").unwrap();
    let (areas, release_id, vintage_id) = (vintage.areas(), release.bundle.release(), vintage.id());
    let context = Context { release: release_id, set, vintage: vintage_id, areas, lang: &lang, attribution: "" };
    let indicator = &release.bundle.catalog().indicators[1].indicator;
    let selection = Selection::new(indicator, Period::year(2024).unwrap(), &[]).unwrap();
    let column = release.bundle.column(Areas::Counties.id(), &selection).unwrap().unwrap();
    let values = Values { indicator, selection: &selection, column: &column };
    c.bench_function("GeoJSON of counties", |b| b.iter(|| collection(&context, black_box(&full), Some(values)).unwrap()));
    c.bench_function("counties generalised for zoom 4", |b| b.iter(|| vintage.generalised(black_box(4)).unwrap()));
}

fn quick() -> Criterion {
    Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1))
}

criterion_group! {
    name = micro;
    config = quick();
    targets = splice, geometry, tables, geojson
}
criterion_main!(micro);
