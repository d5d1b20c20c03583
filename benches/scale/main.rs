//! How building and serving grow with areas, vertices, zooms and selections.
//!
//! ```text
//! point -> a process that builds -> a server under load -> table, chart
//! ```
//!
//! `cargo bench --bench scale` takes about ten minutes and 5 GB in the temporary folder; `-- areas` (or another axis) only that one.
//! It draws docs/performance/AXIS.svg.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

mod chart;
#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod common;
mod measure;
mod point;
mod requests;

use chart::{Chart, Line};
use common::sets::Areas::{Counties, Municipalities, Squares, Subjects};
use measure::Measured;
use point::Point;
use std::path::Path;

/// Where a point lies in a drawing, and what is written there.
type Place = fn(&Measured) -> (f64, String);

/// What is varied.
struct Axis {
    name: &'static str,
    title: &'static str,
    points: &'static [Point],
    /// None: the points are no series.
    at: Option<Place>,
}

const AXES: [Axis; 5] = [
    Axis {
        name: "sets",
        title: "real boundary sets",
        points: &[Point::new(Subjects), Point::new(Counties), Point::new(Municipalities).zoom(10)],
        at: None,
    },
    Axis {
        name: "areas",
        title: "areas: squares of 12 vertices, zooms 0 to 8",
        points: &[
            Point::new(Squares(16, 3)),
            Point::new(Squares(32, 3)),
            Point::new(Squares(64, 3)),
            Point::new(Squares(128, 3)),
            Point::new(Squares(245, 3)),
        ],
        at: Some(|measured| (measured.built.areas as f64, measured.built.areas.to_string())),
    },
    Axis {
        name: "vertices",
        title: "vertices: 1,024 squares, zooms 0 to 8",
        points: &[
            Point::new(Squares(32, 10)),
            Point::new(Squares(32, 40)),
            Point::new(Squares(32, 160)),
            Point::new(Squares(32, 640)),
        ],
        at: Some(|measured| (measured.built.vertices as f64, measured.built.vertices.to_string())),
    },
    Axis {
        name: "zooms",
        title: "tiles: 2,492 municipalities from zoom 0",
        points: &[
            Point::new(Municipalities).zoom(4),
            Point::new(Municipalities).zoom(6),
            Point::new(Municipalities).zoom(8),
            Point::new(Municipalities).zoom(10),
        ],
        at: Some(|measured| (measured.built.tiles as f64, format!("{} (z{})", measured.built.tiles, measured.max_zoom))),
    },
    Axis {
        name: "selections",
        title: "selections: 3,231 counties, zooms 0 to 8",
        points: &[
            Point::new(Counties).values(1, 20, 50),
            Point::new(Counties).values(10, 20, 50),
            Point::new(Counties).values(100, 20, 50),
        ],
        at: Some(|measured| (measured.built.selections as f64, measured.built.selections.to_string())),
    },
];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [first, rest @ ..] = arguments.as_slice()
        && first == point::ARGUMENT
    {
        return point::run(rest);
    }
    let wanted = |axis: &&Axis| arguments.is_empty() || arguments.iter().any(|name| name == axis.name);
    AXES.iter().filter(wanted).try_for_each(show)
}

fn show(axis: &Axis) -> anyhow::Result<()> {
    println!("\n{}\n", axis.title);
    println!("{}", measure::HEAD);
    let mut all = Vec::new();
    for point in axis.points {
        let measured = measure::measure(*point)?;
        println!("{}", measured.row());
        all.push(measured);
    }
    let Some(at) = axis.at else { return Ok(()) };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(axis.name).with_extension("svg"), chart(axis.title, at, &all).svg())?)
}

fn chart(title: &'static str, at: fn(&Measured) -> (f64, String), all: &[Measured]) -> Chart {
    let line = |name: &'static str, figure: fn(&Measured) -> f64| Line {
        name,
        points: all.iter().map(|measured| (at(measured).0, figure(measured))).collect(),
    };
    Chart {
        title,
        marks: all.iter().map(at).collect(),
        lines: vec![
            line("build, s of processor time", |measured| measured.built.cpu),
            line("bundle, MB", |measured| measured.built.megabytes),
            line("most memory of the build, MB", |measured| measured.built.memory),
            line("memory of the server, MB", |measured| measured.server),
            line("a request, µs of processor time", |measured| measured.request),
        ],
    }
}
