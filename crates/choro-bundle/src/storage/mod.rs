//! Where the bytes of a bundle come from, and how each is verified before it is used.

pub mod disk_cache;
pub mod object_storage;
pub mod verified;
