//! Which database keeps the workspace's state: a file for SQLite, a URL for PostgreSQL.

use super::{
    error::ConfigError,
    value::{Given, beside},
};
use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};
use url::Url;

/// `[workspace]`, `database` and `database_timeout_s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// Where it is. `CHORO_DATABASE`; default `choro.sqlite`.
    pub place: DatabasePlace,
    /// Time for one statement in PostgreSQL, half of it for waiting for another writer. `CHORO_DATABASE_TIMEOUT_S`, seconds;
    /// default 30.
    pub timeout: Duration,
}

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabasePlace {
    /// An SQLite file.
    File(PathBuf),
    /// A database of a PostgreSQL server.
    Postgres(PostgresUrl),
}

/// `postgres://USER@HOST/DATABASE`. Its password is never printed: neither `Display` nor `Debug` show it.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(Url);

/// The parameters that are understood; another one would silently do nothing.
const PARAMETERS: [&str; 9] =
    ["host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey", "application_name"];

impl PostgresUrl {
    /// Takes a text as the URL of a database, or says what it should be, without repeating the text.
    pub fn new(text: &str) -> Result<Self, String> {
        let expected = || "postgres://USER@HOST/DATABASE, the password in PGPASSWORD or ~/.pgpass".to_owned();
        let url = Url::parse(text).map_err(|_| expected())?;
        let name = url.path().strip_prefix('/').unwrap_or_default();
        let whole = matches!(url.scheme(), "postgres" | "postgresql") && !name.is_empty() && !name.contains('/');
        let has_host = url.has_host() || url.query_pairs().any(|(key, _)| key == "host");
        if !whole || !has_host || url.fragment().is_some() {
            return Err(expected());
        }
        match url.query_pairs().find(|(key, _)| !PARAMETERS.contains(&key.as_ref())) {
            Some((key, _)) => Err(format!("no parameter {key:?}, but of these: {}", PARAMETERS.join(", "))),
            None => Ok(Self(url)),
        }
    }

    /// The whole URL with its password: for connecting alone.
    #[must_use]
    pub const fn secret(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.0.clone();
        // Fails for URLs without a host, which have no password there.
        let _no_host = url.set_password(None);
        if url.query().is_some() {
            let kept: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(key, _)| key != "password").collect();
            url.query_pairs_mut().clear().extend_pairs(kept);
        }
        f.write_str(url.as_str().trim_end_matches('?'))
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl fmt::Display for DatabasePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(url) => url.fmt(f),
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self { place: DatabasePlace::File("choro.sqlite".into()), timeout: Duration::from_secs(30) }
    }
}

impl Database {
    /// An SQLite file with the default time-out.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { place: DatabasePlace::File(path.into()), ..Self::default() }
    }

    /// The database with its file's path seen from the folder of `file`; a URL stays as it is.
    #[must_use]
    pub fn seen_from(&self, file: &Path) -> Self {
        match &self.place {
            DatabasePlace::File(path) => Self { place: DatabasePlace::File(beside(file, path)), ..*self },
            DatabasePlace::Postgres(_) => self.clone(),
        }
    }
}

/// A path, or a URL of PostgreSQL. A text that has `://` is meant to be a URL, and its password is not repeated.
pub(super) fn place(given: &Given) -> Result<DatabasePlace, ConfigError> {
    let text = given.text("a path, or a URL of PostgreSQL")?;
    if !text.contains("://") {
        return given.path().map(DatabasePlace::File);
    }
    let hidden = || Given { text: hide(text), ..given.clone() };
    PostgresUrl::new(text).map(DatabasePlace::Postgres).map_err(|expected| hidden().wrong(expected))
}

/// The text without what stands before the last `@`, and without what follows `password=`.
fn hide(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let rest = rest.rsplit_once('@').map_or_else(|| rest.to_owned(), |(_, rest)| format!("...@{rest}"));
    let shown = rest.split_once("password=").map_or(rest.as_str(), |(before, _)| before);
    format!("{scheme}://{shown}")
}
