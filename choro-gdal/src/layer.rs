//! One layer, feature by feature, as it stands in the source.

use crate::{
    arcs,
    arguments::{Arguments, Origin},
    fields::Fields,
    frame,
    input::Input,
    leading_zeros,
    limits::Limits,
    said, sqlite,
};
use anyhow::{Context, Result, bail};
use gdal::{
    Dataset, DatasetOptions, GdalOpenFlags,
    spatial_ref::SpatialRef,
    vector::{Geometry, Layer, LayerAccess},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Write, path::Path};

/// The drivers that read plain local files. Those that follow links to other files, databases or hosts (VRT, WFS, ...) are
/// left out: a boundary file is foreign, and opening it must not reach further than itself.
const DRIVERS: [&str; 12] = [
    "GPKG",
    "ESRI Shapefile",
    "FlatGeobuf",
    "MapInfo File",
    "OpenFileGDB",
    "GML",
    "KML",
    "LIBKML",
    "SQLite",
    "Parquet",
    "GeoJSONSeq",
    "TopoJSON",
];

/// Read, layers of features, and say why not.
const FLAGS: GdalOpenFlags =
    GdalOpenFlags::GDAL_OF_READONLY.union(GdalOpenFlags::GDAL_OF_VECTOR).union(GdalOpenFlags::GDAL_OF_VERBOSE_ERROR);

/// A GML file may name a schema or a neighbour on the network; its fields are texts, whatever they look like.
const SETTINGS: [(&str, &str); 4] = [
    ("GML_DOWNLOAD_SCHEMA", "NO"),
    ("GML_SKIP_RESOLVE_ELEMS", "ALL"),
    ("GML_FIELDTYPES", "ALWAYS_STRING"),
    ("GDAL_HTTP_TIMEOUT", "1"),
];

/// Streams header and features; returns how many features there were.
pub fn stream(arguments: &Arguments, input: &Input, limits: &Limits, out: &mut impl Write) -> Result<u64> {
    said::listen();
    for (key, value) in SETTINGS.into_iter().chain(sqlite::SETTINGS) {
        gdal::config::set_config_option(key, value)?;
    }
    let dataset = open(arguments, input)?;
    said::failure();
    let mut layer = match &arguments.origin {
        Origin::File(_) | Origin::Positions(_) => choose(&dataset, arguments.layer.as_deref())?,
        Origin::Table(table) => only(&dataset, table)?,
    };
    let crs = layer.spatial_ref();
    let fields = Fields::of(&layer, &arguments.fields, with_zeros(&dataset, input)?);
    if sqlite::is(&dataset) {
        sqlite::check(&dataset, &layer.name(), said::failure())?;
    }
    frame::header(out, &header(&dataset, &layer, &fields, crs.as_ref()))?;
    features(&mut layer, &fields, limits, out)
}

/// The fields of which numbers may have lost their leading zeros: a schema makes numbers of the texts of an XML file.
fn with_zeros(dataset: &Dataset, input: &Input) -> Result<BTreeSet<String>> {
    let is_xml = matches!(dataset.driver().short_name().as_str(), "GML" | "KML" | "LIBKML");
    match &input.path {
        Some(path) if is_xml => leading_zeros::fields(path),
        _ => Ok(BTreeSet::new()),
    }
}

fn features(layer: &mut Layer<'_>, fields: &Fields, limits: &Limits, out: &mut impl Write) -> Result<u64> {
    let (mut count, mut written) = (0, 0_u64);
    let mut features = layer.features();
    loop {
        said::failure();
        let Some(feature) = features.next() else { break };
        let properties = fields.read(&feature)?;
        // A feature without a geometry has an error here, and a null pointer in `geometry()`.
        let geometry = feature.geometry_by_index(0).ok();
        let length = match geometry.map(wkb).transpose() {
            Ok(wkb) => frame::feature(out, &properties, &wkb.unwrap_or_default())?,
            Err(error) => frame::fault(out, &properties, &format!("{error:#}"))?,
        };
        count += 1;
        written = written.saturating_add(length);
        if written > limits.output {
            bail!(limits.too_much());
        }
    }
    // GDAL ends a layer that it cannot read on as if it were at its end.
    said::failure().map_or(Ok(count), |failure| bail!("reading breaks off after {count} areas: {failure}"))
}

