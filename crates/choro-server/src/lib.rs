//! TODO-DOC choro-server

pub mod http;
pub mod serving;
