//! A statistics file and its mapping -> labelled cells, and every reject.
//!
//! `file` brings any file into a table of cells, `mapping` says what stands where in it, and `reading` applies one to the other.
//! `scrutiny` looks for what may be a mishap, `period_text` reads periods in words, and `vocabulary` has the words of many languages.
//! `sdmx` knows the mapping of a format, and `propose` writes one for a file that has none. Nothing here knows the areas of a map:
//! cells keep the label that the file gives them, and `join` finds the area.

mod comparison;
mod doubt;
pub mod file;
pub mod mapping;
mod number;
mod number_fault;
mod period_text;
pub mod propose;
mod reading;
mod scrutiny;
pub mod sdmx;
mod shifted;
mod toml_text;
pub(crate) mod vocabulary;

#[cfg(test)]
pub(crate) mod tests;

pub use comparison::comparison_key;
pub(crate) use comparison::is_invisible;
pub use doubt::{Doubt, DoubtKind};
pub use file::{
    error::TableError,
    options::{SheetRef, TableOptions},
    rows::Rows,
    table::{CellContent, CellTable},
};
pub use mapping::{LabelSplit, Mapping, MappingError, Restore};
pub use number::{Convention, NumberError, parse as parse_number};
pub use propose::{Proposal, propose};
pub use reading::{
    cells::{CellIter, LabelledCell, LabelledCells, SpoolError},
    error::{FileError, IntakeError},
    intake::{FileLabel, Intake, LabelKind},
    read::read,
    read_file::read_file,
    reject::{Reject, Rejects},
};
pub use scrutiny::{
    unread_columns::{LabelText, UnreadColumn},
    unread_doubts::mild as told_of_unread,
};
pub use shifted::shifted;
