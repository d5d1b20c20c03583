//! What is measured: indicators and their code lists, as the operator defines them in files.

mod code_lists;
mod indicators;

pub use indicators::{parse, read};
