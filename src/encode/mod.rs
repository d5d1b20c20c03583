//! Where geometry and values meet: tiles, GeoJSON, tables.

mod deflate;
pub mod splice;
#[cfg(test)]
mod tests;
