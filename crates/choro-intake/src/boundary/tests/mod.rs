//! Whole imports: hand-made squares, bad input, formats, and real files where they are at hand.

mod antimeridian;
mod bad_input;
mod formats;
mod labels;
mod real;
mod repair;

use super::{BoundaryError, Import, Options, import};
use std::{fs, path::PathBuf};
use tempfile::TempDir;

/// Options with a code field.
fn options(code: &str) -> Options {
    Options::new("set".parse().unwrap(), "v1".parse().unwrap(), code.parse().unwrap())
}

/// Writes a file into a folder of its own.
fn file(name: &str, content: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    (folder, path)
}

/// Imports a text as a GeoJSON file.
fn text(geojson: &str, options: &Options) -> Result<Import, BoundaryError> {
    let (_folder, path) = file("areas.geojson", geojson.as_bytes());
    import(&path, options)
}

/// A feature collection of areas `code: coordinates of a multipolygon`.
fn collection(areas: &[(&str, &str)]) -> String {
    let feature = |(code, coordinates): &(&str, &str)| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"MultiPolygon","coordinates":{coordinates}}}}}"#
        )
    };
    let features: Vec<String> = areas.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// The rings of an area, each from its smallest vertex on and without the repeated last one.
fn rings(import: &Import, code: &str) -> Vec<Vec<(f64, f64)>> {
    let area = import.set.areas.iter().find(|area| area.code.as_str() == code).unwrap();
    let polygons = area.geometry.iter().flatten();
    let mut rings: Vec<Vec<(f64, f64)>> = polygons
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| {
            let mut positions: Vec<(f64, f64)> = ring.coords().skip(1).map(|c| (c.x, c.y)).collect();
            let least = (0..positions.len()).min_by(|a, b| positions[*a].partial_cmp(&positions[*b]).unwrap()).unwrap();
            positions.rotate_left(least);
            positions
        })
        .collect();
    rings.sort_by(|a, b| a.partial_cmp(b).unwrap());
    rings
}
