//! What the readers of all workbooks share: how things are shown, and cells becoming a table.

pub mod cell_look;
pub mod condition;
pub mod findings;
mod format_section;
mod format_token;
mod lay_out;
pub mod marked_text;
mod number_cells;
pub mod number_format;
pub mod place;
pub mod serial_date;
pub mod shared_texts;
pub mod sheet_reading;
pub mod shown_as;
mod text_cells;
