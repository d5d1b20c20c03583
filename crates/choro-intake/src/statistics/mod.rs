//! A statistics file and its mapping -> labelled cells, and every reject. Nothing here knows the areas of a map: rows keep
//! the label that the file gives them, and `join` finds the area.
//!
//! `table` brings any file into rows and columns, `mapping` says what stands where, `reading` applies one to the other;
//! `propose` writes a mapping for a file that has none.

mod biff;
mod cells;
mod delimited;
mod doubt;
mod encoding;
mod ending;
mod footnotes;
mod guard;
mod indent;
mod inflated;
mod labels;
mod layout;
pub mod mapping;
mod marks;
mod number;
pub mod propose;
mod reading;
mod reject;
mod rows;
pub mod sdmx;
mod selections;
mod shared_texts;
mod sheets;
mod sniff;
mod status;
pub mod table;
mod workbook;

#[cfg(test)]
mod irregular_tests;
#[cfg(test)]
pub(crate) mod tests;

pub use cells::{CellIter, Cells, LabelledCell, SpoolError};
pub use doubt::{Doubt, DoubtKind};
pub use labels::key;
pub use layout::IntakeError;
pub use mapping::{Mapping, MappingError, Restore};
pub use number::{Convention, NumberError, parse as parse_number};
pub use propose::{Proposal, propose};
pub use reading::{Intake, Label, LabelKind, read};
pub use reject::{Reject, Rejects};
pub use rows::Rows;
pub use sheets::{FileError, read_file};
pub use table::{SheetRef, Table, TableError, TableOptions, Value};
