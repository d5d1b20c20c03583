//! Object storage as the commands use it: its keys come from the environment.

use choro_bundle::Storage;
use choro_config as config;

/// The variables of the environment that say how to reach object storage (`AWS_*`).
#[derive(Default)]
pub struct Keys(Vec<(String, String)>);

impl Keys {
    /// Those among `env`.
    pub fn of(env: &[(String, String)]) -> Self {
        Self(env.iter().filter(|(name, _)| name.starts_with("AWS_")).cloned().collect())
    }

    /// The storage at `url`.
    pub fn open(&self, url: &str, settings: &config::StorageSettings) -> anyhow::Result<Storage> {
        Ok(Storage::open(url, &self.0, settings.timeout)?)
    }
}
