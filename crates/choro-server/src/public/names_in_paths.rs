//! The names in paths.

use super::values_in_queries::read;
use crate::serving::StyleName;
use choro_model::{AreaCode, GridId, IndicatorId, SetId};
use serde::Deserialize;
use utoipa::IntoParams;

/// A boundary set in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct SetPath {
    /// Boundary set id.
    #[param(value_type = SetId, inline, example = "ru-subjects")]
    pub set: SetId,
}

/// An area in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct AreaPath {
    /// Boundary set id.
    #[param(value_type = SetId, inline, example = "ru-subjects")]
    pub set: SetId,
    /// Area code, percent-encoded.
    #[param(value_type = AreaCode, inline, example = "RU-LEN")]
    pub code: AreaCode,
}

/// A set and a grid in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct GridPath {
    /// Boundary set id.
    #[param(value_type = SetId, inline, example = "ru-subjects")]
    pub set: SetId,
    /// Grid id.
    #[param(value_type = GridId, inline, example = "WebMercatorQuad")]
    pub grid: GridId,
}

/// A tile in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it only describes the path: tiles::TileAddress reads it, without copies")]
pub(super) struct TilePath {
    /// Boundary set id.
    #[param(value_type = SetId, inline, example = "ru-subjects")]
    pub set: SetId,
    /// Grid id.
    #[param(value_type = GridId, inline, example = "WebMercatorQuad")]
    pub grid: GridId,
    /// Zoom.
    #[param(value_type = u8, minimum = 0, maximum = 22, example = 3)]
    pub z: String,
    /// Column from the left.
    #[param(value_type = u32, minimum = 0, maximum = 4194303, example = 5)]
    pub x: String,
    /// Row from the top.
    #[param(value_type = u32, minimum = 0, maximum = 4194303, example = 2)]
    pub y: String,
}

/// A style in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct StylePath {
    /// Style id.
    #[param(value_type = StyleName, inline, example = "choropleth")]
    #[serde(deserialize_with = "read")]
    pub style: StyleName,
}

/// An indicator in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct IndicatorPath {
    /// Indicator id.
    #[param(value_type = IndicatorId, inline, example = "net_migration_rate")]
    pub indicator: IndicatorId,
}
