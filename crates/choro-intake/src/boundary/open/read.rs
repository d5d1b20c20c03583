//! Opens a boundary file by what it holds, not by what it is called.

use super::{
    archive::unpack::{self, Unpacked},
    file_format::{FileFormat, check_name, sniff},
    gdal::{features, postgis},
    json::{
        document::{self, ReadError},
        geojson, topojson,
    },
    shapefile, xml,
};
use crate::boundary::{
    error::BoundaryError,
    features::{feature::FeatureCollection, meter::Meter},
    options::Options,
};
use std::{
    fs::File,
    io::{BufReader, Seek as _, SeekFrom},
    path::Path,
};

/// Archives inside each other: a KMZ file in a ZIP archive.
const MAX_NESTING: usize = 2;

/// Reads the areas of a file or table as they stand there.
pub fn read(path: &Path, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let place = postgis::shown(path);
    match postgis::address(path) {
        Some(address) => features::read_table(&postgis::parse(address, &place)?, &place, options),
        None => read_file(path, &place, options, 0),
    }
}

fn read_file(path: &Path, place: &str, options: &Options, nesting: usize) -> Result<FeatureCollection, BoundaryError> {
    if path.is_dir() {
        return features::read(path, place, options); // a file geodatabase
    }
    let mut file = File::open(path).map_err(|e| BoundaryError::io(place, e))?;
    let size = file.metadata().map_err(|e| BoundaryError::io(place, e))?.len();
    if size > options.limits.file_bytes {
        let limit = options.limits.file_bytes;
        return Err(BoundaryError::Limit { path: place.to_owned(), what: "the size in bytes", got: size, limit });
    }
    let (content, start) = sniff(&mut file).map_err(|e| BoundaryError::io(place, e))?;
    check_name(path, place, content)?;
    if options.encoding.is_some() && !matches!(content, FileFormat::Shapefile | FileFormat::Zip) {
        return Err(format_error(place, "it is no shapefile, so it has no --encoding", "the option left out"));
    }
    match content {
        FileFormat::Json => {
            file.seek(SeekFrom::Start(start)).map_err(|e| BoundaryError::io(place, e))?;
            read_json(file, place, options)
        }
        FileFormat::Shapefile => read_shapefile(path, place, options),
        FileFormat::Zip | FileFormat::Gzip if nesting == MAX_NESTING => {
            Err(format_error(place, "it is an archive in an archive in an archive", "the file unpacked"))
        }
        FileFormat::Zip => read_unpacked(&unpack::unzip(path, place, options)?, place, options, nesting),
        FileFormat::Gzip => read_unpacked(&unpack::gunzip(path, place, options)?, place, options, nesting),
        FileFormat::Foreign(what) => {
            Err(format_error(place, &format!("it is {what}"), "a ZIP or gzip archive, the file unpacked, or text in UTF-8"))
        }
        FileFormat::Xml => xml::check(path, place).and_then(|()| features::read(path, place, options)),
        FileFormat::SqLite | FileFormat::FlatGeobuf | FileFormat::Empty | FileFormat::Other => {
            features::read(path, place, options)
        }
    }
}

fn format_error(place: &str, what: &str, expected: &str) -> BoundaryError {
    BoundaryError::Format { path: place.to_owned(), what: what.to_owned(), expected: expected.to_owned() }
}

fn read_unpacked(
    unpacked: &Unpacked,
    place: &str,
    options: &Options,
    nesting: usize,
) -> Result<FeatureCollection, BoundaryError> {
    let inner = Options { layer: unpacked.layer.clone(), ..options.clone() };
    let name = unpacked.file.file_name().unwrap_or_default().to_string_lossy();
    let read = read_file(&unpacked.file, &format!("{place}/{name}"), &inner, nesting + 1);
    // GDAL names the file that it opened; the operator has never heard of the temporary folder.
    let folder = format!("{}/", unpacked.file.parent().unwrap_or(Path::new("")).display());
    let mut source = read.map_err(|error| match error {
        BoundaryError::Gdal { path, what } => BoundaryError::Gdal { path, what: what.replace(&folder, "") },
        other => other,
    })?;
    source.format += &format!(", {name} of an archive");
    Ok(source)
}

fn read_shapefile(path: &Path, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    shapefile::check_parts(path, place)?;
    if options.encoding.is_some() || shapefile::says(path) {
        return features::read(path, place, options);
    }
    let bytes = Options { encoding: Some(shapefile::BYTES.to_owned()), ..options.clone() };
    let mut source = features::read(path, place, &bytes)?;
    shapefile::decode(&mut source, place, options)?;
    Ok(source)
}

fn read_json(file: File, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let mut meter = Meter::new(place, &options.limits, options);
    let text = BufReader::with_capacity(1 << 20, file);
    let document = document::read(text, options.layer.as_deref(), &mut meter).map_err(|error| match error {
        ReadError::Limit(error) => error,
        ReadError::Json(error) => BoundaryError::Json { path: place.to_owned(), what: in_words(&error) },
    })?;
    match document.kind.as_deref() {
        Some("Topology") => topojson::source(document, place, options),
        _ => geojson::source(document, place, &meter, options),
    }
}

fn in_words(error: &serde_json::Error) -> String {
    match error.to_string() {
        text if text.contains("invalid unicode code point") => {
            format!("a text is not in UTF-8 (iconv -f CP1251 -t UTF-8 brings it there from Windows-1251): {text}")
        }
        text if text.contains("number out of range") => format!("a number is not finite: {text}"),
        text => text,
    }
}
