//! The crosswalk of a join: which code each label stands for.

use crate::{crosswalk_file, statistics::comparison_key};
use choro_model::{CrosswalkError, CrosswalkSpec, CrosswalkTable, unguarded};
use rustc_hash::FxHashMap;
use std::{borrow::Cow, path::Path};

/// Labels by their comparison keys, and the code that each stands for. An empty code says that the label is no area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crosswalk {
    codes: FxHashMap<String, String>,
}

impl Crosswalk {
    /// Reads a table: the labels stand in the columns `from`, joined by `+`, and the codes in the column `to`. A label that stands for
    /// two codes is an error. An empty label is skipped, since tables of codes leave a name out where a source has none.
    pub fn read(path: &Path, from: &[String], to: &str) -> Result<Self, CrosswalkError> {
        Self::from_table(&crosswalk_file::read(path)?, from, to)
    }

    /// Reads what `FILE:FROM[+FROM..]=TO` names. The labels of `joint` rows rightly stand for several codes, and are left out.
    pub fn of_spec(spec: &CrosswalkSpec, joint: &[String]) -> Result<Self, CrosswalkError> {
        Self::without(&crosswalk_file::read(&spec.path)?, &spec.from, &spec.to, joint)
    }

    /// Takes the labels and codes of a table that is read already.
    pub fn from_table(table: &CrosswalkTable, from: &[String], to: &str) -> Result<Self, CrosswalkError> {
        Self::without(table, from, to, &[])
    }

    /// Takes the labels and codes of a table, without the labels of `joint` rows.
    pub(crate) fn without(
        table: &CrosswalkTable,
        from: &[String],
        to: &str,
        joint: &[String],
    ) -> Result<Self, CrosswalkError> {
        let joint: Vec<String> = joint.iter().map(|label| comparison_key(label)).collect();
        let from = from.iter().map(|name| table.column(name)).collect::<Result<Vec<_>, _>>()?;
        let to = table.column(to)?;
        let mut codes: FxHashMap<String, String> = FxHashMap::default();
        for (index, row) in table.rows().iter().enumerate() {
            let text = |column: &usize| row.get(*column).map(|cell| unguarded(cell)).unwrap_or_default();
            let parts: Vec<Cow<'_, str>> = from.iter().map(text).collect();
            if parts.iter().all(|part| part.trim().is_empty()) {
                continue;
            }
            let label = comparison_key(&parts.join("+"));
            if joint.contains(&label) {
                continue;
            }
            let code = text(&to).trim().to_owned();
            if let Some(before) = codes.insert(label.clone(), code.clone()).filter(|before| *before != code) {
                let what = format!(
                    "label {label:?} stands for {code:?} here and for {before:?} above: keep one, or declare its row in area.joint"
                );
                return Err(CrosswalkError::Row { path: table.place().to_owned(), row: table.row_number(index), what });
            }
        }
        Ok(Self { codes })
    }

    /// What the crosswalk says of a label's key: nothing, or a code, which may be empty.
    #[must_use]
    pub fn code(&self, key: &str) -> Option<&str> {
        self.codes.get(key).map(String::as_str)
    }

    /// How many labels it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}
