//! The positions of a file -> longitude and latitude.
//!
//! PROJ is the measure, and `choro-gdal` has it. Of the reference systems that everybody uses proj4rs gives the same positions to a
//! metre (`proj::is_exact` says which; a test sweeps the whole registry), and these need no other program. All others are left to
//! `choro-gdal`, or refused where it is not there.

use super::{bend, gdal::positions, proj::ExactProj};
use crate::boundary::{
    error::BoundaryError,
    features::{
        crs,
        feature::{FeatureCollection, RawFeature, SourceCrs},
    },
    options::Options,
};
use geo::Coord;

/// Brings the positions to longitude and latitude. Says in which reference system they were.
pub fn to_degrees(source: &mut FeatureCollection, place: &str, options: &Options) -> Result<String, BoundaryError> {
    let missing = |what: &str| BoundaryError::MissingCrs { path: place.to_owned(), what: what.to_owned() };
    let given = options.crs.as_deref().map(named).transpose()?;
    let name = match (given.as_ref(), &source.crs) {
        // GDAL has already transformed.
        (_, SourceCrs::Transformed) => return Ok("longitude and latitude, WGS 84".to_owned()),
        (Some(SourceCrs::Named(name)), _) | (None, SourceCrs::Named(name)) => name.clone(),
        (Some(_), _) | (None, SourceCrs::Degrees) => return Ok("longitude and latitude, WGS 84".to_owned()),
        (None, SourceCrs::Unknown) => return Err(missing("the file says that it has none (\"crs\": null)")),
        (None, SourceCrs::Absent) => return Err(missing("the layer does not say in which its coordinates are")),
        (None, SourceCrs::DegreesByRule) if beyond_degrees(&source.areas) => {
            return Err(missing("its coordinates are no longitudes and latitudes"));
        }
        (None, SourceCrs::DegreesByRule) => return Ok("longitude and latitude, WGS 84, by the format's rule".to_owned()),
    };
    transform(source, &name, place)?;
    source.crs = SourceCrs::Transformed;
    Ok(name)
}

fn named(name: &str) -> Result<SourceCrs, BoundaryError> {
    let what = "it is no spelling of a reference system".to_owned();
    crs::from_name(name).ok_or_else(|| BoundaryError::UnknownCrs { got: name.to_owned(), what })
}

/// A position that cannot be transformed becomes not finite, so that its area is rejected.
fn transform(source: &mut FeatureCollection, name: &str, place: &str) -> Result<(), BoundaryError> {
    let shapes = source.areas.iter_mut().filter_map(|area| area.shape.as_mut().ok()?.as_mut());
    let mut rings: Vec<&mut Vec<Coord<f64>>> = shapes.flat_map(|shape| shape.polygons.iter_mut().flatten()).collect();
    match ExactProj::new(name) {
        Some(exact) => bend::transform(&mut rings, &|from| Ok(from.iter().map(|c| exact.position(*c)).collect())),
        None => bend::transform(&mut rings, &|from| positions::to_degrees(from, name, place).map_err(|e| unknown(name, e))),
    }
}

/// A name that PROJ does not know.
fn unknown(name: &str, error: BoundaryError) -> BoundaryError {
    match error {
        BoundaryError::Gdal { what, .. } if what.contains("is not known") => {
            BoundaryError::UnknownCrs { got: name.to_owned(), what: "PROJ does not know it".to_owned() }
        }
        other => other,
    }
}

/// Whether most areas begin where no longitude and latitude can be. A single one that does is a fault of that area alone.
fn beyond_degrees(areas: &[RawFeature]) -> bool {
    let firsts = areas.iter().filter_map(|area| area.shape.as_ref().ok()?.as_ref()?.polygons.first()?.first()?.first());
    let (mut within, mut beyond) = (0_usize, 0_usize);
    firsts.for_each(|c| if c.x.abs() <= 540.0 && c.y.abs() <= 90.0 { within += 1 } else { beyond += 1 });
    beyond > within
}
