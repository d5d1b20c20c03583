//! `choro.toml`: each of its tables goes to those who know its keys.

use super::{
    config::Config,
    error::{ConfigError, unknown},
    grids,
    keys::{self, KEYS},
    sets,
    toml_table::FileText,
};
use std::path::Path;
use toml::de::DeTable;

/// Sets the fields that the file gives.
pub(super) fn apply(config: &mut Config, path: &Path, text: &str) -> Result<(), ConfigError> {
    let file = FileText { path, text };
    let root = DeTable::parse(text).map_err(|e| ConfigError::Syntax {
        place: file.place(e.span().map_or(0, |span| span.start)),
        reason: e.message().trim_end_matches('.').replace('\n', ", "),
    })?;
    for (section, start, value) in file.table("", 0, root.get_ref()).entries {
        match section.as_str() {
            "grids" => config.grids.extend(grids::read(&file.tables(&section, start, value)?)?),
            "boundary_sets" => sets::read(&mut config.boundary_sets, &file.sub_table(&section, start, value)?)?,
            _ if KEYS.iter().any(|(key, ..)| key.split_once('.').is_some_and(|(s, _)| s == section)) => {
                let table = file.sub_table(&section, start, value)?;
                table.values().try_for_each(|given| keys::apply(config, &given))?;
            }
            _ => return Err(unknown(file.place(start), &section, sections())),
        }
    }
    Ok(())
}

fn sections() -> impl Iterator<Item = &'static str> {
    ["workspace", "server", "import", "metrics", "storage", "log", "traces", "grids", "boundary_sets"].into_iter()
}
