//! The boundary sets to measure on.
//!
//! | set | areas | where from |
//! |---|--:|---|
//! | subjects | 83 | real data; without it the built-in subjects |
//! | counties | 3,231 | the npm package us-atlas, which `make bench` installs |
//! | municipalities | 2,492 | real data, through `choro-gdal` |
//! | squares | any | made up |

use super::{counties::mended, squares};
use anyhow::{Context as _, ensure};
use choro_intake::boundary::{self, CodeFrom, FieldOrColumn, Options};
use choro_model::{BoundarySet, Lang, SetId, VintageId};
use std::path::{Path, PathBuf};

/// The grid of all tiles here.
pub const GRID: &str = "WebMercatorQuad";
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A boundary set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Areas {
    Subjects,
    Counties,
    Municipalities,
    /// So many to a side, each with so many vertices to an edge.
    Squares(usize, usize),
}

impl Areas {
    /// Its id in URLs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Subjects => "subjects",
            Self::Counties => "counties",
            Self::Municipalities => "municipalities",
            Self::Squares(..) => "squares",
        }
    }

    /// Reads or makes it.
    pub fn load(self) -> anyhow::Result<BoundarySet> {
        match self {
            Self::Subjects => subjects(),
            Self::Counties => counties(),
            Self::Municipalities => municipalities(),
            Self::Squares(side, steps) => squares::make(SetId::new(self.id())?, side, steps),
        }
    }
}

/// The folder of real data (CONTRIBUTING.md).
pub fn real_data() -> Option<PathBuf> {
    let beside = Path::new(ROOT).join("../shared/data");
    Some(std::env::var_os("CHORO_TEST_DATA").map_or(beside, PathBuf::from)).filter(|folder| folder.is_dir())
}

/// As in docs/data.md.
#[expect(clippy::print_stderr, reason = "a table of other boundaries must not be taken for that of these")]
fn subjects() -> anyhow::Result<BoundarySet> {
    let Some(data) = real_data() else {
        eprintln!("NOT MEASURED: 83 subjects, since there is no real data (CHORO_TEST_DATA); the 125 built-in ones instead");
        let file = Path::new(ROOT).join("boundaries/eaeu-subjects/2013/eaeu-subjects.topo.json");
        return import(&file, options(Areas::Subjects, "code", "name_en")?);
    };
    let mut options = options(Areas::Subjects, "name", "name")?;
    let codes = data.join("russia_adm1/region_codes.csv").display().to_string();
    options.crosswalk = Some(format!("{codes}:name_click_that_hood=iso_3166_2").parse()?);
    let mut set = import(&data.join("russia_adm1/russia_gislab_osm.geojson"), options)?;
    // The crosswalk knows two more.
    set.areas.retain(|area| area.geometry.is_some());
    Ok(set)
}

fn counties() -> anyhow::Result<BoundarySet> {
    let file = Path::new(ROOT).join("benches/node_modules/us-atlas/counties-10m.json");
    ensure!(file.is_file(), "the counties are not there: run npm ci in the folder benches, or make bench");
    let mut options = options(Areas::Counties, "id", "name")?;
    options.layer = Some("counties".to_owned());
    let dir = tempfile::tempdir()?;
    let whole = dir.path().join("counties.json");
    std::fs::write(&whole, mended(&std::fs::read_to_string(file)?)?)?;
    import(&whole, options)
}

fn municipalities() -> anyhow::Result<BoundarySet> {
    let data =
        real_data().context("the municipalities are real data, and there is none: CHORO_TEST_DATA names its folder")?;
    let options = options(Areas::Municipalities, "source_file+source_index", "name")?;
    import(&data.join("russia_adm2/russia_municipalities_osm.gpkg"), options)
}

fn options(areas: Areas, code: &str, name: &str) -> anyhow::Result<Options> {
    let code: CodeFrom = code.parse().map_err(anyhow::Error::msg)?;
    let mut options = Options::new(SetId::new(areas.id())?, VintageId::new("1")?, code);
    options.names.push((Some(Lang::new("en")?), FieldOrColumn::File(name.to_owned())));
    Ok(options)
}

#[expect(clippy::needless_pass_by_value, reason = "made for this one call")]
fn import(file: &Path, options: Options) -> anyhow::Result<BoundarySet> {
    let import = boundary::import(file, &options)?;
    let rejected = &import.report.rejected;
    ensure!(rejected.is_empty(), "{}: {} areas were rejected", file.display(), rejected.len());
    Ok(import.set)
}
