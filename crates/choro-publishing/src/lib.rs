//! The workbench: the use cases that keep state. It makes a workspace, takes boundaries and observations into the store,
//! and publishes releases.

mod backup;
mod boundaries;
mod built_in;
mod check;
mod correspondences;
mod demo;
mod earlier;
mod error;
mod geography;
mod init;
mod keys;
mod levels;
mod observations;
mod publish;
mod releases;
mod restating;
mod values;

pub use backup::{Backup, BackupError, Restored, backup, restore};
pub use boundaries::{BoundaryImport, BoundaryOutcome};
pub use check::{Finding, Level, check, check_bundle};
pub use correspondences::{CorrespondenceImport, CorrespondenceOutcome};
pub use demo::demo;
pub use error::WorkbenchError;
pub use geography::Orphans;
pub use init::{SETTINGS, init};
pub use keys::{make_key, rotate_key, signing_key};
pub use observations::{ObservationImport, ObservationOutcome};
pub use publish::{Large, Omitted, PublishReport};
pub use releases::{Listed, State, Withdrawal, list_releases, rollback, withdraw};

use choro_config::Config;
use choro_model::{Indicator, SetId, VintageId, hex};
use choro_store::{BoundarySetInfo, Store};
use sha2::{Digest as _, Sha256};
use std::{path::Path, time::SystemTime};

/// A workspace that is open for work.
#[derive(Debug)]
pub struct Workbench {
    config: Config,
    store: Store,
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
    async fn vintage(&self, set: &SetId, vintage: Option<&VintageId>) -> Result<BoundarySetInfo, WorkbenchError> {
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

/// SHA-256 of a file, hexadecimal.
fn file_hash(path: &Path) -> Result<String, WorkbenchError> {
    let failed = |source| WorkbenchError::File { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    std::io::copy(&mut file, &mut hash).map_err(failed)?;
    Ok(hex(&hash.finalize()))
}

/// The time as RFC 3339 in UTC.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    chrono::DateTime::from_timestamp(i64::try_from(seconds).unwrap_or_default(), 0)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
