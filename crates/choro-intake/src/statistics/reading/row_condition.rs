//! What a row must hold to be taken. This is for formats whose columns are known without a mapping.

use super::reject::UnplacedReject;
use crate::statistics::{comparison::comparison_key, file::table::CellTable};

/// A condition on one column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowCondition {
    /// The column, from 0.
    pub column: usize,
    /// A column and a text: only rows with that text there must fulfil the condition.
    pub when: Option<(usize, String)>,
    /// The texts that fulfil it.
    pub accepts: AcceptedTexts,
    /// The field of the reject.
    pub field: String,
    /// The reason of the reject.
    pub code: &'static str,
    /// The remedy of the reject.
    pub remedy: String,
}

/// The texts that fulfil a condition.
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
