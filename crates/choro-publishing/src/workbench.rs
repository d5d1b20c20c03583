//! A workspace that is open for work; what is done with it stands in the rooms (`imports`, `publish`).

use crate::error::WorkbenchError;
use choro_config::Config;
use choro_model::{Indicator, SetId, VintageId};
use choro_store::{BoundarySetInfo, Store};

/// A workspace that is open for work.
#[derive(Debug)]
pub struct Workbench {
    pub(crate) config: Config,
    pub(crate) store: Store,
}

impl Workbench {
    /// Opens the workspace of `config`.
    pub async fn open(config: Config) -> Result<Self, WorkbenchError> {
        let store = Store::open(&config.workspace.database, false).await?;
        Ok(Self { config, store })
    }

    /// Closes the database, so that its files lie complete on the disk.
    pub async fn close(self) {
        self.store.close().await;
    }

    /// Its settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Puts the indicators of `indicators.toml` into the store and gives them back.
    pub async fn sync_indicators(&self) -> Result<Vec<Indicator>, WorkbenchError> {
        let indicators = choro_intake::definitions::read(&self.config.workspace.indicators)?;
        self.store.put_indicators(&indicators).await?;
        Ok(indicators)
    }

    /// A vintage of a set, by default the newest.
    pub(crate) async fn vintage(&self, set: &SetId, vintage: Option<&VintageId>) -> Result<BoundarySetInfo, WorkbenchError> {
        let all = self.store.boundary_sets().await?;
        let known: Vec<String> = all.iter().map(|info| format!("{} {}", info.set, info.vintage)).collect();
        let wanted = |info: &BoundarySetInfo| info.set == *set && vintage.is_none_or(|vintage| info.vintage == *vintage);
        all.into_iter().rfind(wanted).ok_or_else(|| WorkbenchError::NoSuchSet {
            set: set.to_string(),
            vintage: vintage.map(|vintage| format!(", vintage {vintage}")).unwrap_or_default(),
            known: if known.is_empty() { "none".to_owned() } else { known.join(", ") },
        })
    }
}
