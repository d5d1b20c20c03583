//! Settings out of a file, variables and flags.

use super::{
    config::Config,
    error::ConfigError,
    file, grids, keys, sets,
    value::{Given, GivenIn, ValueType},
};
use std::path::Path;

/// Settings given as flags.
#[derive(Debug, Clone, Default)]
pub struct Overrides(Vec<Given>);

impl Overrides {
    /// `flag` (as written, e.g. `--addr`) sets `key` (e.g. `server.addr`), if it was given.
    #[must_use]
    pub fn set(mut self, flag: &'static str, key: &'static str, value: Option<impl ToString>) -> Self {
        self.0.extend(value.map(|value| Given {
            key: key.to_owned(),
            text: value.to_string(),
            value_type: ValueType::Untyped,
            given_in: GivenIn::Flag(flag),
        }));
        self
    }
}

impl Config {
    /// The settings of a file (if there is one), the `CHORO_*` among `env`, and the flags.
    pub fn load(
        file: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
        overrides: Overrides,
    ) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .map_err(|e| ConfigError::Read { path: path.to_owned(), reason: e.to_string() })?;
            config.workspace.rebase(path);
            config.storage.rebase(path);
            file::apply(&mut config, path, &text)?;
        }
        let variables = keys::variables(env)?;
        variables.into_iter().chain(overrides.0).try_for_each(|given| keys::apply(&mut config, &given))?;
        config.check()?;
        Ok(config)
    }

    /// What no single key can show to be wrong.
    fn check(&self) -> Result<(), ConfigError> {
        grids::check(&self.grids)?;
        sets::check_parents(&self.boundary_sets)?;
        self.boundary_sets.iter().try_for_each(|(id, set)| sets::check(id, set, &self.grids))
    }
}
