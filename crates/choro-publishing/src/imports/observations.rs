//! Takes a statistics file into the store.

use super::{
    earlier::Earlier,
    file_hash::file_hash,
    observation_import::ObservationImport,
    opened::{Taken, crosswalk, take},
    stored_figures::StoredSeries,
};
use crate::{error::WorkbenchError, workbench::Workbench};
use choro_intake::{
    join::{self, JoinReport, Joined, KnownArea, Verdict},
    statistics::{self, Doubt, Mapping, propose::Proposal},
};
use choro_model::{Indicator, Observation};
use choro_store::{BoundarySetInfo, ImportRecord, ImportSummary};
use std::path::Path;

/// Observations that are in memory at once.
const PART: usize = 1 << 16;

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
        if indicators.is_empty() {
            return Err(WorkbenchError::NoIndicators { path: self.config.workspace.indicators.clone() });
        }
        let info = self.vintage(&how.set, how.vintage.as_ref()).await?;
        let areas = self.known_areas(&info).await?;
        let taken = tokio::task::block_in_place(|| take(path, how, &indicators, &areas))?;
        let (intake, crosswalk, mapping) = match taken {
            Taken::Intake(intake, crosswalk, mapping) => (intake, crosswalk, mapping),
            Taken::Proposal(proposal) => return Ok(ObservationOutcome::Proposed(proposal)),
        };
        let mut joined = tokio::task::block_in_place(|| join::join(*intake, &areas, crosswalk.as_ref()))?;
        let (doubts, notes) = self.doubts_by_the_store(&info, (&indicators, &areas), &mapping, &joined).await?;
        joined.report.doubts.extend(doubts);
        joined.report.notes.extend(notes);
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

    /// The doubts about a file beside what was imported before, and notes on what was not compared.
    async fn doubts_by_the_store(
        &self,
        info: &BoundarySetInfo,
        (indicators, areas): (&[Indicator], &[KnownArea]),
        mapping: &str,
        joined: &Joined<'_>,
    ) -> Result<(Vec<Doubt>, Vec<String>), WorkbenchError> {
        let earlier = self.store.last_imports(&info.set, Earlier::LOOKED_AT).await?;
        let mut doubts = Earlier::of(&earlier, mapping, &joined.report).doubts(&joined.report);
        let stored = StoredSeries::of(self, &info.set).await?;
        doubts.extend(stored.doubts(joined.selections()));
        let figures = stored.figures(self, &info.set, areas, joined.selections()).await?;
        let findings = tokio::task::block_in_place(|| join::thousandfold(joined, indicators, &figures))?;
        doubts.extend(findings.doubts);
        Ok((doubts, findings.notes))
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
