//! `choro backup`: aside, then renamed into place.

use super::{
    error::BackupError,
    manifest::{Backup, CODE_LISTS, DATABASE, Entry, FORMAT, INDICATORS, KEY, MANIFEST, RELEASES, copy, describe},
};
use crate::{clock::now, init::SETTINGS};
use choro_bundle::{self as bundle, Bundle, CURRENT, HISTORY, KEYS, Lock};
use choro_config::{Config, Database, DatabasePlace};
use choro_store as store;
use rustc_hash::FxHashMap;
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// Copies the workspace of `config`, whose settings file is `settings`, to the new folder `to`. Nobody publishes meanwhile;
/// imports and the server go on. Every byte of every release is verified on the way. The secret key goes along only `with_key`: who
/// reads a backup is not to sign releases.
pub async fn backup(config: &Config, settings: Option<&Path>, to: &Path, with_key: bool) -> Result<Backup, BackupError> {
    let empty = fs::read_dir(to).map_or(!to.exists(), |mut entries| entries.next().is_none());
    if !empty {
        return Err(BackupError::Exists { path: to.to_owned(), hint: "name a new folder for each backup" });
    }
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let aside = tempfile::Builder::new().prefix(".choro-backup-").tempdir_in(parent).map_err(BackupError::file(parent))?;
    let lock = Lock::take(&config.workspace.releases)?;
    let mut writer = Writer { root: aside.path(), files: BTreeMap::new(), known: FxHashMap::default() };
    writer.database(&config.workspace.database).await?;
    tokio::task::block_in_place(|| writer.rest(config, settings, &lock))?;
    if with_key {
        writer.take(&config.workspace.key, KEY.to_owned())?;
    }
    let backup = writer.finish()?;
    fs::rename(aside.path(), to).map_err(BackupError::file(to))?;
    Ok(backup)
}

struct Writer<'a> {
    root: &'a Path,
    files: BTreeMap<String, Entry>,
    /// Files of releases that were copied already, by device and number: releases share what did not change.
    known: FxHashMap<(u64, u64), String>,
}

impl Writer<'_> {
    async fn database(&mut self, database: &Database) -> Result<(), BackupError> {
        let DatabasePlace::File(path) = &database.place else { return Err(BackupError::Server) };
        let to = self.root.join(DATABASE);
        store::copy_file(path, &to).await?;
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).map_err(BackupError::file(&to))?;
        fs::File::open(&to).and_then(|file| file.sync_all()).map_err(BackupError::file(&to))?;
        self.files.insert(DATABASE.to_owned(), describe(&to)?);
        Ok(())
    }

    fn rest(&mut self, config: &Config, settings: Option<&Path>, lock: &Lock) -> Result<(), BackupError> {
        if let Some(path) = settings {
            self.take(path, SETTINGS.to_owned())?;
        }
        let indicators = &config.workspace.indicators;
        self.take(indicators, INDICATORS.to_owned())?;
        let lists = indicators.parent().unwrap_or(Path::new("")).join(CODE_LISTS);
        self.folder(&lists, CODE_LISTS)?;
        let releases = lock.releases();
        for (release, _) in bundle::list(releases)? {
            let dir = releases.join(release.as_str());
            Bundle::open(&dir)?.verify_all()?;
            self.folder(&dir, &format!("{RELEASES}/{release}"))?;
        }
        for name in [HISTORY, KEYS, CURRENT] {
            let path = releases.join(name);
            if path.exists() {
                self.take(&path, format!("{RELEASES}/{name}"))?;
            }
        }
        Ok(())
    }

    /// Every file below a folder, if it is there.
    fn folder(&mut self, from: &Path, name: &str) -> Result<(), BackupError> {
        let mut open = vec![(from.to_owned(), name.to_owned())];
        while let Some((folder, name)) = open.pop() {
            for path in entries(&folder)? {
                let below = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
                if path.is_dir() {
                    open.push((path, below));
                } else {
                    self.take(&path, below)?;
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, from: &Path, name: String) -> Result<(), BackupError> {
        let to = self.root.join(&name);
        let data = fs::metadata(from).map_err(BackupError::file(from))?;
        let number = (data.dev(), data.ino());
        if let Some(same) = self.known.get(&number).filter(|_| data.nlink() > 1) {
            let parent = to.parent().unwrap_or(self.root);
            fs::create_dir_all(parent).map_err(BackupError::file(parent))?;
            fs::hard_link(self.root.join(same), &to).map_err(BackupError::file(&to))?;
            if let Some(entry) = self.files.get(same).cloned() {
                self.files.insert(name, entry);
            }
            return Ok(());
        }
        let entry = copy(&name, from, &to)?;
        self.known.insert(number, name.clone());
        self.files.insert(name, entry);
        Ok(())
    }

    fn finish(self) -> Result<Backup, BackupError> {
        let path = self.root.join(MANIFEST);
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let backup = Backup { format: FORMAT.to_owned(), created: now(), program, files: self.files };
        let no_json = |e: serde_json::Error| BackupError::NoBackup { path: path.clone(), what: e.to_string() };
        let text = serde_json::to_vec_pretty(&backup).map_err(no_json)?;
        fs::write(&path, text).map_err(BackupError::file(&path))?;
        fs::File::open(&path).and_then(|file| file.sync_all()).map_err(BackupError::file(&path))?;
        Ok(backup)
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(BackupError::file(folder))?,
    };
    let path = |entry: std::io::Result<fs::DirEntry>| Ok(entry.map_err(BackupError::file(folder))?.path());
    let mut paths = entries.map(path).collect::<Result<Vec<_>, BackupError>>()?;
    paths.sort();
    Ok(paths)
}
