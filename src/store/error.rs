//! What can go wrong with the workspace's database, in the operator's words.

use std::path::{Path, PathBuf};

/// Why the store could not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("{path}: no database here; make a workspace with `choro init`, or correct `workspace.database`")]
    Absent {
        /// The path as configured.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{path}: {what}; correct `workspace.database`, the file was left as it is")]
    NotAWorkspace {
        /// The path as configured.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The schema has a step that this program does not know.
    #[error("{path}: the database was written by a newer choro (schema step {step}); use that version or a later one")]
    Newer {
        /// The path as configured.
        path: PathBuf,
        /// The unknown migration's version.
        step: i64,
    },
    /// A step of the schema differs from this program's.
    #[error("{path}: schema step {step} differs from this program's; use the choro that made the workspace")]
    Changed {
        /// The path as configured.
        path: PathBuf,
        /// The migration's version.
        step: i64,
    },
    /// Another process holds the database.
    #[error("the database is in use by another choro, which held it for longer than {seconds} s; wait for it, or end it")]
    Locked {
        /// How long was waited.
        seconds: u64,
    },
    /// No right to write.
    #[error("the database or its folder cannot be written; check the rights of the file, its -wal and -shm, and the folder")]
    ReadOnly,
    /// No room.
    #[error("the disk is full: nothing was stored; make room and run the command again")]
    DiskFull,
    /// Other boundaries under an id that exists.
    #[error(
        "boundary set {set}, vintage {vintage} exists with other content (sha256 {stored}, this file gives {given}): a vintage \
         never changes; import under another --vintage, or with --replace as long as no release uses it"
    )]
    OtherContent {
        /// The set.
        set: String,
        /// Its vintage.
        vintage: String,
        /// Hash of what is stored.
        stored: String,
        /// Hash of what was given.
        given: String,
    },
    /// Replacing what is public.
    #[error("boundary set {set}, vintage {vintage} is part of a release and never changes; import under another --vintage")]
    Published {
        /// The set.
        set: String,
        /// Its vintage.
        vintage: String,
    },
    /// A set and vintage that are not stored.
    #[error("boundary set {set} has no vintage {vintage}: stored are {known}; import it with `choro import boundaries`")]
    UnknownBoundaries {
        /// The set.
        set: String,
        /// The vintage.
        vintage: String,
        /// What is stored, comma separated.
        known: String,
    },
    /// The same area twice.
    #[error("boundary set {set}: area code {code:?} occurs twice; codes are unique in a set")]
    DuplicateArea {
        /// The set.
        set: String,
        /// The code.
        code: String,
    },
    /// An area that the vintage does not have.
    #[error("observation {place}: vintage {vintage} of boundary set {set} has no area {area:?}; correct the crosswalk")]
    UnknownArea {
        /// Selection of the observation.
        place: String,
        /// The set.
        set: String,
        /// The vintage.
        vintage: String,
        /// The code given.
        area: String,
    },
    /// An indicator that is not stored.
    #[error("observation {place}: indicator {indicator} is not defined; define it in indicators.toml")]
    UnknownIndicator {
        /// Selection of the observation.
        place: String,
        /// The id given.
        indicator: String,
    },
    /// Codes that are not the indicator's.
    #[error("observation {place}: expected one code each for {expected}, got {got:?}")]
    WrongCodes {
        /// Selection of the observation.
        place: String,
        /// The dimensions, comma separated.
        expected: String,
        /// The codes given, comma separated.
        got: String,
    },
    /// The same observation twice.
    #[error("observation {place}, area {area}: given twice in one import; keep one of them")]
    DuplicateObservation {
        /// Selection of the observation.
        place: String,
        /// The area.
        area: String,
    },
    /// A value that is not finite.
    #[error("observation {place}, area {area}: the value is not a finite number; give a state instead")]
    NotFinite {
        /// Selection of the observation.
        place: String,
        /// The area.
        area: String,
    },
    /// An indicator whose stored observations no longer fit.
    #[error(
        "indicator {indicator}: {change}, but {observations} observations are stored; give the changed indicator a new id, or \
         restore the old definition"
    )]
    IndicatorInUse {
        /// The id.
        indicator: String,
        /// What would change.
        change: String,
        /// How many observations it has.
        observations: i64,
    },
    /// The same release twice.
    #[error("release {id} is already recorded with another manifest; a release never changes")]
    ReleaseExists {
        /// The id.
        id: String,
    },
    /// Stored data that cannot be read back.
    #[error("{place} is damaged in the database: {what}; restore the database from a backup")]
    Damaged {
        /// Table and key.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// Anything else that the database says.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
}

/// How long a writer waits for another.
pub(super) const BUSY_SECONDS: u64 = 10;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match result_code(&error) {
            Some(SQLITE_BUSY | SQLITE_LOCKED) => Self::Locked { seconds: BUSY_SECONDS },
            Some(SQLITE_READONLY | SQLITE_PERM) => Self::ReadOnly,
            Some(SQLITE_FULL) => Self::DiskFull,
            Some(SQLITE_CORRUPT) => Self::Damaged { place: "a page".to_owned(), what: error.to_string() },
            _ => Self::Database(error),
        }
    }
}

// Primary result codes, https://sqlite.org/rescode.html
const SQLITE_PERM: i32 = 3;
const SQLITE_BUSY: i32 = 5;
const SQLITE_LOCKED: i32 = 6;
const SQLITE_READONLY: i32 = 8;
const SQLITE_IOERR: i32 = 10;
const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;
const SQLITE_NOTADB: i32 = 26;

/// SQLite's primary result code: the low byte of the extended one.
fn result_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// An error while opening `path`, where some codes mean something about the file as a whole.
pub(super) fn opening(path: &Path, error: sqlx::Error) -> StoreError {
    let other = |what| StoreError::NotAWorkspace { path: path.to_owned(), what };
    match result_code(&error) {
        Some(SQLITE_NOTADB) => other("this file is not a database"),
        Some(SQLITE_CANTOPEN | SQLITE_IOERR) => {
            other("this file cannot be opened: is it a folder, forbidden to read, or the disk full?")
        }
        Some(SQLITE_CORRUPT) => other("this database is damaged or cut off"),
        _ => error.into(),
    }
}
