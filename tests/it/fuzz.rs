//! The fuzz targets for a moment: each reader on its seeds, and on as many that were spoilt, the same in every run. `make fuzz` goes
//! on from there with coverage.

#[path = "../../fuzz/readers/mod.rs"]
mod readers;

use fastrand::Rng;
use std::{fs, path::Path};

/// Spoilt inputs of each target.
const INPUTS: usize = 1_500;
/// The longest input.
const LONGEST: usize = 65_536;

/// The files of a folder of the repository whose names end so.
fn files(folder: &str, ends: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file() && path.to_string_lossy().ends_with(ends));
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).filter(|bytes| bytes.len() <= LONGEST).collect()
}

/// A seed with a few bytes changed, taken away, repeated, or replaced by those of another.
fn spoilt(seeds: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = seeds[rng.usize(..seeds.len())].clone();
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(1..40)).min(bytes.len());
        match rng.u8(..6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                (0..rng.usize(1..50)).for_each(|_| drop(bytes.splice(at..at, part.iter().copied())));
            }
            3 => {
                let other = &seeds[rng.usize(..seeds.len())];
                bytes.truncate(at);
                bytes.extend(&other[rng.usize(..=other.len())..]);
            }
            4 => drop(bytes.splice(at..at, b"-9999999999e308".iter().copied())),
            _ => drop(bytes.splice(at..end, [rng.u8(..), rng.u8(..), rng.u8(..)])),
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

fn run(read: fn(&[u8]), seeds: &[Vec<u8>]) {
    run_for(INPUTS, read, seeds);
}

fn run_for(inputs: usize, read: fn(&[u8]), seeds: &[Vec<u8>]) {
    assert!(!seeds.is_empty());
    let mut rng = Rng::with_seed(7);
    seeds.iter().for_each(|seed| read(seed));
    (0..inputs).for_each(|_| read(&spoilt(seeds, &mut rng)));
}

#[test]
fn boundaries_survive_made_up_input() {
    run(readers::boundaries::read, &[files("fuzz/seeds/boundaries", ""), files("tests/fixtures/it", ".geojson")].concat());
}

#[test]
fn delimited_tables_survive_made_up_input() {
    run(readers::delimited::read, &[files("fuzz/seeds/delimited", ""), files("tests/fixtures/it", ".csv")].concat());
}

#[test]
fn workbooks_survive_made_up_input() {
    run(
        readers::workbook::read,
        &[
            files("tests/fixtures/intake", ".xlsx"),
            files("tests/fixtures/intake", ".xls"),
            files("tests/fixtures/field/sheets", ""),
        ]
        .concat(),
    );
}

#[test]
fn mappings_with_their_tables_survive_made_up_input() {
    run(readers::observations::read, &files("fuzz/seeds/observations", ""));
}

#[test]
fn definitions_survive_made_up_input() {
    run(readers::definitions::read, &files("fuzz/seeds/definitions", ""));
}

#[test]
fn archives_survive_made_up_input() {
    run(readers::archive::read, &files("fuzz/seeds/archive", ""));
}

#[test]
fn frames_of_choro_gdal_survive_made_up_input() {
    run(readers::wire::read, &files("fuzz/seeds/wire", ""));
}

#[test]
fn sdmx_csv_survives_made_up_input() {
    run(readers::sdmx::read, &files("fuzz/seeds/sdmx", ""));
}

#[test]
fn correspondences_survive_made_up_input() {
    run(readers::correspondences::read, &files("fuzz/seeds/correspondences", ""));
}

#[test]
fn settings_survive_made_up_input() {
    run(readers::settings::read, &files("fuzz/seeds/settings", ""));
}

#[test]
fn releases_survive_made_up_input_under_right_hashes() {
    let seeds = readers::bundle::seeds();
    assert!(seeds.iter().all(|seed| readers::bundle::opens(seed)), "a seed is a file as it was");
    run_for(400, readers::bundle::read, &seeds);
}

#[test]
fn the_server_survives_made_up_requests() {
    run(readers::requests::read, &files("fuzz/seeds/requests", ""));
}
