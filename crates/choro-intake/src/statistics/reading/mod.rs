//! A table and a mapping -> labelled cells and rejects.

pub(super) mod cells;
mod check_head;
mod columns;
pub(super) mod error;
mod file_labels;
mod footnotes;
mod heading_row;
mod indented_labels;
pub(super) mod intake;
mod label_rules;
mod layout;
pub(super) mod marks;
mod meaning;
mod merged_sheets;
mod not_a_value;
mod period_parts;
pub(super) mod read;
pub(super) mod read_file;
pub(super) mod reject;
pub(super) mod row_condition;
mod scaled;
mod selection_part;
mod selections;
mod sheet_doubts;
mod statuses;
mod watch;
