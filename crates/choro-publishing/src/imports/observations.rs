//! Takes a statistics file into the store.

use super::{earlier::Earlier, file_hash::file_hash, stored_figures::StoredSeries};
use crate::{error::WorkbenchError, workbench::Workbench};
use choro_intake::{
    join::{self, Crosswalk, JoinReport, Joined, KnownArea, Verdict},
    statistics::{self, CellTable, Doubt, DoubtKind, Intake, Mapping, TableOptions, propose::Proposal},
};
use choro_model::{CrosswalkSpec, Indicator, Observation, SetId, VintageId};
use choro_store::{BoundarySetInfo, ImportRecord, ImportSummary};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// Observations that are in memory at once.
const PART: usize = 1 << 16;

/// How to import observations.
#[derive(Debug, Clone)]
pub struct ObservationImport {
    /// The boundary set that the areas belong to.
    pub set: SetId,
    /// Its vintage; `None`: the newest.
    pub vintage: Option<VintageId>,
    /// The mapping file; `None`: SDMX-CSV needs none, for any other file one is proposed and nothing imported.
    pub mapping: Option<PathBuf>,
    /// The crosswalk; `None`: the mapping's, if it names one.
    pub crosswalk: Option<CrosswalkSpec>,
    /// Whether to go on without rejects, unmatched rows and contradictions.
    pub skip_rejects: bool,
    /// Doubts in spite of which to go on.
    pub accept: Vec<DoubtKind>,
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
        /// What was stored; `None`: nothing, because the report's [`Verdict`] refuses it or a dry run was asked for.
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
        let areas = self.known_areas(&info).await?;
        let taken = tokio::task::block_in_place(|| take(path, how, &indicators, &areas))?;
        let (intake, crosswalk, mapping) = match taken {
            Taken::Intake(intake, crosswalk, mapping) => (intake, crosswalk, mapping),
            Taken::Proposal(proposal) => return Ok(ObservationOutcome::Proposed(proposal)),
        };
        let mut joined = tokio::task::block_in_place(|| join::join(*intake, &areas, crosswalk.as_ref()))?;
        let doubts = self.doubts_by_the_store(&info, (&indicators, &areas), &mapping, &joined).await?;
        joined.report.doubts.extend(doubts);
        if how.dry_run || joined.report.verdict(&how.accept, how.skip_rejects) != Verdict::Good {
            return Ok(ObservationOutcome::Joined { report: Box::new(joined.report), stored: None });
        }
        let record = ImportRecord {
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            file_sha256: file_hash(path)?,
            mapping,
            report_json: serde_json::to_string(&joined.report)?,
            sheets: joined.sheets().to_vec(),
        };
        let stored = self.store_joined(&info, &record, &joined).await?;
        Ok(ObservationOutcome::Joined { report: Box::new(joined.report), stored: Some(stored) })
    }

    /// The doubts about a file beside what was imported before.
    async fn doubts_by_the_store(
        &self,
        info: &BoundarySetInfo,
        (indicators, areas): (&[Indicator], &[KnownArea]),
        mapping: &str,
        joined: &Joined<'_>,
    ) -> Result<Vec<Doubt>, WorkbenchError> {
        let earlier = self.store.last_imports(&info.set, Earlier::LOOKED_AT).await?;
        let mut doubts = Earlier::of(&earlier, mapping, &joined.report).doubts(&joined.report);
        let stored = StoredSeries::of(self, &info.set).await?;
        doubts.extend(stored.doubts(joined.selections()));
        let figures = stored.figures(self, &info.set, areas, joined.selections()).await?;
        doubts.extend(tokio::task::block_in_place(|| join::thousandfold(joined, indicators, &figures))?);
        Ok(doubts)
    }

    /// The first observations that an import by this mapping would store.
    ///
    /// # Errors
    ///
    /// Those of an import: the file or the mapping does not fit.
    pub async fn first_observations(
        &self,
        path: &Path,
        how: &ObservationImport,
        mapping: &Mapping,
        count: usize,
    ) -> Result<Vec<Observation>, WorkbenchError> {
        let indicators = self.sync_indicators().await?;
        let info = self.vintage(&how.set, how.vintage.as_ref()).await?;
        let areas = self.known_areas(&info).await?;
        tokio::task::block_in_place(|| {
            let crosswalk = crosswalk(how, mapping, Path::new(""))?;
            let intake = statistics::read_file(path, mapping, &indicators)?;
            let joined = join::join(intake, &areas, crosswalk.as_ref())?;
            let first = joined.read_observations().take(count).map(|read| read.map(|read| read.observation));
            Ok(first.collect::<Result<Vec<_>, _>>()?)
        })
    }

    /// Stores what was joined, a part at a time, all or none.
    async fn store_joined(
        &self,
        place: &BoundarySetInfo,
        record: &ImportRecord,
        joined: &Joined<'_>,
    ) -> Result<ImportSummary, WorkbenchError> {
        let mut writer = self.store.write_observations(&place.set, &place.vintage, record).await?;
        let mut observations = joined.read_observations();
        loop {
            let part = || observations.by_ref().take(PART).collect::<Result<Vec<_>, _>>();
            let part = tokio::task::block_in_place(part)?;
            if part.is_empty() {
                return Ok(writer.finish().await?);
            }
            writer.add(&part).await?;
        }
    }
}

