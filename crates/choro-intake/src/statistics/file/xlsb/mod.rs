//! XLSB workbooks ([MS-XLSB]): binary records in a ZIP archive.

pub mod book;
mod cells;
mod fields;
mod records;
mod styles;
mod texts;
