//! A small release: what a server has open.

use choro_bundle::{BoundaryInput, Build, BundleError, ValuesInput, ZoomRange};
use choro_figures::disclosure::{UnprotectedColumn, UnprotectedTable, protect_alone};
use choro_intake::boundary;
use choro_model::{BoundarySet, Cell, Figure, Indicator, Lang, ObsStatus, Selection, State, grid::Grid};
use std::{io::Write as _, path::Path};

const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]]]}},
{"type":"Feature","properties":{"code":"B"},"geometry":{"type":"Polygon","coordinates":[[[9,0],[18,0],[18,9],[9,9],[9,0]]]}},
{"type":"Feature","properties":{"code":"C"},"geometry":null}]}"#;

/// Publishes it in a folder; its id.
pub fn publish(dir: &Path, indicator: &Indicator) -> String {
    let set = areas();
    let (lang, grid) = (Lang::new("en").expect("a language"), Grid::web_mercator().expect("a grid"));
    let mut build = Build::begin(dir).expect("a folder");
    let input = BoundaryInput {
        set: &set.id,
        vintage: &set.vintage,
        names: &set.names,
        content_hash: "1",
        grids: &[&grid],
        zooms: ZoomRange { min: 0, max: 3 },
        most_outside: 1.0,
        mlt: true,
        lang: &lang,
    };
    build.add_vintage(input, || Ok::<_, BundleError>(set.clone())).expect("borders");
    let table = UnprotectedTable {
        set: &set.id,
        vintage: &set.vintage,
        indicator,
        period: "2020".parse().expect("a period"),
        areas: set.areas.iter().map(|area| area.code.clone()).collect(),
        columns: ["_T", "F"].map(|sex| column(indicator, sex)).into(),
    };
    let table = protect_alone(table).expect("a table that may be published");
    let values = ValuesInput { table: &table, indicator, origin: None, gaps: &[], reliability: &[] };
    build.add_values(values).expect("values");
    build.finish("2026-01-01T00:00:00Z").expect("a release").release.to_string()
}

fn areas() -> BoundarySet {
    let mut file = tempfile::Builder::new().suffix(".json").tempfile().expect("a temporary file");
    file.write_all(AREAS.as_bytes()).expect("written");
    boundary::import(file.path(), &super::areas::options()).expect("areas").set
}

fn column(indicator: &Indicator, sex: &str) -> UnprotectedColumn {
    let selection = Selection::new(indicator, "2020".parse().expect("a period"), &[("sex", sex)]).expect("a selection");
    let figure = |cell, status| Figure { cell, status };
    let figures = vec![
        figure(Cell::Value(12.5), None),
        figure(Cell::Value(-3.0), Some(ObsStatus::P)),
        figure(Cell::State(State::Secrecy), None),
    ];
    UnprotectedColumn { codes: selection.codes, figures }
}
