//! Where the bytes of a bundle come from, and how each is verified before it is used.

pub mod disk_cache;
mod disk_read;
pub mod near;
pub mod object_storage;
pub mod remote_files;
pub mod verified;