fn open(arguments: &Arguments, input: &Input) -> Result<Dataset> {
    match (&arguments.origin, &input.path) {
        (Origin::Table(table), _) => open_table(table),
        (Origin::File(_) | Origin::Positions(_), Some(path)) => open_file(path, arguments.encoding.as_deref()),
        (Origin::File(path) | Origin::Positions(path), None) => bail!("{}: it was not looked for", path.display()),
    }
}

/// The one table of the database that libpq's variables name; nothing else in it is looked at.
fn open_table(table: &str) -> Result<Dataset> {
    let tables = format!("TABLES={table}");
    let options = DatasetOptions {
        open_flags: FLAGS,
        allowed_drivers: Some(&["PostgreSQL"]),
        open_options: Some(&[&tables, "LIST_ALL_TABLES=NO"]),
        sibling_files: None,
    };
    Dataset::open_ex("PG:", options).with_context(|| format!("the table {table} cannot be opened"))
}

fn open_file(path: &Path, encoding: Option<&str>) -> Result<Dataset> {
    let encoding = encoding.map(|encoding| format!("ENCODING={encoding}"));
    let open_options: Vec<&str> = encoding.iter().map(String::as_str).collect();
    let options = DatasetOptions {
        open_flags: FLAGS,
        // The option is the shapefile driver's alone.
        allowed_drivers: Some(if encoding.is_some() { &["ESRI Shapefile"] } else { &DRIVERS }),
        open_options: Some(&open_options),
        sibling_files: None,
    };
    Dataset::open_ex(path, options)
        .with_context(|| format!("{}: no driver reads it; tried {}", path.display(), DRIVERS.join(", ")))
}

/// The layer of that name, or the only one that can hold areas: tables without geometry, such as those of styles, are none.
fn choose<'a>(dataset: &'a Dataset, name: Option<&str>) -> Result<Layer<'a>> {
    let with_geometry = || dataset.layers().filter(|layer| layer.defn().geom_fields().count() > 0);
    let names = || with_geometry().map(|layer| format!("{:?}", layer.name())).collect::<Vec<_>>().join(", ");
    if let Some(name) = name {
        return dataset.layer_by_name(name).ok().with_context(|| format!("no layer {name:?}: the layers are {}", names()));
    }
    match with_geometry().count() {
        0 => bail!("the file has no layer with geometry"),
        1 => with_geometry().next().context("the file has no layer"),
        count => bail!("the file has {count} layers: choose one with --layer: {}", names()),
    }
}

/// The table that was asked for: where GDAL does not find it, it offers others, or a layer without fields.
fn only<'a>(dataset: &'a Dataset, table: &str) -> Result<Layer<'a>> {
    // GDAL leaves the schema `public` out, and names the geometry column where it was asked for.
    let bare = |name: &str| {
        let name = name.split('(').next().unwrap_or_default();
        name.strip_prefix("public.").unwrap_or(name).to_owned()
    };
    let found = dataset.layers().find(|layer| bare(&layer.name()) == bare(table));
    let fields = |layer: &Layer<'_>| (layer.defn().fields().count(), layer.defn().geom_fields().count());
    match found.map(|layer| (fields(&layer), layer)) {
        Some(((1.., 1), layer)) => Ok(layer),
        Some(((1.., 2..), layer)) if table.contains('(') => Ok(layer),
        Some(((1.., 2..), _)) => bail!("the table {table} has several geometry columns: choose one with geometry=COLUMN"),
        _ => bail!("there is no table {table} with a geometry that this user may read"),
    }
}

fn header(dataset: &Dataset, layer: &Layer<'_>, fields: &Fields, crs: Option<&SpatialRef>) -> Value {
    // The end frame says how many features there were.
    json!({
        "driver": dataset.driver().short_name(),
        "layer": layer.name(),
        "fields": fields.names,
        "crs": crs.and_then(|crs| crs.authority().or_else(|_| crs.to_wkt()).or_else(|_| crs.to_proj4()).ok()),
    })
}

fn wkb(geometry: &Geometry) -> Result<Vec<u8>> {
    let mut flat = match arcs::straight(geometry).context("its arcs cannot be turned into lines")? {
        Some(straight) => straight,
        None => geometry.clone(),
    };
    flat.flatten_to_2d();
    Ok(flat.iso_wkb()?)
}
