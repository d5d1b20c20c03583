//! A releases folder in object storage.

pub mod depot;
mod keys;
pub mod upload;
