//! An observation by small numbers.

use choro_model::{Figure, FileRow};

/// An observation by the numbers of its series and area.
pub(super) struct Numbered {
    pub series: i64,
    pub area: i64,
    pub figure: Figure,
    /// Where it stands in the file of the import.
    pub at: Option<FileRow>,
}
