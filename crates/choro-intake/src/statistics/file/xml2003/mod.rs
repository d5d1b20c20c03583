//! Workbooks as one XML document, which Excel 2002 and 2003 wrote and which web systems still write (SpreadsheetML 2003).

pub mod book;
mod cells;
mod styles;
