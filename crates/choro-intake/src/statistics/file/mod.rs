//! A file of any format -> a table of cells, with bounds on everything that the file claims.

pub(super) mod column_letters;
mod encoding;
pub(super) mod error;
mod inflated;
mod kind;
mod open;
pub(super) mod options;
pub(super) mod rows;
mod scan;
mod sheet;
pub(super) mod table;
mod text;
mod workbook;
mod xls;

pub use open::{open, parse, read, read_sheets};
