//! What a row must hold to be taken: for formats whose columns are known without a mapping.

use super::reject::UnplacedReject;
use crate::statistics::{comparison::comparison_key, file::table::CellTable};

/// A condition on one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowCondition {
    /// The column, from 0.
    pub column: usize,
    /// Only rows with this text in that column are looked at.
    pub when: Option<(usize, String)>,
    pub accepts: AcceptedTexts,
    /// The field, code and remedy of the reject.
    pub field: String,
    pub code: &'static str,
    pub remedy: String,
}

/// The texts that a guard lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AcceptedTexts {
    /// One of these.
    OneOf(Vec<String>),
    /// Any but nothing.
    NotEmpty,
}

impl RowCondition {
    /// What is wrong with a row, if anything.
    pub(crate) fn check(&self, table: &CellTable, row: usize) -> Result<(), UnplacedReject> {
        let text = |column: usize| comparison_key(&table.get(row, column).to_string());
        if self.when.as_ref().is_some_and(|(column, wanted)| text(*column) != *wanted) {
            return Ok(());
        }
        let found = text(self.column);
        let good = match &self.accepts {
            AcceptedTexts::OneOf(texts) => texts.contains(&found),
            AcceptedTexts::NotEmpty => !found.is_empty(),
        };
        if good { Ok(()) } else { Err(UnplacedReject::new(&self.field, &found, self.code, self.remedy.clone())) }
    }
}
