//! What the readers of all workbooks share.

pub mod sheet_cells;
