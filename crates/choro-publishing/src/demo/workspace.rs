//! The demo's workspace: the built-in boundaries and synthetic values, through the same importers and the same store.

use super::built_in::{BuiltIn, SETS};
use crate::{error::WorkbenchError, imports::BoundaryImport, init::init, workbench::Workbench};
use choro_config::{Config, Overrides};
use choro_intake::{
    definitions,
    synthetic::{self, SyntheticArea},
};
use choro_model::{AreaCode, BoundarySet, SetId};
use choro_store::ImportRecord;
use geo::{ChamberlainDuquetteArea as _, InteriorPoint as _};
use std::{fs, path::Path};

/// The set that has values.
const VALUED: &str = "eaeu-subjects";

/// Makes the demo's workspace in `dir` and opens it, everything imported and nothing published. `load` reads the settings.
pub async fn demo(dir: &Path, overrides: Overrides) -> Result<Workbench, WorkbenchError> {
    let (settings, _) = init(dir, None).await?;
    let write = |path: &Path, text: &[u8]| {
        fs::write(path, text).map_err(|source| WorkbenchError::File { path: path.to_owned(), source })
    };
    let sets = SETS.iter().map(BuiltIn::settings).collect::<Result<String, _>>()?;
    write(&settings, (Config::default_toml().to_owned() + &sets).as_bytes())?;
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
        let manifest = built_in.manifest()?;
        let path = dir.join(&manifest.file);
        fs::write(&path, built_in.bytes).map_err(|source| WorkbenchError::File { path: path.clone(), source })?;
        let (options, title) = (manifest.options(), manifest.names);
        let how = BoundaryImport { options, title, skip_rejects: false, replace: false, dry_run: false };
        let outcome = self.import_boundaries(&path, &how).await?;
        match outcome.stored {
            Some(_) => Ok(()),
            None => Err(WorkbenchError::BuiltIn { set: manifest.id.to_string(), report: outcome.report.to_text() }),
        }
    }

    async fn import_synthetic(&self) -> Result<(), WorkbenchError> {
        let indicators = definitions::read(&self.config.workspace.indicators)?;
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
            sheets: Vec::new(),
        };
        self.store.put_observations(&info.set, &info.vintage, &record, &observations).await?;
        Ok(())
    }
}

fn synthetic_areas(set: &BoundarySet) -> Vec<SyntheticArea> {
    let area = |area: &choro_model::Area| {
        let geometry = area.geometry.as_ref()?;
        let point = geometry.interior_point()?;
        let country: AreaCode = area.parent.clone().unwrap_or_else(|| area.code.clone());
        let area_km2 = geometry.chamberlain_duquette_unsigned_area() / 1e6;
        Some(SyntheticArea { code: area.code.clone(), lon: point.x(), lat: point.y(), area_km2, country })
    };
    set.areas.iter().filter_map(area).collect()
}
