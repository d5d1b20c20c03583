//! Tables of web pages, which statistics systems hand out as spreadsheets.

pub mod book;
mod table;
mod tags;
