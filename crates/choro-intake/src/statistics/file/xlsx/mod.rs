//! XLSX workbooks (ECMA-376, part 1, 18): XML in a ZIP archive.

pub mod book;
mod cells;
pub mod relations;
mod rich_text;
mod styles;
