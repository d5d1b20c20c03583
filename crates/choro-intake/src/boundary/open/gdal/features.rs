//! The frames that `choro-gdal` writes about a file or a table -> the features that it holds.

use super::{
    frames::{GdalFrame, LayerHeader, RecordFields},
    postgis::PostgisTable,
    program::command,
    run::{Broken, next, run, unexpected},
    wkb,
};
use crate::boundary::{
    error::BoundaryError,
    features::{
        area_fault::AreaFault,
        crs,
        feature::{FeatureCollection, RawFeature, Shape, SourceCrs, count},
        meter::Meter,
    },
    open::shapefile,
    options::Options,
    report::Reason,
};
use std::{env, io::Read, path::Path};

/// Reads a file through `choro-gdal`.
pub fn read(path: &Path, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let mut command = command(place, false)?;
    // An absolute path is never taken for an option.
    command.arg(std::path::absolute(path).map_err(|e| BoundaryError::io(place, e))?);
    for (name, value) in [("--layer", &options.layer), ("--encoding", &options.encoding)] {
        if let Some(value) = value {
            command.arg(name).arg(value);
        }
    }
    // Names of fields that are read byte by byte are not those that were asked for.
    if options.encoding.as_deref() != Some(shapefile::BYTES) {
        options.fields().for_each(|field| _ = command.arg("--field").arg(field));
    }
    run(command, place, |stream| frames(stream, place, options))
}

/// Reads a table of a PostGIS database through `choro-gdal`.
pub fn read_table(table: &PostgisTable, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let mut command = command(place, true)?;
    command.arg("--table").arg(&table.table).envs(table.variables.iter().map(|(name, value)| (name, value)));
    command.envs(table.addresses(|name| env::var(name).ok(), place)?);
    options.fields().for_each(|field| _ = command.arg("--field").arg(field));
    run(command, place, |stream| frames(stream, place, options))
}

/// Takes the frames until the end, without the first one, which says what reading may cost.
pub fn take(mut stream: impl Read, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    frames(&mut stream, place, options).map_err(|broken| broken.into_error(place))
}

fn frames(stream: &mut impl Read, place: &str, options: &Options) -> Result<FeatureCollection, Broken> {
    let max = (options.limits.coordinates as u64).saturating_mul(16).saturating_add(64 << 20);
    let mut meter = Meter::new(place, &options.limits, options);
    let (mut header, mut areas): (Option<LayerHeader>, Vec<RawFeature>) = (None, Vec::new());
    loop {
        match (next(stream, place, max)?, header.as_ref()) {
            (GdalFrame::Header(first), None) => header = Some(first),
            (GdalFrame::Feature(record, wkb), Some(_)) => {
                let shape = wkb::decode(&wkb, options.limits.coordinates);
                areas.push(feature(record, shape, &mut meter)?);
            }
            (GdalFrame::Fault(record, what), Some(_)) => {
                areas.push(feature(record, Err(AreaFault::new(Reason::Malformed, what)), &mut meter)?);
            }
            (GdalFrame::End(count), Some(_)) if count == areas.len() as u64 => break,
            (frame, _) => return Err(unexpected(place, frame).into()),
        }
    }
    let no_header = || BoundaryError::Gdal { path: place.to_owned(), what: "no header".to_owned() };
    Ok(collection(header.ok_or_else(no_header)?, areas))
}

fn feature(
    record: RecordFields,
    shape: Result<Option<Shape>, AreaFault>,
    meter: &mut Meter<'_>,
) -> Result<RawFeature, BoundaryError> {
    let (id, properties) = record.read();
    meter.area(&properties)?;
    meter.coordinates(shape.iter().flatten().map(|shape| count(&shape.polygons)).sum())?;
    Ok(RawFeature { properties, id, shape })
}

fn collection(header: LayerHeader, areas: Vec<RawFeature>) -> FeatureCollection {
    let crs = header.crs.map_or(SourceCrs::Absent, |name| crs::from_name(&name).unwrap_or(SourceCrs::Named(name)));
    let mut all = FeatureCollection { format: header.driver, crs, fields: header.fields, areas };
    all.offer_ids("fid");
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_breaks_off_or_miscounts_is_an_error() {
        let options = Options::new("s".parse().unwrap(), "v".parse().unwrap(), "code".parse().unwrap());
        let frame = |kind: u8, text: &str| {
            let length = u32::try_from(text.len()).unwrap().to_le_bytes();
            [&[kind][..], &length, text.as_bytes()].concat()
        };
        let header = frame(b'H', r#"{"driver":"GPKG","fields":["code"],"crs":"EPSG:3857"}"#);
        let end = |count: u32| frame(b'Z', &format!(r#"{{"features":{count}}}"#));
        let faulty = frame(b'X', r#"{"properties":{"fid":null,"fields":{"code":"a"}},"fault":"its arcs"}"#);
        let source = take(&[header.clone(), faulty, end(1)].concat()[..], "f", &options).unwrap();
        assert_eq!(source.areas[0].shape, Err(AreaFault::new(Reason::Malformed, "its arcs")));
        let source = take(&[header.clone(), end(0)].concat()[..], "f", &options).unwrap();
        assert_eq!((source.format.as_str(), source.crs), ("GPKG", SourceCrs::Named("EPSG:3857".to_owned())));
        for (bytes, expected) in [
            (header.clone(), "broke off"),
            ([header.clone(), end(1)].concat(), "unexpected frame"),
            (end(0), "unexpected frame"),
            ([header.clone(), header.clone()].concat(), "unexpected frame"),
            ([header, frame(b'E', r#"{"message":"disk image is malformed"}"#)].concat(), "malformed"),
        ] {
            let message = take(&bytes[..], "f", &options).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
