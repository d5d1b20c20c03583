//! One value as given, and the readers that turn it into a type or say where it is wrong.

use super::error::ConfigError;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where a value was given.
#[derive(Debug, Clone)]
pub(super) enum GivenIn {
    /// A file and its line, from 1.
    File(PathBuf, usize),
    /// An environment variable.
    Variable(&'static str),
    /// A flag as written.
    Flag(&'static str),
}

/// What a value looked like where it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueType {
    /// Variables and flags are text that may be anything.
    Untyped,
    /// A TOML string.
    Text,
    /// A TOML integer in decimal digits.
    Integer,
    /// A TOML float.
    Float,
    /// Any other TOML value, by its type's name.
    Other(&'static str),
}

/// A value as given.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) key: String,
    pub(super) text: String,
    pub(super) value_type: ValueType,
    pub(super) given_in: GivenIn,
}

impl Given {
    pub(super) fn place(&self) -> String {
        match &self.given_in {
            GivenIn::File(path, line) => at(path, *line),
            GivenIn::Variable(name) => format!("environment variable {name}"),
            GivenIn::Flag(flag) => format!("flag {flag}"),
        }
    }

    pub(super) fn wrong(&self, expected: impl Into<String>) -> ConfigError {
        let got = match self.value_type {
            ValueType::Untyped | ValueType::Text => format!("{:?}", self.text),
            ValueType::Integer | ValueType::Float => self.text.clone(),
            ValueType::Other(name) => format!("a TOML {name}"),
        };
        ConfigError::Value { place: self.place(), key: self.key.clone(), got, expected: expected.into() }
    }

    /// A text; `expected` says what it should be.
    pub(super) fn text(&self, expected: &str) -> Result<&str, ConfigError> {
        if matches!(self.value_type, ValueType::Untyped | ValueType::Text) {
            Ok(&self.text)
        } else {
            Err(self.wrong(expected))
        }
    }

    /// A text that parses.
    pub(super) fn parse<T: FromStr>(&self, expected: &str) -> Result<T, ConfigError> {
        self.text(expected)?.parse().map_err(|_| self.wrong(expected))
    }

    /// Yes or no.
    pub(super) fn switch(&self) -> Result<bool, ConfigError> {
        self.text.parse().map_err(|_| self.wrong("true or false"))
    }

    /// A whole number of `unit` within `range`.
    pub(super) fn integer(&self, range: RangeInclusive<u64>, unit: &str) -> Result<u64, ConfigError> {
        let number = self.text.parse().ok().filter(|n| range.contains(n));
        let typed = matches!(self.value_type, ValueType::Untyped | ValueType::Integer);
        number.filter(|_| typed).ok_or_else(|| self.wrong(format!("{} to {} {unit}", range.start(), range.end())))
    }

    /// A finite number.
    pub(super) fn number(&self, expected: &str) -> Result<f64, ConfigError> {
        let number = self.text.replace('_', "").parse().ok().filter(|n: &f64| n.is_finite());
        let typed = !matches!(self.value_type, ValueType::Text | ValueType::Other(_));
        number.filter(|_| typed).ok_or_else(|| self.wrong(expected))
    }

    /// A path: of a file's key, relative to the file's folder.
    pub(super) fn path(&self) -> Result<PathBuf, ConfigError> {
        let expected = "a path";
        let path = Path::new(self.text(expected)?);
        match &self.given_in {
            _ if path.as_os_str().is_empty() => Err(self.wrong(expected)),
            GivenIn::File(file, _) => Ok(beside(file, path)),
            _ => Ok(path.to_owned()),
        }
    }
}

/// A file and its line.
pub(super) fn at(path: &Path, line: usize) -> String {
    format!("{}:{line}", path.display())
}

/// `path` as seen from the folder of `file`.
pub(super) fn beside(file: &Path, path: &Path) -> PathBuf {
    file.parent().map_or_else(|| path.to_owned(), |folder| folder.join(path))
}
