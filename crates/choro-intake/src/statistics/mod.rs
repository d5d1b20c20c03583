//! A statistics file and its mapping -> labelled cells, and every reject.
//!
//! `file` brings any file into a table of cells, `mapping` says what stands where in it, and `reading` applies one to the other.
//! `sdmx` knows the mapping of a format, and `propose` writes one for a file that has none. Nothing here knows the areas of a map:
//! cells keep the label that the file gives them, and `join` finds the area.

mod comparison;
mod doubt;
pub mod file;
pub mod mapping;
mod number;
pub mod propose;
mod reading;
pub mod sdmx;
mod shifted;

#[cfg(test)]
pub(crate) mod tests;

pub use comparison::comparison_key;
pub use doubt::{Doubt, DoubtKind};
pub use file::{
    error::TableError,
    options::{SheetRef, TableOptions},
    rows::Rows,
    table::{CellContent, CellTable},
};
pub use mapping::{Mapping, MappingError, Restore};
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
pub use shifted::shifted;
