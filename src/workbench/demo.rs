//! The demo's workspace: the built-in boundaries and synthetic values, through the same importers and the same store.

use super::{BoundaryImport, Workbench, WorkbenchError, init};
use crate::{
    boundary::{CodeFrom, Field, Options},
    config::{Config, Overrides},
    intake,
    model::{AreaCode, BoundarySet, Lang, Names, SetId, VintageId},
    store::ImportRecord,
    synthetic::{self, SyntheticArea},
};
use geo::{ChamberlainDuquetteArea as _, InteriorPoint as _};
use std::{fs, path::Path};

/// A boundary set that is part of the program; boundaries/README.md tells how it was made.
struct BuiltIn {
    set: &'static str,
    vintage: &'static str,
    title: [(&'static str, &'static str); 2],
    parent: bool,
    source: &'static str,
    file: &'static [u8],
}

const SETS: [BuiltIn; 2] = [
    BuiltIn {
        set: "eaeu-subjects",
        vintage: "2013",
        title: [
            ("en", "First-level units of the Eurasian Economic Union"),
            ("ru", "Регионы стран Евразийского экономического союза"),
        ],
        parent: true,
        source: "Natural Earth 1:10m admin-1 (public domain)",
        file: include_bytes!("../../boundaries/eaeu-subjects/2013/eaeu-subjects.topo.json"),
    },
    BuiltIn {
        set: "world-countries",
        vintage: "2018",
        title: [("en", "Countries of the world"), ("ru", "Страны мира")],
        parent: false,
        source: "Natural Earth 1:50m admin-0 (public domain)",
        file: include_bytes!("../../boundaries/world-countries/2018/world-countries.topo.json"),
    },
];
/// The set that has values.
const VALUED: &str = "eaeu-subjects";
const LICENCE: &str = "public domain (Natural Earth)";
/// What the demo adds to a new workspace's settings: the world has no place in a conic grid of Russia.
const SETTINGS: &str = r#"
[boundary_sets.eaeu-subjects]
grids = ["RussiaAlbersQuad", "WebMercatorQuad"]
default_lang = "en"
level = "subject"
parent_set = "world-countries"

[boundary_sets.world-countries]
grids = ["WebMercatorQuad"]
max_zoom = 6
default_lang = "en"
level = "country"
"#;

/// Makes the demo's workspace in `dir` and opens it, everything imported and nothing published. `load` reads the settings.
pub async fn demo(dir: &Path, overrides: Overrides) -> Result<Workbench, WorkbenchError> {
    let settings = init(dir, None).await?;
    let write = |path: &Path, text: &[u8]| {
        fs::write(path, text).map_err(|source| WorkbenchError::File { path: path.to_owned(), source })
    };
    write(&settings, (Config::default_toml().to_owned() + SETTINGS).as_bytes())?;
    write(&dir.join("indicators.toml"), synthetic::indicators_toml().as_bytes())?;
    for list in ["sex", "age"] {
        let text = synthetic::code_list(list).unwrap_or_default();
        write(&dir.join(format!("code_lists/{list}.csv")), text.as_bytes())?;
    }
    let workbench = Workbench::open(Config::load(Some(&settings), std::iter::empty(), overrides)?).await?;
    for built_in in &SETS {
        workbench.import_built_in(dir, built_in).await?;
    }
    workbench.import_synthetic().await?;
    Ok(workbench)
}

impl Workbench {
    async fn import_built_in(&self, dir: &Path, built_in: &BuiltIn) -> Result<(), WorkbenchError> {
        let path = dir.join(format!("{}.topo.json", built_in.set));
        fs::write(&path, built_in.file).map_err(|source| WorkbenchError::File { path: path.clone(), source })?;
        let mut options =
            Options::new(SetId::new(built_in.set)?, VintageId::new(built_in.vintage)?, CodeFrom(vec!["code".to_owned()]));
        for lang in ["en", "ru"] {
            options.names.push((Some(Lang::new(lang)?), Field::File(format!("name_{lang}"))));
        }
        options.parent = built_in.parent.then(|| Field::File("parent".to_owned()));
        built_in.source.clone_into(&mut options.source);
        LICENCE.clone_into(&mut options.licence);
        let title = built_in.title.into_iter().map(|(lang, name)| Ok((Lang::new(lang)?, name.to_owned())));
        let title = Names(title.collect::<Result<_, WorkbenchError>>()?);
        let how = BoundaryImport { options, title, skip_rejects: false, replace: false, dry_run: false };
        let outcome = self.import_boundaries(&path, &how).await?;
        match outcome.stored {
            Some(_) => Ok(()),
            None => Err(WorkbenchError::BuiltIn { set: built_in.set, report: outcome.report.to_text() }),
        }
    }

    async fn import_synthetic(&self) -> Result<(), WorkbenchError> {
        let indicators = intake::indicators::read(&self.config.workspace.indicators)?;
        self.store.put_indicators(&indicators).await?;
        let info = self.vintage(&SetId::new(VALUED)?, None).await?;
        let set = self.store.boundary_set(&info.set, &info.vintage).await?;
        let areas = set.as_ref().map(synthetic_areas).unwrap_or_default();
        let observations = tokio::task::block_in_place(|| synthetic::observations(&areas, &indicators));
        let record = ImportRecord {
            file_name: "synthetic values".to_owned(),
            file_sha256: String::new(),
            mapping: String::new(),
            report_json: "{}".to_owned(),
        };
        self.store.put_observations(&info.set, &info.vintage, &record, &observations).await?;
        Ok(())
    }
}

fn synthetic_areas(set: &BoundarySet) -> Vec<SyntheticArea> {
    let area = |area: &crate::model::Area| {
        let geometry = area.geometry.as_ref()?;
        let point = geometry.interior_point()?;
        let country: AreaCode = area.parent.clone().unwrap_or_else(|| area.code.clone());
        let area_km2 = geometry.chamberlain_duquette_unsigned_area() / 1e6;
        Some(SyntheticArea { code: area.code.clone(), lon: point.x(), lat: point.y(), area_km2, country })
    };
    set.areas.iter().filter_map(area).collect()
}
