//! Full geometry as FlatGeobuf, which GDAL, QGIS and browsers open without help.

use crate::{
    format::{area_table::AreaRow, error::BundleError},
    storage::verified::VerifiedFile,
};
use choro_model::Lang;
use flatgeobuf::{
    ColumnType, FallibleStreamingIterator as _, FeatureProperties as _, FgbCrs, FgbReader, FgbWriter, FgbWriterOptions,
    GeometryType,
};
use geo::{Geometry, MultiPolygon};
use geozero::{ColumnValue, PropertyProcessor as _, ToGeo as _};
use std::{
    fs::File,
    io::{BufWriter, Cursor, Write as _},
    path::Path,
};

const COLUMNS: [&str; 3] = ["code", "name", "parent"];

fn foreign(path: &Path, error: &dyn std::error::Error) -> BundleError {
    BundleError::Io { path: path.to_owned(), source: std::io::Error::other(error.to_string()) }
}

/// Writes the areas that have a polygon, in table order, with `code`, `name` and `parent`.
pub fn write<'a>(
    path: &Path,
    layer: &str,
    lang: &Lang,
    areas: impl Iterator<Item = (&'a AreaRow, &'a MultiPolygon<f64>)>,
) -> Result<(), BundleError> {
    let options = FgbWriterOptions {
        write_index: false,
        crs: FgbCrs { code: 4326, ..FgbCrs::default() },
        ..FgbWriterOptions::default()
    };
    let mut writer =
        FgbWriter::create_with_options(layer, GeometryType::MultiPolygon, options).map_err(|e| foreign(path, &e))?;
    for column in COLUMNS {
        writer.add_column(column, ColumnType::String, |_, _| {});
    }
    for (area, geometry) in areas {
        let parent = area.parent.as_ref().map_or("", |parent| parent.as_str());
        let texts = [area.code.as_str(), area.names.pick(lang, area.code.as_str()), parent];
        let added = writer.add_feature_geom(Geometry::MultiPolygon(geometry.clone()), |feature| {
            for (index, (name, text)) in COLUMNS.into_iter().zip(texts).enumerate() {
                // Into memory; `read` fails on a feature without its code.
                let _written = feature.property(index, name, &ColumnValue::String(text));
            }
        });
        added.map_err(|e| foreign(path, &e))?;
    }
    let mut out = BufWriter::new(File::create(path).map_err(BundleError::io(path))?);
    writer.write(&mut out).map_err(|e| foreign(path, &e))?;
    out.flush().map_err(BundleError::io(path))
}

/// All polygons with the codes of their areas.
pub fn read(file: &VerifiedFile) -> Result<Vec<(String, MultiPolygon<f64>)>, BundleError> {
    let damaged = |what: String| BundleError::damaged(file.path(), what);
    let bytes = file.read_all()?;
    let reader = FgbReader::open(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    let mut features = reader.select_all_seq().map_err(|e| damaged(e.to_string()))?;
    let mut areas = Vec::new();
    while let Some(feature) = features.next().map_err(|e| damaged(e.to_string()))? {
        let code: String = feature.property("code").map_err(|e| damaged(e.to_string()))?;
        match feature.to_geo().map_err(|e| damaged(e.to_string()))? {
            Geometry::MultiPolygon(polygons) => areas.push((code, polygons)),
            Geometry::Polygon(polygon) => areas.push((code, MultiPolygon(vec![polygon]))),
            _ => return Err(damaged(format!("area {code} is not a polygon"))),
        }
    }
    Ok(areas)
}
