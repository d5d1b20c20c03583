//! A file of any format -> a table of cells, with bounds on everything that the file claims.

mod biff;
pub(super) mod column_letters;
mod delimited;
mod delimiter;
mod encoding;
mod ending;
pub(super) mod error;
mod inflated;
mod kind;
mod open;
pub(super) mod options;
mod row_reader;
pub(super) mod rows;
mod scan;
mod shared_texts;
mod sheet_cells;
pub(super) mod table;
mod workbook;

pub use open::{open, parse, read, read_sheets};
