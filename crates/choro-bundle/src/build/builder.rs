//! Builds a release bundle out of boundary sets and published tables.

use super::{
    catalog_entries, catalog_sets,
    input::{BoundaryInput, Unavailable, ValuesInput},
    recipe, vintage,
    writer::{BundleWriter, Made, Published},
};
use crate::{
    files::values,
    format::{
        area_table::AreaRow,
        catalog::CatalogContents,
        error::BundleError,
        outside::Outside,
        paths::{CATALOG, areas_path, values_path},
    },
};
use choro_model::{BoundarySet, GridId, Indicator, LevelId, SetId, VintageId};
use serde::Deserialize;
use std::path::Path;

/// What is read of the catalogue of the release before, whatever else has changed in it.
#[derive(Deserialize)]
struct GridsBefore {
    grids: Vec<GridBefore>,
}

#[derive(Deserialize)]
struct GridBefore {
    id: GridId,
}

/// A bundle being built.
#[derive(Debug)]
pub struct Build {
    writer: BundleWriter,
    contents: CatalogContents,
}

impl Build {
    /// Begins a bundle in the folder `releases`; one process at a time may.
    pub fn begin(releases: &Path) -> Result<Self, BundleError> {
        let contents = CatalogContents { boundary_sets: Vec::new(), grids: Vec::new(), indicators: Vec::new() };
        Ok(Self { writer: BundleWriter::begin(releases)?, contents })
    }

    /// The areas of a vintage that is to be added, to which its grids may be fitted. `load` is called only if they are not in the release
    /// before.
    pub fn areas<E: From<BundleError>>(
        &mut self,
        input: BoundaryInput<'_>,
        load: impl FnOnce() -> Result<BoundarySet, E>,
    ) -> Result<Vec<AreaRow>, E> {
        vintage::areas(&mut self.writer, input, load)
    }

    /// The grids of the release before; none where there is none that can be read.
    #[must_use]
    pub fn grids_before(&self) -> Vec<GridId> {
        self.writer
            .read_before::<GridsBefore>(CATALOG)
            .map_or_else(Vec::new, |catalog| catalog.grids.into_iter().map(|grid| grid.id).collect())
    }

    /// Adds a vintage. `load` is called only if something of it has to be built. Returns what each grid does not hold.
    ///
    /// # Errors
    ///
    /// [`BundleError::Outside`] where a grid leaves out a larger share of the areas than it may, before its tiles are cut;
    /// [`BundleError::TwoGrids`] where a vintage has another grid of the same id.
    pub fn add_vintage<E: From<BundleError>>(
        &mut self,
        input: BoundaryInput<'_>,
        load: impl FnOnce() -> Result<BoundarySet, E>,
    ) -> Result<Vec<(GridId, Outside)>, E> {
        let outside = vintage::write(&mut self.writer, input, load)?;
        let rows: Vec<AreaRow> = self.writer.read_json(&areas_path(input.set.as_str(), input.vintage.as_str()))?;
        catalog_sets::enter(&mut self.contents, input, &rows, &outside)?;
        Ok(outside)
    }

    /// Says who made the boundaries of the vintage added last, and under which licence.
    pub fn credit(&mut self, source: &str, licence: &str) {
        let last = self.contents.boundary_sets.last_mut().and_then(|set| set.vintages.last_mut());
        if let Some(vintage) = last {
            source.clone_into(&mut vintage.source);
            licence.clone_into(&mut vintage.licence);
        }
    }

    /// Says which tier the set added last is, and where the areas above those of its last vintage are.
    pub fn place(&mut self, level: Option<&LevelId>, above: Option<(&SetId, &VintageId)>) {
        let Some(set) = self.contents.boundary_sets.last_mut() else { return };
        set.level = level.cloned();
        set.parent_set = above.map(|(set, _)| set.clone());
        if let Some(last) = set.vintages.last_mut() {
            last.parent_vintage = above.map(|(_, vintage)| vintage.clone());
        }
    }

    /// Says which indicators there may be: the catalogue lists those of a set in this order, whatever is added first.
    pub fn indicators(&mut self, known: &[Indicator]) {
        catalog_entries::known(&mut self.contents.indicators, known);
    }

    /// Adds a table; one of equal content is taken over from the release before.
    pub fn add_values(&mut self, input: ValuesInput<'_>) -> Result<(), BundleError> {
        let ValuesInput { table, indicator, origin, reliability, .. } = input;
        let name = values_path(table.set().as_str(), table.vintage().as_str(), table.indicator(), table.period());
        let recipe = recipe::values(input);
        if !self.writer.reuse(&name, &recipe)? {
            self.writer
                .write(&name, &recipe, |path| values::write(path, table, &indicator.dimensions, origin, reliability))?;
        }
        catalog_entries::values(&mut self.contents.indicators, input);
        Ok(())
    }

    /// Says in the catalogue why a vintage has no values of a period.
    pub fn unavailable(&mut self, input: Unavailable<'_>) {
        catalog_entries::unavailable(&mut self.contents.indicators, input);
    }

    /// Completes the bundle and makes it the current release. `created`: RFC 3339 in UTC.
    pub fn finish(self, created: &str) -> Result<Published, BundleError> {
        self.finish_recorded(created, Made::default(), |_| Ok(()))
    }

    /// As [`Self::finish`], but `record` is called in between: the bundle lies complete in its place, and the old release is still current and
    /// stays so when `record` fails.
    pub fn finish_recorded<E: From<BundleError>>(
        mut self,
        created: &str,
        made: Made<'_>,
        record: impl FnOnce(&Published) -> Result<(), E>,
    ) -> Result<Published, E> {
        catalog_entries::put_in_order(&mut self.contents.indicators);
        self.writer.write_json(CATALOG, &recipe::catalog(created), &self.contents)?;
        self.writer.finish(created, made, record)
    }
}
