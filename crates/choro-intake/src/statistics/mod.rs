//! A statistics file and its mapping -> labelled cells, and every reject. Nothing here knows the areas of a map: rows keep
//! the label that the file gives them, and `join` finds the area.
//!
//! `table` brings any file into rows and columns, `mapping` says what stands where, `reading` applies one to the other;
//! `propose` writes a mapping for a file that has none.

mod doubt;
pub mod file;
pub mod mapping;
mod number;
pub mod propose;
mod reading;
pub mod sdmx;

#[cfg(test)]
mod irregular_tests;
#[cfg(test)]
pub(crate) mod tests;

pub use doubt::{Doubt, DoubtKind};
pub use file::{
    rows::Rows,
    table::{SheetRef, Table, TableError, TableOptions, Value},
};
pub use mapping::{Mapping, MappingError, Restore};
pub use number::{Convention, NumberError, parse as parse_number};
pub use propose::{Proposal, propose};
pub use reading::{
    cells::{CellIter, Cells, LabelledCell, SpoolError},
    labels::key,
    layout::IntakeError,
    reading::{Intake, Label, LabelKind, read},
    reject::{Reject, Rejects},
    sheets::{FileError, read_file},
};
