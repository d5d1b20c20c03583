//! What each fuzz target does with its input, for the short run among the tests too.

pub mod archive;
pub mod areas;
pub mod boundaries;
pub mod bundle;
pub mod correspondences;
pub mod definitions;
pub mod delimited;
pub mod observations;
pub mod release;
pub mod requests;
pub mod sdmx;
pub mod settings;
pub mod wire;
pub mod workbook;
