//! Where the files of a bundle lie in it.

use choro_model::{Encoding, GridId, IndicatorId, Period};

/// The name of the catalogue.
pub const CATALOG: &str = "catalog.json";

/// Where the area table of a vintage lies in a bundle.
pub fn areas_path(set: &str, vintage: &str) -> String {
    format!("boundaries/{set}/{vintage}/areas.json")
}

/// Where the full geometry of a vintage lies in a bundle.
pub fn geometry_path(set: &str, vintage: &str) -> String {
    format!("boundaries/{set}/{vintage}/areas.fgb")
}

/// Where the tiles of a vintage in a grid lie in a bundle.
pub fn tiles_path(set: &str, vintage: &str, grid: &GridId, ending: &str) -> String {
    format!("tiles/{set}/{vintage}/{grid}.{ending}")
}

/// How the name of a skeleton file ends.
pub fn skeleton_ending(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Mvt => "skeleton",
        Encoding::Mlt => "mlt-skeleton",
    }
}

/// The folder of the values.
pub const VALUES: &str = "values/";

/// Where the values of a period lie in a bundle.
pub fn values_path(set: &str, vintage: &str, indicator: &IndicatorId, period: Period) -> String {
    format!("{VALUES}{set}/{vintage}/{indicator}/{period}.parquet")
}
