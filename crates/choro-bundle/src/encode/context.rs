//! What every answer about areas says of itself: where its figures are from, and what they are of.

use super::error::EncodeError;
use crate::format::area_table::AreaTable;
use choro_model::{Lang, ReleaseId, SetId, VintageId};

/// What every answer about areas says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The release.
    pub release: &'a ReleaseId,
    /// The boundary set.
    pub set: &'a SetId,
    /// Its vintage.
    pub vintage: &'a VintageId,
    /// The areas of the vintage.
    pub areas: &'a AreaTable,
    /// The language of names.
    pub lang: &'a Lang,
    /// Who is to be named, as text.
    pub attribution: &'a str,
}

impl Context<'_> {
    /// Refuses a table that has not one row for each area.
    pub(super) fn check(&self, what: &'static str, got: usize) -> Result<(), EncodeError> {
        let expected = self.areas.rows().len();
        if got == expected { Ok(()) } else { Err(EncodeError::Rows { set: self.set.to_string(), what, got, expected }) }
    }
}
