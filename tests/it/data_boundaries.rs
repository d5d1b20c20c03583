//! Every boundary file of the real data: how many areas come through, each miss by name, and all that came through in a tile.
//!
//! `cases` says what is expected of each file, one test a file; `page` holds the table of docs/data.md to it.

use crate::harness::{Workspace, real_data};
use choro_intake::boundary::{Options, import};
use fast_mvt::MvtReaderRef;
use geo::Area as _;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

mod cases;
mod page;

/// How a file is read, and what must come of it.
struct Case {
    /// The file, in the folder of real data.
    file: &'static str,
    /// The options after `choro import boundaries FILE`; `{data}` and `{own}` are the folders of crosswalks.
    options: &'static [&'static str],
    /// Areas in the file, those that get a polygon in the set, and those of them that had to be mended.
    read: usize,
    taken: usize,
    repaired: usize,
    /// Each area that is rejected: its code or name, or else its place in the file, and the reason.
    misses: &'static [(&'static str, &'static str)],
    /// Codes of the areas that the crosswalk or the file has without a polygon.
    without_polygon: &'static [&'static str],
}

/// The files that have a case.
pub fn files() -> impl Iterator<Item = &'static str> {
    cases::ALL.iter().map(|case| case.file)
}

impl Case {
    fn options(&self, data: &Path) -> Vec<String> {
        let own = crosswalks().display().to_string();
        let words = self.options.iter();
        words.map(|word| word.replace("{data}", &data.display().to_string()).replace("{own}", &own)).collect()
    }

    /// Imports the file, compares its report, publishes, and counts the areas of the first tile.
    fn check(&self) {
        let Some(data) = real_data() else { return };
        let workspace = Workspace::new("");
        workspace.configure("[boundary_sets.areas]\ngrids = [\"WebMercatorQuad\"]");
        let file = data.join(self.file).display().to_string();
        let options = self.options(&data);
        let fixed = ["import", "boundaries", &file, "--set", "areas", "--vintage", "1", "--json"];
        let skip = if self.misses.is_empty() { &[][..] } else { &["--skip-rejects"] };
        let arguments: Vec<&str> = fixed.into_iter().chain(options.iter().map(String::as_str)).collect();
        if !self.misses.is_empty() {
            workspace.fails(&arguments, 3);
        }
        self.compare(&serde_json::from_str(&workspace.ok(&[&arguments[..], skip].concat())).unwrap());
        workspace.ok(&["publish"]);
        let tile = workspace.serve().get("/tiles/areas/WebMercatorQuad/0/0/0.mvt");
        let reader = MvtReaderRef::new(&tile.body).unwrap();
        let areas = reader.layers().find(|layer| layer.name() == "areas").unwrap();
        let ids: BTreeSet<_> = areas.features().map(|feature| feature.id().unwrap()).collect();
        assert_eq!(ids.len(), self.taken, "{}: all areas are in the first tile", self.file);
    }

    fn compare(&self, report: &serde_json::Value) {
        let number = |name: &str| usize::try_from(report[name].as_u64().unwrap()).unwrap();
        let texts = |name: &str| -> BTreeSet<String> {
            report[name].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
        };
        let miss = |reject: &serde_json::Value| {
            let known = ["code", "name"].iter().find_map(|key| reject[*key].as_str()).map(str::to_owned);
            let who = known.unwrap_or_else(|| format!("area {}", reject["index"]));
            (who, reject["reason"].as_str().unwrap().to_owned())
        };
        let misses: Vec<_> = report["rejected"].as_array().unwrap().iter().map(miss).collect();
        let expected: Vec<_> = self.misses.iter().map(|(who, why)| ((*who).to_owned(), (*why).to_owned())).collect();
        assert_eq!(misses, expected, "{}: the areas that are missed", self.file);
        let counts = (number("read"), number("taken"), texts("repaired").len());
        assert_eq!(counts, (self.read, self.taken, self.repaired), "{}: read, taken, repaired", self.file);
        let without: BTreeSet<String> = self.without_polygon.iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(texts("without_polygon"), without, "{}: areas without polygon", self.file);
    }
}

/// The crosswalks of our own.
fn crosswalks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boundary/crosswalks")
}

#[test]
fn every_boundary_file_of_the_data_has_a_case() {
    let Some(data) = real_data() else { return };
    let known: BTreeSet<PathBuf> = cases::ALL.iter().map(|case| data.join(case.file)).collect();
    let mut missing = Vec::new();
    let mut folders = vec![data];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            let boundaries = ["geojson", "topojson", "gpkg"].contains(&extension.as_str())
                || path.to_string_lossy().ends_with(".topo.json");
            if path.is_dir() {
                folders.push(path);
            } else if boundaries && !known.contains(&path) {
                missing.push(path);
            }
        }
    }
    assert!(missing.is_empty(), "no case in data_boundaries/cases.rs: {missing:?}");
}

#[test]
fn a_crosswalk_puts_right_two_codes_that_the_file_has_swapped() {
    let Some(data) = real_data() else { return };
    let mut options = Options::new("areas".parse().unwrap(), "1".parse().unwrap(), "ISO".parse().unwrap());
    let crosswalk = format!("{}:superset_iso=iso_3166_2", data.join("russia_adm1/region_codes.csv").display());
    options.crosswalk = Some(crosswalk.parse().unwrap());
    let set = import(&data.join("russia_adm1/russia_superset_iso.geojson"), &options).unwrap().set;
    let degrees2 = |code: &str| {
        let area = set.areas.iter().find(|area| area.code.as_str() == code).unwrap();
        area.geometry.as_ref().unwrap().unsigned_area()
    };
    // The city has a twentieth of the region's ground.
    assert!(degrees2("RU-MOW") * 10.0 < degrees2("RU-MOS"), "{} {}", degrees2("RU-MOW"), degrees2("RU-MOS"));
}
