//! The public server: the current release and one answer at a time (`serving`), and the interface to it by HTTP (`public`).

pub mod public;
pub mod serving;
