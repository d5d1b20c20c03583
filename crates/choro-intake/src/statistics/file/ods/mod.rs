//! Spreadsheets of OpenDocument (ODS): XML in a ZIP archive, or as it is.

pub mod book;
mod cell;
mod cell_text;
mod cells;
mod data_style;
mod styles;
