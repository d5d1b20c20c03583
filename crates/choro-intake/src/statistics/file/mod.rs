//! A file of any format -> a table of cells, with bounds on everything that the file claims.

pub(super) mod biff;
pub(super) mod delimited;
pub(super) mod encoding;
pub(super) mod ending;
pub(super) mod inflated;
pub(super) mod rows;
pub(super) mod shared_texts;
pub(super) mod sniff;
pub(super) mod table;
pub(super) mod workbook;

pub use table::{open, parse, read, read_sheets};
