//! What is measured: indicators and their code lists, as the operator defines them in files.

mod code_lists;
mod indicator_entry;
mod indicators;

pub use indicators::{parse, read};
