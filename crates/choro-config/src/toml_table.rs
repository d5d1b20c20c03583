//! A settings file as tables of values that know their line.

use super::error::{ConfigError, unknown};
use super::value::{Given, GivenIn, ValueType, at};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where in a file: its path, and its text to count lines in.
#[derive(Clone, Copy)]
pub(super) struct FileText<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

/// One table with its dotted name, e.g. `server` or `boundary_sets.regions`.
pub(super) struct TomlTable<'a> {
    file: FileText<'a>,
    name: String,
    start: usize,
    pub(super) entries: Vec<(String, usize, &'a DeValue<'a>)>,
}

impl<'a> FileText<'a> {
    pub(super) fn place(self, offset: usize) -> String {
        at(self.path, self.line(offset))
    }

    fn line(self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|b| *b == b'\n').count()
    }

    pub(super) fn table(self, name: &str, start: usize, table: &'a DeTable<'a>) -> TomlTable<'a> {
        let mut entries: Vec<_> =
            table.iter().map(|(k, v)| (k.get_ref().to_string(), k.span().start, v.get_ref())).collect();
        entries.sort_by_key(|(_, start, _)| *start);
        TomlTable { file: self, name: name.to_owned(), start, entries }
    }

    pub(super) fn sub_table(self, name: &str, start: usize, value: &'a DeValue<'a>) -> Result<TomlTable<'a>, ConfigError> {
        match value.as_table() {
            Some(table) => Ok(self.table(name, start, table)),
            None => Err(self.given(name, start, value).wrong(format!("a table: [{name}]"))),
        }
    }

    /// The tables of `[[name]]`.
    pub(super) fn tables(self, name: &str, start: usize, value: &'a DeValue<'a>) -> Result<Vec<TomlTable<'a>>, ConfigError> {
        let wrong = || self.given(name, start, value).wrong(format!("tables: [[{name}]]"));
        let items = value.as_array().ok_or_else(wrong)?;
        items
            .iter()
            .map(|item| item.get_ref().as_table().map(|t| self.table(name, item.span().start, t)).ok_or_else(wrong))
            .collect()
    }

    fn given(self, key: &str, start: usize, value: &DeValue<'_>) -> Given {
        let (text, value_type) = match value {
            DeValue::String(text) => (text.to_string(), ValueType::Text),
            DeValue::Integer(n) if n.radix() == 10 => (n.as_str().to_owned(), ValueType::Integer),
            DeValue::Float(n) => (n.as_str().to_owned(), ValueType::Float),
            DeValue::Boolean(switch) => (switch.to_string(), ValueType::Other(value.type_str())),
            other => (String::new(), ValueType::Other(other.type_str())),
        };
        Given { key: key.to_owned(), text, value_type, given_in: GivenIn::File(self.path.to_owned(), self.line(start)) }
    }
}

impl<'a> TomlTable<'a> {
    fn key(&self, name: &str) -> String {
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    /// Its entries as values.
    pub(super) fn values(&self) -> impl Iterator<Item = Given> + '_ {
        self.entries.iter().map(|(name, start, value)| self.file.given(&self.key(name), *start, value))
    }

    /// Its entries as tables, by name.
    pub(super) fn sub_tables(&self) -> impl Iterator<Item = Result<(Given, TomlTable<'a>), ConfigError>> + '_ {
        self.entries.iter().map(|(name, start, value)| {
            let id =
                Given { text: name.clone(), value_type: ValueType::Text, ..self.file.given(&self.key(name), *start, value) };
            Ok((id, self.file.sub_table(&self.key(name), *start, value)?))
        })
    }

    /// An entry as a value, if there is one.
    pub(super) fn value(&self, name: &str) -> Option<Given> {
        let entry = self.entries.iter().find(|(n, ..)| n == name);
        entry.map(|(_, start, value)| self.file.given(&self.key(name), *start, value))
    }

    /// An entry as a value; it must be there.
    pub(super) fn required(&self, name: &str, expected: &'static str) -> Result<Given, ConfigError> {
        let place = || self.file.place(self.start);
        self.value(name).ok_or_else(|| ConfigError::MissingKey { place: place(), key: self.key(name), expected })
    }

    /// The items of an array as values, if the entry is there.
    pub(super) fn list(&self, name: &str, expected: &str) -> Result<Option<Vec<Given>>, ConfigError> {
        let Some((_, start, value)) = self.entries.iter().find(|(n, ..)| n == name) else { return Ok(None) };
        let key = self.key(name);
        let items = value.as_array().ok_or_else(|| self.file.given(&key, *start, value).wrong(expected))?;
        let item = |item: &Spanned<DeValue<'_>>| self.file.given(&key, item.span().start, item.get_ref());
        Ok(Some(items.iter().map(item).collect()))
    }

    /// Refuses entries that are not among `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ConfigError> {
        match self.entries.iter().find(|(name, ..)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, start, _)) => {
                let known: Vec<_> = known.iter().map(|k| self.key(k)).collect();
                Err(unknown(self.file.place(*start), &self.key(name), known.iter().map(String::as_str)))
            }
        }
    }
}
