//! TODO-DOC choro-server

pub mod public;
pub mod serving;
