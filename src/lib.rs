//! Choro joins regional boundaries with statistical indicators and serves them as vector tiles, GeoJSON and tables.
//!
//! Modules stand in reading order; ARCHITECTURE.md holds their ranks. A module imports only from above its own line's rank.

pub mod cli;
