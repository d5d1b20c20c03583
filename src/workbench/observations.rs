//! Takes a statistics file into the store.

use super::{Workbench, WorkbenchError, file_hash};
use crate::{
    intake::{self, Mapping, propose::Proposal, table::TableOptions},
    join::{self, Crosswalk, JoinReport, KnownArea},
    model::{CrosswalkSpec, Indicator, SetId, VintageId},
    store::{AreaInfo, ImportRecord, ImportSummary},
};
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// How to import observations.
#[derive(Debug, Clone)]
pub struct ObservationImport {
    /// The boundary set that the areas belong to.
    pub set: SetId,
    /// Its vintage; `None`: the newest.
    pub vintage: Option<VintageId>,
    /// The mapping file; `None`: one is proposed and nothing imported.
    pub mapping: Option<PathBuf>,
    /// The crosswalk; `None`: the mapping's, if it names one.
    pub crosswalk: Option<CrosswalkSpec>,
    /// Whether to go on without rejects, unmatched rows and contradictions.
    pub skip_rejects: bool,
    /// Whether to stop before anything is stored.
    pub dry_run: bool,
}

/// What became of a statistics file.
#[derive(Debug)]
pub enum ObservationOutcome {
    /// There was no mapping; here is one to save and correct.
    Proposed(Box<Proposal>),
    /// The file was joined.
    Joined {
        /// What became of every row and every area.
        report: Box<JoinReport>,
        /// What was stored; `None`: nothing, because the report is not clean or a dry run was asked for.
        stored: Option<ImportSummary>,
    },
}

impl Workbench {
    /// Imports a statistics file: all of it, nothing, or, where the operator says so, all but what the report lists.
    pub async fn import_observations(
        &self,
        path: &Path,
        how: &ObservationImport,
    ) -> Result<ObservationOutcome, WorkbenchError> {
        let indicators = self.sync_indicators().await?;
        let info = self.vintage(&how.set, how.vintage.as_ref()).await?;
        let areas: Vec<_> = self.store.areas(&info.set, &info.vintage).await?.iter().map(known_area).collect();
        let Some(mapping_path) = &how.mapping else { return propose(path, how, &indicators, &areas) };
        let mapping = Mapping::read(mapping_path)?;
        let crosswalk = crosswalk(how, &mapping, mapping_path)?;
        let (observations, report) = tokio::task::block_in_place(|| {
            let table = intake::table::read(path, &mapping.table_options())?;
            let intake = intake::read(&table, &mapping, &indicators)?;
            Ok::<_, WorkbenchError>(join::join(intake, &areas, crosswalk.as_ref()))
        })?;
        if how.dry_run || !(report.is_clean() || how.skip_rejects) {
            return Ok(ObservationOutcome::Joined { report: Box::new(report), stored: None });
        }
        let record = ImportRecord {
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            file_sha256: file_hash(path)?,
            mapping: std::fs::read_to_string(mapping_path)
                .map_err(|source| WorkbenchError::File { path: mapping_path.clone(), source })?,
            report_json: serde_json::to_string(&report)?,
        };
        let stored = self.store.put_observations(&info.set, &info.vintage, &record, &observations).await?;
        Ok(ObservationOutcome::Joined { report: Box::new(report), stored: Some(stored) })
    }
}

fn propose(
    path: &Path,
    how: &ObservationImport,
    indicators: &[Indicator],
    areas: &[KnownArea],
) -> Result<ObservationOutcome, WorkbenchError> {
    let table = intake::table::read(path, &TableOptions::default())?;
    let crosswalk = how.crosswalk.as_ref().map(Crosswalk::of_spec).transpose()?;
    let labels = |area: &KnownArea| {
        let code = std::iter::once(area.code.as_str());
        code.chain(area.names.iter().map(String::as_str)).map(intake::key).collect::<Vec<_>>()
    };
    let names: FxHashSet<String> = areas.iter().flat_map(labels).collect();
    let known = |key: &str| names.contains(key) || crosswalk.as_ref().is_some_and(|c| c.code(key).is_some());
    Ok(ObservationOutcome::Proposed(Box::new(intake::propose::propose(&table, indicators, &known))))
}

fn crosswalk(how: &ObservationImport, mapping: &Mapping, mapping_path: &Path) -> Result<Option<Crosswalk>, WorkbenchError> {
    let folder = mapping_path.parent().unwrap_or(Path::new(""));
    let of_mapping = || mapping.area.crosswalk.as_ref().map(|crosswalk| crosswalk.spec(folder));
    let spec = how.crosswalk.clone().or_else(of_mapping);
    Ok(spec.as_ref().map(Crosswalk::of_spec).transpose()?)
}

fn known_area(area: &AreaInfo) -> KnownArea {
    KnownArea { code: area.code.clone(), names: area.names.0.values().cloned().collect(), has_polygon: area.has_polygon }
}
