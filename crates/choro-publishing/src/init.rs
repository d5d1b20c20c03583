//! Makes a workspace.

use crate::{error::WorkbenchError, keys};
use choro_bundle::SecretKey;
use choro_config::{Config, Database, DatabasePlace};
use choro_model::PublicKey;
use choro_store::Store;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The settings file of a workspace.
pub const SETTINGS: &str = "choro.toml";
const INDICATORS: &str = include_str!("init/indicators.toml");
const SEX: &str = include_str!("init/sex.csv");

/// Makes a workspace in `dir`: `choro.toml`, `indicators.toml` with a code list, the database, the folder of releases and a key.
/// `database`: an empty one of a server instead of a file. Returns the path of the settings, which hold no password, and the public
/// half of the key that will sign its releases.
pub async fn init(dir: &Path, database: Option<&Database>) -> Result<(PathBuf, PublicKey), WorkbenchError> {
    let settings = dir.join(SETTINGS);
    let workspace = choro_config::WorkspaceSettings::default();
    let database = database.cloned().unwrap_or_else(|| workspace.database.seen_from(&settings));
    let file = if let DatabasePlace::File(path) = &database.place { Some(path) } else { None };
    if let Some(path) = [Some(&settings), file].into_iter().flatten().find(|path| path.exists()) {
        return Err(WorkbenchError::Exists { path: path.clone() });
    }
    make_dir(&dir.join(&workspace.releases))?;
    make_dir(&dir.join("code_lists"))?;
    Store::open(&database, true).await?.close().await;
    write(&dir.join(&workspace.indicators), INDICATORS)?;
    write(&dir.join("code_lists/sex.csv"), SEX)?;
    // A key that is there is that of the workspace before: releases that were signed with it are still served.
    let key = dir.join(&workspace.key);
    let public = match SecretKey::read(&key)? {
        Some(key) => key.public(),
        None => keys::make_key(&key)?,
    };
    write(&settings, &Config::toml_with(&database))?;
    Ok((settings, public))
}

fn make_dir(path: &Path) -> Result<(), WorkbenchError> {
    fs::create_dir_all(path).map_err(|source| WorkbenchError::File { path: path.to_owned(), source })
}

/// Writes a file that is not there yet; one that is stays as it is.
fn write(path: &Path, text: &str) -> Result<(), WorkbenchError> {
    if path.exists() {
        return Ok(());
    }
    fs::write(path, text).map_err(|source| WorkbenchError::File { path: path.to_owned(), source })
}
