//! XLS workbooks: BIFF in a compound file ([MS-XLS]).
//!
//! calamine reads the values. How they are shown stands in the same records, and is read here.

mod biff;
pub mod book;
mod looks;
mod records;
mod shared_texts;
mod sheet_looks;
