//! `choro restore`: everything is verified before anything is written, and what was written is removed when something fails.

use super::{
    error::BackupError,
    manifest::{
        Backup, CODE_LISTS, DATABASE, Entry, FORMAT, INDICATORS, KEY, LARGEST, MANIFEST, RELEASES, copy, describe, is_known,
    },
};
use crate::init::SETTINGS;
use choro_config::{Config, DatabasePlace, Overrides};
use rustc_hash::FxHashMap;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The backup.
    pub backup: Backup,
    /// Where the database lies now.
    pub database: PathBuf,
    /// Where the releases lie now.
    pub releases: PathBuf,
    /// Where the secret key belongs.
    pub key: PathBuf,
}

/// Puts a backup back as a workspace in `dir`: relative paths of its settings count from there, absolute ones and those of
/// variables stay what they are. None of the places may hold anything.
pub fn restore(from: &Path, dir: &Path, env: Vec<(String, String)>) -> Result<Restored, BackupError> {
    let from = fs::canonicalize(from).map_err(BackupError::file(from))?;
    let backup = manifest(&from)?;
    for (name, entry) in &backup.files {
        verify(&from.join(name), entry)?;
    }
    let places = Places::of(&from, &backup, dir, env)?;
    places.must_be_empty()?;
    let mut written = Written::default();
    let mut known: FxHashMap<&str, PathBuf> = FxHashMap::default();
    // The pointer and the settings come last: a workspace that has them is whole.
    let last = |name: &str| (name == SETTINGS, name.ends_with("/current"));
    let mut files: Vec<_> = backup.files.iter().collect();
    files.sort_by_key(|(name, _)| last(name));
    for (name, entry) in files {
        let to = places.of_file(name);
        match known.get(entry.sha256.as_str()).filter(|_| name.starts_with(RELEASES)) {
            Some(same) if link(same, &to) => written.0.push(to),
            _ => {
                written.0.push(to.clone());
                same(&from.join(name), entry, &copy(name, &from.join(name), &to)?)?;
                if name.starts_with(RELEASES) {
                    known.insert(&entry.sha256, to);
                }
            }
        }
    }
    // A workspace without a release has a folder for them nevertheless.
    fs::create_dir_all(&places.releases).map_err(BackupError::file(&places.releases))?;
    written.0.clear();
    Ok(Restored { backup, database: places.database, releases: places.releases, key: places.key })
}

fn manifest(from: &Path) -> Result<Backup, BackupError> {
    let path = from.join(MANIFEST);
    let wrong = |what: String| BackupError::NoBackup { path: path.clone(), what };
    let size = fs::metadata(&path).map_err(|e| wrong(format!("{e}: this is no backup, or one that was broken off")))?.len();
    if size > LARGEST {
        return Err(wrong(format!("it has {size} bytes, more than any manifest")));
    }
    let text = fs::read(&path).map_err(BackupError::file(&path))?;
    let backup: Backup = serde_json::from_slice(&text)
        .map_err(|e| wrong(format!("it does not follow {FORMAT} ({e}); use another backup, or a newer choro")))?;
    if backup.format != FORMAT {
        return Err(wrong(format!("its format is {:?}, this program reads {FORMAT}; use a newer choro", backup.format)));
    }
    match backup.files.keys().find(|name| !is_known(name)) {
        Some(name) => Err(wrong(format!("{name:?} is no file of a backup"))),
        None => Ok(backup),
    }
}

fn verify(path: &Path, entry: &Entry) -> Result<(), BackupError> {
    same(path, entry, &describe(path)?)
}

fn same(path: &Path, expected: &Entry, got: &Entry) -> Result<(), BackupError> {
    if expected == got {
        return Ok(());
    }
    let what = format!(
        "it has {} bytes and the SHA-256 {}, expected {} and {}",
        got.bytes, got.sha256, expected.bytes, expected.sha256
    );
    Err(BackupError::Damaged { path: path.to_owned(), what })
}

/// Where everything goes.
struct Places {
    settings: PathBuf,
    database: PathBuf,
    releases: PathBuf,
    indicators: PathBuf,
    key: PathBuf,
}

impl Places {
    fn of(from: &Path, backup: &Backup, dir: &Path, env: Vec<(String, String)>) -> Result<Self, BackupError> {
        let file = backup.files.contains_key(SETTINGS).then(|| from.join(SETTINGS));
        let workspace = Config::load(file.as_deref(), env.into_iter(), Overrides::default())?.workspace;
        let DatabasePlace::File(database) = workspace.database.place else { return Err(BackupError::Server) };
        // What the settings name relatively was read as lying in the backup.
        let place = |path: PathBuf| {
            let inside = path.strip_prefix(from).map(Path::to_owned);
            let relative = inside.ok().or_else(|| file.is_none().then(|| path.clone()));
            relative.map_or(path, |relative| dir.join(relative))
        };
        Ok(Self {
            settings: dir.join(SETTINGS),
            database: place(database),
            releases: place(workspace.releases),
            indicators: place(workspace.indicators),
            key: place(workspace.key),
        })
    }

    fn lists(&self) -> PathBuf {
        self.indicators.parent().unwrap_or(Path::new("")).join(CODE_LISTS)
    }

    fn of_file(&self, name: &str) -> PathBuf {
        match name.split_once('/') {
            Some((RELEASES, rest)) => self.releases.join(rest),
            Some((_, rest)) => self.lists().join(rest),
            None if name == DATABASE => self.database.clone(),
            None if name == INDICATORS => self.indicators.clone(),
            None if name == KEY => self.key.clone(),
            None => self.settings.clone(),
        }
    }

    fn must_be_empty(&self) -> Result<(), BackupError> {
        let Self { settings, database, releases, indicators, key } = self;
        let beside = |end: &str| PathBuf::from(format!("{}{end}", database.display()));
        let files = [settings.clone(), database.clone(), beside("-wal"), beside("-shm"), indicators.clone(), key.clone()];
        let is_full = |folder: &PathBuf| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        let folders = [releases.clone(), self.lists()].into_iter().filter(is_full);
        match files.into_iter().filter(|path| path.exists()).chain(folders).next() {
            None => Ok(()),
            Some(path) => {
                let hint =
                    "a backup is restored only where there is no workspace; move the old one away, or name another folder";
                Err(BackupError::Exists { path, hint })
            }
        }
    }
}

/// What was written so far; removed when dropped, unless it was cleared.
#[derive(Default)]
struct Written(Vec<PathBuf>);

impl Drop for Written {
    fn drop(&mut self) {
        for path in &self.0 {
            // The file that failed may not be there; a folder goes with its last file.
            let _gone = fs::remove_file(path);
            let _emptied = path.ancestors().skip(1).take_while(|folder| fs::remove_dir(folder).is_ok()).count();
        }
    }
}

fn link(from: &Path, to: &Path) -> bool {
    to.parent().is_some_and(|parent| fs::create_dir_all(parent).is_ok()) && fs::hard_link(from, to).is_ok()
}
