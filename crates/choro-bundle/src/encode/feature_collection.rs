//! What a GeoJSON answer says: the types that are written, and that the OpenAPI document describes.

use super::{codes::Codes, origin::OriginMembers};
use choro_model::{AreaCode, IndicatorId, ObsStatus, Period, ReleaseId, Reliability, SetId, State, VintageId};
use serde::Serialize;
use utoipa::ToSchema;

/// The areas of a set. What GeoJSON has no words for stands in foreign members (RFC 7946, 6.1).
#[derive(Debug, Serialize, ToSchema)]
pub struct FeatureCollection<'a> {
    /// As GeoJSON wants it.
    #[serde(rename = "type")]
    pub(super) kind: CollectionType,
    /// The release.
    pub(super) release: &'a ReleaseId,
    /// The boundary set.
    pub(super) set: &'a SetId,
    /// Its vintage.
    pub(super) borders: &'a VintageId,
    /// Who is to be named.
    #[schema(example = "Rosstat; OpenStreetMap contributors")]
    pub(super) attribution: &'a str,
    /// What is measured; left out where there are no values.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) indicator: Option<MeasuredIndicator<'a>>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) period: Option<Period>,
    /// Whose figures the values were made of.
    #[serde(flatten)]
    pub(super) origin: OriginMembers<'a>,
    /// The code of each dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) selection: Option<Codes>,
    /// One for each area.
    pub(super) features: Vec<Feature<'a>>,
}

/// The type of a collection.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(super) enum CollectionType {
    FeatureCollection,
}

/// What the values of a collection measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasuredIndicator<'a> {
    /// The indicator.
    pub(super) id: &'a IndicatorId,
    /// Its name in the language of the answer.
    #[schema(example = "Net migration rate")]
    pub(super) name: &'a str,
    /// Its unit in the language of the answer.
    #[schema(example = "per 10,000 inhabitants")]
    pub(super) unit: &'a str,
    /// Who made the figures.
    #[schema(example = "Rosstat")]
    pub(super) source: &'a str,
}

/// An area.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feature<'a> {
    /// As GeoJSON wants it.
    #[serde(rename = "type")]
    pub(super) kind: FeatureType,
    /// Its code.
    pub(super) id: &'a AreaCode,
    /// What is known of it.
    pub(super) properties: AreaProperties<'a>,
    /// Its polygons in longitude and latitude; `null` where none is known.
    #[schema(required = true)]
    pub(super) geometry: Option<AreaGeometry>,
}

/// The type of a feature.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(super) enum FeatureType {
    Feature,
}

/// The properties of an area, and its value where values were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaProperties<'a> {
    /// Its code.
    pub(super) code: &'a AreaCode,
    /// Its name in the language of the answer.
    #[schema(example = "Leningrad Region")]
    pub(super) name: &'a str,
    /// The code of the area that contains it.
    #[schema(required = true)]
    pub(super) parent: Option<&'a AreaCode>,
    /// How much; `null` where there is a state instead, left out where no values were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, example = 120.35)]
    pub(super) value: Option<Option<f64>>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) state: Option<State>,
    /// The observation's flag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) status: Option<ObsStatus>,
    /// Why the value is not to be relied on: its base is too small, or not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) reliability: Option<Reliability>,
}

/// Polygons of an area, cut at 180 degrees (RFC 7946, 3.1.9).
// geozero writes them, and a test reads what it wrote as this type.
#[derive(Debug, Serialize, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct AreaGeometry {
    /// As GeoJSON wants it.
    #[serde(rename = "type")]
    pub(super) kind: GeometryType,
    /// Polygons of rings of positions, each longitude and latitude in degrees.
    #[schema(value_type = Vec<Vec<Vec<Vec<f64>>>>, example = json!([[[[29.0, 59.0], [30.0, 59.0], [30.0, 60.0], [29.0, 59.0]]]]))]
    pub(super) coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// The type of polygons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub enum GeometryType {
    /// Any number of polygons.
    MultiPolygon,
}
