//! The positions of a file -> longitude and latitude.

use crate::boundary::{
    error::BoundaryError,
    features::{
        crs::ToDegrees,
        feature::{FeatureCollection, RawFeature, SourceCrs},
    },
    options::Options,
};

/// Brings the positions to longitude and latitude. Says in which reference system they were.
pub fn to_degrees(source: &mut FeatureCollection, place: &str, options: &Options) -> Result<String, BoundaryError> {
    let missing = |what: &str| BoundaryError::MissingCrs { path: place.to_owned(), what: what.to_owned() };
    let name = match (&options.crs, &source.crs) {
        // GDAL has already transformed.
        (_, SourceCrs::Degrees) => return Ok("longitude and latitude, WGS 84".to_owned()),
        (Some(name), _) | (None, SourceCrs::Named(name)) => name.clone(),
        (None, SourceCrs::Unknown) => return Err(missing("the file says that it has none (\"crs\": null)")),
        (None, SourceCrs::DegreesByRule) if beyond_degrees(&source.areas) => {
            return Err(missing("its coordinates are no longitudes and latitudes"));
        }
        (None, SourceCrs::DegreesByRule) => return Ok("longitude and latitude, WGS 84, by the format's rule".to_owned()),
    };
    if let Some(way) = ToDegrees::new(&name)? {
        source.areas.iter_mut().filter_map(|area| area.shape.as_mut().ok()?.as_mut()).for_each(|shape| way.apply(shape));
    }
    Ok(name)
}

/// Whether most areas begin where no longitude and latitude can be. A single one that does is a fault of that area alone.
fn beyond_degrees(areas: &[RawFeature]) -> bool {
    let firsts = areas.iter().filter_map(|area| area.shape.as_ref().ok()?.as_ref()?.first()?.first()?.first());
    let (mut within, mut beyond) = (0_usize, 0_usize);
    firsts.for_each(|c| if c.x.abs() <= 540.0 && c.y.abs() <= 90.0 { within += 1 } else { beyond += 1 });
    beyond > within
}