/// What a file gives.
enum Taken {
    /// Its cells, the crosswalk, and the text of the mapping.
    Intake(Box<Intake>, Option<Crosswalk>, String),
    /// Nothing yet: it needs a mapping.
    Proposal(Box<Proposal>),
}

fn take(
    path: &Path,
    how: &ObservationImport,
    indicators: &[Indicator],
    areas: &[KnownArea],
) -> Result<Taken, WorkbenchError> {
    let Some(mapping_path) = &how.mapping else {
        let rows = statistics::file::open(path, &TableOptions::default(), statistics::propose::ROWS)?;
        if !statistics::sdmx::is_sdmx(rows.head()) {
            return Ok(Taken::Proposal(propose(path, rows.head(), how, indicators, areas)?));
        }
        let crosswalk = how.crosswalk.as_ref().map(|spec| Crosswalk::of_spec(spec, &[])).transpose()?;
        let intake = Box::new(statistics::sdmx::read(&*rows, indicators)?);
        return Ok(Taken::Intake(
            intake,
            crosswalk,
            "# SDMX-CSV: read by the ids of its columns, without a mapping\n".to_owned(),
        ));
    };
    let mapping = Mapping::read(mapping_path)?;
    let crosswalk = crosswalk(how, &mapping, mapping_path)?;
    let text = std::fs::read_to_string(mapping_path)
        .map_err(|source| WorkbenchError::File { path: mapping_path.clone(), source })?;
    Ok(Taken::Intake(Box::new(statistics::read_file(path, &mapping, indicators)?), crosswalk, text))
}

fn propose(
    path: &Path,
    table: &CellTable,
    how: &ObservationImport,
    indicators: &[Indicator],
    areas: &[KnownArea],
) -> Result<Box<Proposal>, WorkbenchError> {
    let crosswalk = how.crosswalk.as_ref().map(|spec| Crosswalk::of_spec(spec, &[])).transpose()?;
    let mut by_label: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, area) in areas.iter().enumerate() {
        for label in std::iter::once(area.code.as_str()).chain(area.names.iter().map(String::as_str)) {
            by_label.entry(statistics::comparison_key(label)).or_default().push(index);
        }
    }
    let found = |key: &str| by_label.get(key).cloned().unwrap_or_default();
    let areas_of =
        |key: &str| crosswalk.as_ref().and_then(|crosswalk| crosswalk.code(key)).map_or_else(|| found(key), found);
    // The other sheets serve a question only: where they cannot be read, the first one is still worth a proposal.
    let every = [statistics::SheetRef::Name("*".to_owned())];
    let sheets = table.sheet.as_ref().and_then(|_| statistics::file::read_sheets(path, &every).ok()).unwrap_or_default();
    Ok(Box::new(statistics::propose::propose(table, &sheets, indicators, &areas_of)))
}

fn crosswalk(how: &ObservationImport, mapping: &Mapping, mapping_path: &Path) -> Result<Option<Crosswalk>, WorkbenchError> {
    let folder = mapping_path.parent().unwrap_or(Path::new(""));
    let of_mapping = || mapping.area.crosswalk.as_ref().map(|crosswalk| crosswalk.spec(folder));
    let spec = how.crosswalk.clone().or_else(of_mapping);
    let joint: Vec<String> = mapping.area.joint.iter().map(|joint| joint.row.clone()).collect();
    Ok(spec.as_ref().map(|spec| Crosswalk::of_spec(spec, &joint)).transpose()?)
}
