//! The sheets of a workbook, whatever its format.

use super::{
    error::TableError,
    sheet::sheet_reading::{BookTraits, SheetReading},
};

/// Whether a sheet has a tab that can be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visibility {
    /// It has.
    #[default]
    Visible,
    /// It is hidden.
    Hidden,
}

/// A sheet in the list of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEntry {
    /// As on its tab.
    pub name: String,
    /// Whether the tab is shown.
    pub visibility: Visibility,
    /// Whether it is a sheet of cells; a chart or a macro is none.
    pub holds_cells: bool,
}

impl SheetEntry {
    /// A visible sheet of cells.
    pub fn visible(name: impl Into<String>) -> Self {
        Self { name: name.into(), visibility: Visibility::Visible, holds_cells: true }
    }

    /// Whether it is taken where no sheet is named.
    pub fn is_open(&self) -> bool {
        self.holds_cells && self.visibility == Visibility::Visible
    }
}

/// An open workbook.
pub trait SheetSource {
    /// All sheets, in the order of their tabs.
    fn sheets(&self) -> &[SheetEntry];

    /// What holds for all sheets.
    fn traits(&self) -> BookTraits;

    /// Reads the cells of a sheet by its index in the list.
    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError>;
}
