//! Publishes a release: everything in the store that may be published, as one bundle.

use super::{
    borders::{Large, Omitted, large},
    geography::{Geography, Orphans},
    history::PublishedTables,
    set_grids::SetGrids,
    tables::Counts,
    values::{self, Values},
};
use crate::{clock::now, error::WorkbenchError, keys::signing_key, workbench::Workbench};
use choro_bundle::{self as bundle, Build, Made, Published};
use choro_store::{BoundarySetInfo, ReleaseRecord};
use tracing::Instrument as _;

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishReport {
    /// The release.
    pub published: Published,
    /// Areas that a grid does not hold, or not as a whole.
    pub omitted: Vec<Omitted>,
    /// Boundary sets whose size rules something out.
    pub large: Vec<Large>,
    /// Areas whose parent the parent set does not have.
    pub orphans: Vec<Orphans>,
    /// Columns of values as their sources gave them.
    pub columns: usize,
    /// Columns restated on other borders.
    pub restated: usize,
    /// Columns summed from the areas below.
    pub aggregated: usize,
    /// Values flagged because their base is smaller than their indicator asks for.
    pub small_base: usize,
    /// Values flagged because their base is not known.
    pub unknown_base: usize,
    /// Releases that were deleted because more are kept than configured.
    pub pruned: Vec<String>,
}

impl Workbench {
    /// Writes and verifies the next release bundle and makes it the current one. The old one stays current if anything fails.
    pub async fn publish(&self) -> Result<PublishReport, WorkbenchError> {
        let indicators = self.sync_indicators().await?;
        let sets = self.store.boundary_sets().await?;
        if sets.is_empty() {
            return Err(WorkbenchError::Nothing);
        }
        let mut build = Build::begin(&self.config.workspace.releases)?;
        let geography = Geography::load(self, &sets).await?;
        let grids = SetGrids::load(self, &mut build, &sets, &geography)?;
        let mut omitted = Vec::new();
        for info in &sets {
            omitted.extend(self.add_boundaries(&mut build, info, &grids)?);
            self.place(&mut build, info, &geography);
        }
        let span = tracing::debug_span!("write values");
        let Values { counts, tables } =
            values::publish(&self.store, &geography, &indicators, &mut build).instrument(span).await?;
        let created = now();
        let key = signing_key(&self.config.workspace.key)?;
        let made = Made { after: self.store.last_sequence().await?, key: key.as_ref() };
        let record = |published: &Published| {
            tokio::runtime::Handle::current().block_on(self.record(published, &created, &sets, &tables))
        };
        let published = tokio::task::block_in_place(|| build.finish_recorded(&created, made, record))?;
        // The release is current by now: servers that do not hear of it find it at their next look.
        if let Err(error) = self.store.announce(&published.release).await {
            tracing::warn!(release.id = %published.release, %error, "the release is current, but could not be announced");
        }
        let pruned = bundle::prune(&self.config.workspace.releases, self.config.server.keep_releases)?;
        let Counts { own, restated, aggregated, small_base, unknown_base } = counts;
        let orphans = geography.orphans();
        let large = sets.iter().filter_map(large).collect();
        let columns = own;
        Ok(PublishReport {
            published,
            omitted,
            large,
            orphans,
            columns,
            restated,
            aggregated,
            small_base,
            unknown_base,
            pruned,
        })
    }

    /// Records a release whose bundle lies complete in its place, with all that it publishes.
    async fn record(
        &self,
        published: &Published,
        created: &str,
        sets: &[BoundarySetInfo],
        tables: &PublishedTables,
    ) -> Result<(), WorkbenchError> {
        let record = ReleaseRecord {
            id: published.release.clone(),
            created: created.to_owned(),
            manifest_hash: published.manifest_sha256.clone(),
            sets: sets.iter().map(|info| (info.set.clone(), info.vintage.clone())).collect(),
        };
        let content = |hash: &_| tables.deflated(hash);
        Ok(self.store.put_release(&record, published.sequence, tables.records(), content).await?)
    }
}
