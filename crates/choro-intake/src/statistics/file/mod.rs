//! A file of any format -> a table of cells, with bounds on everything that the file claims.

mod archive_kind;
pub(super) mod column_letters;
mod encoding;
pub(super) mod error;
mod format;
mod html;
mod inflated;
mod kind;
mod markup_text;
mod ods;
mod open;
pub(super) mod options;
mod package;
pub(super) mod rows;
mod scan;
pub(super) mod sheet;
mod sheet_choice;
mod sheets;
pub(super) mod table;
#[cfg(test)]
mod tests;
mod text;
mod workbook;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod xml2003;

pub use open::{open, parse, read, read_sheets};
