//! The phases, one after the other, for each group.

use super::{
    audit::audit, collect::collect, derive::derive, geography::Geography, history::PublishedTables, links, protect::protect,
    qualify::qualify, restate::restate, tables::Counts, write::write,
};
use crate::error::WorkbenchError;
use choro_bundle::Build;
use choro_model::Indicator;
use choro_store::Store;

/// All values of a release.
pub(super) struct Values {
    pub counts: Counts,
    pub tables: PublishedTables,
}

/// Adds all that may be published to the bundle, and counts it.
pub(super) async fn publish(
    store: &Store,
    geography: &Geography,
    indicators: &[Indicator],
    build: &mut Build,
) -> Result<Values, WorkbenchError> {
    let mut values = Values { counts: Counts::default(), tables: PublishedTables::new()? };
    build.indicators(indicators);
    for linked in links::groups(geography, indicators) {
        let collected = collect(store, geography, linked).await?;
        let written = tokio::task::block_in_place(|| {
            let group = derive(restate(geography, collected));
            let protected = protect(geography, group).map_err(|refusal| WorkbenchError::Disclosure(Box::new(refusal)))?;
            Ok::<_, WorkbenchError>(audit(write(build, qualify(protected))?))
        })?;
        written.tables.iter().for_each(|table| values.counts.add(table));
        values.tables.add(store, &written).await?;
    }
    Ok(values)
}
