//! What can be wrong with settings.

use std::path::PathBuf;

/// Why settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: cannot be read: {reason}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// The file is not TOML.
    #[error("{place}: not valid TOML: {reason}")]
    Syntax {
        /// File and line.
        place: String,
        /// The parser's reason.
        reason: String,
    },
    /// A key that does not exist.
    #[error("{place}: unknown key `{key}`{}", hint(.nearest.as_deref()))]
    UnknownKey {
        /// File and line, or flag.
        place: String,
        /// The key with its section.
        key: String,
        /// The existing key that is most like it.
        nearest: Option<String>,
    },
    /// A variable that does not exist.
    #[error("unknown environment variable {name}{}", hint(.nearest.as_deref()))]
    UnknownVariable {
        /// The variable.
        name: String,
        /// The existing variable that is most like it.
        nearest: Option<String>,
    },
    /// A value that its key cannot take.
    #[error("{place}: `{key}` is {got}, expected {expected}")]
    Value {
        /// File and line, variable or flag.
        place: String,
        /// The key with its section.
        key: String,
        /// The value as written.
        got: String,
        /// What it can be.
        expected: String,
    },
    /// A key that must be there is not.
    #[error("{place}: `{key}` is missing, expected {expected}")]
    MissingKey {
        /// File and line of the table.
        place: String,
        /// The key with its section.
        key: String,
        /// What it can be.
        expected: &'static str,
    },
    /// Values that do not go together.
    #[error("`{key}`: {what}")]
    Conflict {
        /// The key with its section.
        key: String,
        /// Why, and how to mend it.
        what: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest
        .map_or_else(|| "; `choro init` writes a file that lists all".to_owned(), |name| format!("; did you mean `{name}`?"))
}

/// The name most like `given`, if any is like it at all (Jaro-Winkler above 0.7). A table that both stand in, and the prefix of
/// all variables, make no two names alike.
pub(super) fn nearest<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let given = given.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        let (given, name) = match (given.rsplit_once('.'), name.rsplit_once('.')) {
            (Some((table, key)), Some((other, known))) if table == other => (key, known),
            _ => (given.as_str(), name.as_str()),
        };
        let bare = |text| str::strip_prefix(text, "choro_").unwrap_or(text).to_owned();
        strsim::jaro_winkler(&bare(given), &bare(name))
    };
    let scored = names.map(|name| (likeness(name), name)).filter(|(score, _)| *score > 0.7);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name.to_owned())
}

/// A key that does not exist, with the one of `known` that is most like it.
pub(super) fn unknown<'a>(place: String, key: &str, known: impl Iterator<Item = &'a str>) -> ConfigError {
    ConfigError::UnknownKey { place, key: key.to_owned(), nearest: nearest(key, known) }
}
