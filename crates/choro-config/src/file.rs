//! `choro.toml`: its tables as values that know their line.

use super::keys::{self, KEYS, unknown};
use super::value::{Given, Kind, Origin, at};
use super::{Config, ConfigError, grids, sets};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where in a file: its path, and its text to count lines in.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

/// One table with its dotted name, e.g. `server` or `boundary_sets.regions`.
pub(super) struct Table<'a> {
    source: Source<'a>,
    name: String,
    start: usize,
    entries: Vec<(String, usize, &'a DeValue<'a>)>,
}

/// Sets the fields that the file gives.
pub(super) fn apply(config: &mut Config, path: &Path, text: &str) -> Result<(), ConfigError> {
    let source = Source { path, text };
    let root = DeTable::parse(text).map_err(|e| ConfigError::Syntax {
        place: source.place(e.span().map_or(0, |span| span.start)),
        reason: e.message().trim_end_matches('.').replace('\n', ", "),
    })?;
    for (section, start, value) in source.table("", 0, root.get_ref()).entries {
        match section.as_str() {
            "grids" => config.grids.extend(grids::read(&source.tables(&section, start, value)?)?),
            "boundary_sets" => sets::read(&mut config.boundary_sets, &source.sub_table(&section, start, value)?)?,
            _ if KEYS.iter().any(|(key, ..)| key.split_once('.').is_some_and(|(s, _)| s == section)) => {
                let table = source.sub_table(&section, start, value)?;
                table.values().try_for_each(|given| keys::apply(config, &given))?;
            }
            _ => return Err(unknown(source.place(start), &section, sections())),
        }
    }
    Ok(())
}

fn sections() -> impl Iterator<Item = &'static str> {
    ["workspace", "server", "import", "metrics", "storage", "log", "traces", "grids", "boundary_sets"].into_iter()
}

impl<'a> Source<'a> {
    fn place(self, offset: usize) -> String {
        at(self.path, self.line(offset))
    }

    fn line(self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|b| *b == b'\n').count()
    }

    fn table(self, name: &str, start: usize, table: &'a DeTable<'a>) -> Table<'a> {
        let mut entries: Vec<_> =
            table.iter().map(|(k, v)| (k.get_ref().to_string(), k.span().start, v.get_ref())).collect();
        entries.sort_by_key(|(_, start, _)| *start);
        Table { source: self, name: name.to_owned(), start, entries }
    }

    fn sub_table(self, name: &str, start: usize, value: &'a DeValue<'a>) -> Result<Table<'a>, ConfigError> {
        match value.as_table() {
            Some(table) => Ok(self.table(name, start, table)),
            None => Err(self.given(name, start, value).wrong(format!("a table: [{name}]"))),
        }
    }

    /// The tables of `[[name]]`.
    fn tables(self, name: &str, start: usize, value: &'a DeValue<'a>) -> Result<Vec<Table<'a>>, ConfigError> {
        let wrong = || self.given(name, start, value).wrong(format!("tables: [[{name}]]"));
        let items = value.as_array().ok_or_else(wrong)?;
        items
            .iter()
            .map(|item| item.get_ref().as_table().map(|t| self.table(name, item.span().start, t)).ok_or_else(wrong))
            .collect()
    }

    fn given(self, key: &str, start: usize, value: &DeValue<'_>) -> Given {
        let (text, kind) = match value {
            DeValue::String(text) => (text.to_string(), Kind::Text),
            DeValue::Integer(n) if n.radix() == 10 => (n.as_str().to_owned(), Kind::Integer),
            DeValue::Float(n) => (n.as_str().to_owned(), Kind::Float),
            DeValue::Boolean(switch) => (switch.to_string(), Kind::Other(value.type_str())),
            other => (String::new(), Kind::Other(other.type_str())),
        };
        Given { key: key.to_owned(), text, kind, origin: Origin::File(self.path.to_owned(), self.line(start)) }
    }
}

impl<'a> Table<'a> {
    fn key(&self, name: &str) -> String {
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    /// Its entries as values.
    pub(super) fn values(&self) -> impl Iterator<Item = Given> + '_ {
        self.entries.iter().map(|(name, start, value)| self.source.given(&self.key(name), *start, value))
    }

    /// Its entries as tables, by name.
    pub(super) fn sub_tables(&self) -> impl Iterator<Item = Result<(Given, Table<'a>), ConfigError>> + '_ {
        self.entries.iter().map(|(name, start, value)| {
            let id = Given { text: name.clone(), kind: Kind::Text, ..self.source.given(&self.key(name), *start, value) };
            Ok((id, self.source.sub_table(&self.key(name), *start, value)?))
        })
    }

    /// An entry as a value, if there is one.
    pub(super) fn value(&self, name: &str) -> Option<Given> {
        let entry = self.entries.iter().find(|(n, ..)| n == name);
        entry.map(|(_, start, value)| self.source.given(&self.key(name), *start, value))
    }

    /// An entry as a value; it must be there.
    pub(super) fn required(&self, name: &str, expected: &'static str) -> Result<Given, ConfigError> {
        let place = || self.source.place(self.start);
        self.value(name).ok_or_else(|| ConfigError::MissingKey { place: place(), key: self.key(name), expected })
    }

    /// The items of an array as values, if the entry is there.
    pub(super) fn list(&self, name: &str, expected: &str) -> Result<Option<Vec<Given>>, ConfigError> {
        let Some((_, start, value)) = self.entries.iter().find(|(n, ..)| n == name) else { return Ok(None) };
        let key = self.key(name);
        let items = value.as_array().ok_or_else(|| self.source.given(&key, *start, value).wrong(expected))?;
        let item = |item: &Spanned<DeValue<'_>>| self.source.given(&key, item.span().start, item.get_ref());
        Ok(Some(items.iter().map(item).collect()))
    }

    /// Refuses entries that are not among `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ConfigError> {
        match self.entries.iter().find(|(name, ..)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, start, _)) => {
                let known: Vec<_> = known.iter().map(|k| self.key(k)).collect();
                Err(unknown(self.source.place(*start), &self.key(name), known.iter().map(String::as_str)))
            }
        }
    }
}
