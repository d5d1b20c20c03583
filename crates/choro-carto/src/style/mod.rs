//! Classes -> MapLibre style and legend. Both read the same [`Classification`](choro_figures::classify::Classification), so a colour on the map is always the colour
//! of a legend entry.

mod flags;
mod legend;
mod look;
mod maplibre;
mod number;
mod qgis;
mod summary;
mod symbols;
mod template;
#[cfg(test)]
mod tests;

pub use flags::{FlagEntry, Flagged};
pub use legend::{ClassEntry, Legend, StateEntry, ZeroEntry, legend};
pub use look::{Look, Pattern, look};
pub use maplibre::{CHOROPLETH, Style, StyleInput, StyleMetadata, StyleProjection, maplibre};
pub use number::{NumberForm, number};
pub use qgis::{QgisLayer, qlr, qml};
pub use summary::{Summary, summary};
pub use symbols::{Circle, Symbols};
pub use template::StyleError;
