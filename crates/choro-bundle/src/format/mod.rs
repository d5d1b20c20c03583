//! What the files of a bundle say and how they are named.

pub mod area_table;
pub mod catalog;
pub mod coding;
pub mod column;
pub mod combinations;
pub mod error;
pub mod field_hash;
pub mod fingerprint;
pub mod manifest;
pub mod outside;
pub mod paths;
pub mod usual_codes;
