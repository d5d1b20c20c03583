//! What a map looks like: styles, legends and symbols (`style`); maps as SVG, PNG and PDF (`drawing`).

pub mod drawing;
pub mod style;
