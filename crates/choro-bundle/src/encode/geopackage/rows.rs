//! The areas of a set with the values of one selection as the rows of a GeoPackage.

use super::{
    super::{context::Context, error::EncodeError, geojson::Values, seam},
    write::Feature,
};
use crate::format::area_table::AreaRow;
use choro_model::{ObsStatus, Reliability};
use geo::{BoundingRect, Geometry, MultiPolygon};
use geozero::{CoordDimensions, ToWkb};

/// One row for every area, with or without polygon.
pub fn features<'a>(
    context: &Context<'a>,
    geometry: &[Option<MultiPolygon<f64>>],
    values: Values<'_>,
) -> Result<Vec<Feature<'a>>, EncodeError> {
    context.check("the geometry", geometry.len())?;
    context.check("the column", values.column.rows())?;
    let row = |(row, area): (usize, &'a AreaRow)| {
        let shape = geometry.get(row).and_then(Option::as_ref);
        Ok(Feature {
            geometry: shape.map(|shape| wkb(area.code.as_str(), shape)).transpose()?,
            code: area.code.as_str(),
            name: area.names.pick(context.lang, area.code.as_str()),
            parent: area.parent.as_ref().map(|code| code.as_str()),
            cell: values.column.cell(row),
            status: values.column.status(row).map(ObsStatus::as_str),
            reliability: values.column.reliability(row).map(Reliability::as_str),
        })
    };
    context.areas.rows().iter().enumerate().map(row).collect()
}

/// Longitudes within -180..180, as in GeoJSON, with west, east, south, north.
fn wkb(code: &str, shape: &MultiPolygon<f64>) -> Result<(Vec<u8>, [f64; 4]), EncodeError> {
    let shape = seam::within_180(shape);
    let failed = |reason: String| EncodeError::Geometry { area: code.to_owned(), reason };
    let rect = shape.bounding_rect().ok_or_else(|| failed("it has no vertex".to_owned()))?;
    let bounds = [rect.min().x, rect.max().x, rect.min().y, rect.max().y];
    let wkb = Geometry::MultiPolygon(shape).to_wkb(CoordDimensions::xy()).map_err(|error| failed(error.to_string()))?;
    Ok((wkb, bounds))
}
