//! A release opened for serving, from a folder or from object storage.

pub mod bundle;
pub mod depot;
