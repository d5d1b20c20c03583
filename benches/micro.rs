//! The parts of the way of the data that processor time goes to: the splice, the shared arcs, the shapes of a zoom.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

#[path = "common/release.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod release;

use choro::{
    bundle::{Column, Part},
    encode::splice::{Encoding, tile},
    grid::Grid,
    model::{Period, Selection},
    skeleton::{AreaLabel, Skeletons},
    topology::Topology,
};
use criterion::{Criterion, criterion_group, criterion_main};
use release::{GRID, Gaps, Release, SET};
use std::{hint::black_box, time::Duration};

fn column(release: &Release, gaps: Gaps) -> Column {
    let draw = release.draws.iter().find(|draw| draw.gaps == gaps).unwrap();
    let catalog = release.bundle.catalog();
    let indicator = catalog.indicators.iter().find(|known| known.indicator.id.as_str() == draw.indicator).unwrap();
    let period = Period::year(draw.year).unwrap();
    let selection = Selection::new(&indicator.indicator, period, &[("sex", draw.sex), ("age", draw.age)]).unwrap();
    release.bundle.column(SET, &selection).unwrap().unwrap()
}

fn splice(c: &mut Criterion) {
    let dir = tempfile::tempdir().unwrap();
    let release = release::build(dir.path(), &[Gaps::Nowhere, Gaps::Scattered]).unwrap();
    let skeleton = release.bundle.vintage(SET, None).unwrap().skeleton(GRID).unwrap();
    let size = |coord| skeleton.find(coord).unwrap().raw_length(Part::Keyed);
    let heavy = skeleton.tiles().filter(|coord| coord.z() <= 4).max_by_key(|coord| size(*coord)).unwrap();
    let mut sizes: Vec<_> = skeleton.tiles().map(|coord| (size(coord), coord)).collect();
    sizes.sort_by_key(|(size, _)| *size);
    let light = sizes[sizes.len() / 2].1;
    for (weight, coord) in [("light", light), ("heavy", heavy)] {
        for gaps in [Gaps::Nowhere, Gaps::Scattered] {
            let column = column(&release, gaps);
            for encoding in [Encoding::Identity, Encoding::Gzip] {
                c.bench_function(&format!("splice {weight} tile, gaps {gaps:?}, {encoding:?}"), |b| {
                    b.iter(|| tile(skeleton, black_box(coord), Some(&column), encoding).unwrap());
                });
            }
        }
    }
    c.bench_function("read a column", |b| b.iter(|| column(&release, Gaps::Scattered)));
}

fn geometry(c: &mut Criterion) {
    let set = release::boundaries().unwrap();
    let geometries = || set.areas.iter().map(|area| area.geometry.as_ref());
    c.bench_function("topology", |b| b.iter(|| Topology::new(geometries())));
    let topology = Topology::new(geometries());
    let label = |area: &choro::model::Area| AreaLabel {
        code: area.code.to_string(),
        name: String::new(),
        names: Vec::new(),
        point: None,
    };
    let labels: Vec<AreaLabel> = set.areas.iter().map(label).collect();
    let skeletons = Skeletons::new(&topology, &Grid::web_mercator().unwrap(), &labels);
    for zoom in [2, 6] {
        c.bench_function(&format!("shapes of zoom {zoom}"), |b| b.iter(|| skeletons.shapes(black_box(zoom))));
    }
}

fn quick() -> Criterion {
    Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2))
}

criterion_group! {
    name = micro;
    config = quick();
    targets = splice, geometry
}
criterion_main!(micro);
