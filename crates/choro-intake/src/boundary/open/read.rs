//! Opens a boundary file by what it holds, not by what it is called.

use super::{
    archive::{self, Unpacked},
    gdal, geojson,
    json::{self, ReadError},
    postgis, shapefile, topojson, xml,
};
use crate::boundary::{
    error::BoundaryError,
    features::source::{FeatureCollection, Meter},
    options::Options,
};
use std::{
    fs::File,
    io::{self, BufReader, Read as _, Seek as _, SeekFrom},
    path::Path,
};

/// What a file's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Json,
    SqLite,
    Shapefile,
    FlatGeobuf,
    Xml,
    Zip,
    Gzip,
    /// What neither we nor GDAL open.
    Foreign(&'static str),
    Empty,
    Other,
}

/// First bytes of formats that are named rather than tried, and where they stand.
const FOREIGN: [(usize, &[u8], &str); 8] = [
    (0, b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive"),
    (0, b"\xFD7zXZ\0", "an XZ archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (257, b"ustar", "a TAR archive"),
    (0, b"\xFF\xFE", "a text in UTF-16"),
    (0, b"\xFE\xFF", "a text in UTF-16"),
];
/// Archives inside each other: a KMZ file in a ZIP archive.
const MAX_NESTING: usize = 2;

/// Reads the areas of a file or table as they stand there.
pub fn read(path: &Path, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let place = postgis::shown(path);
    match postgis::address(path) {
        Some(address) => gdal::read_table(&postgis::parse(address, &place)?, &place, options),
        None => read_file(path, &place, options, 0),
    }
}

fn read_file(path: &Path, place: &str, options: &Options, nesting: usize) -> Result<FeatureCollection, BoundaryError> {
    if path.is_dir() {
        return gdal::read(path, place, options); // a file geodatabase
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
        FileFormat::Zip => read_unpacked(&archive::unzip(path, place, options)?, place, options, nesting),
        FileFormat::Gzip => read_unpacked(&archive::gunzip(path, place, options)?, place, options, nesting),
        FileFormat::Foreign(what) => {
            Err(format_error(place, &format!("it is {what}"), "a ZIP or gzip archive, the file unpacked, or text in UTF-8"))
        }
        FileFormat::Xml => xml::check(path, place).and_then(|()| gdal::read(path, place, options)),
        FileFormat::SqLite | FileFormat::FlatGeobuf | FileFormat::Empty | FileFormat::Other => {
            gdal::read(path, place, options)
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
    if options.encoding.is_some() || shapefile::says(path) {
        return gdal::read(path, place, options);
    }
    let bytes = Options { encoding: Some(shapefile::BYTES.to_owned()), ..options.clone() };
    let mut source = gdal::read(path, place, &bytes)?;
    shapefile::decode(&mut source, place)?;
    Ok(source)
}

fn read_json(file: File, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let mut meter = Meter::new(place, &options.limits);
    let text = BufReader::with_capacity(1 << 20, file);
    let document = json::read(text, options.layer.as_deref(), &mut meter).map_err(|error| match error {
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

/// The kind of content, and where it begins (behind a byte order mark).
fn sniff(file: &mut File) -> io::Result<(FileFormat, u64)> {
    let mut head = Vec::new();
    file.take(1024).read_to_end(&mut head)?;
    let start = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = head.get(start..).unwrap_or_default();
    let content = match text.iter().find(|b| !b.is_ascii_whitespace()) {
        None => FileFormat::Empty,
        Some(b'{') => FileFormat::Json,
        _ if text.starts_with(b"SQLite format 3\0") => FileFormat::SqLite,
        _ if text.starts_with(&[0, 0, 0x27, 0x0A]) => FileFormat::Shapefile,
        _ if text.starts_with(b"PK\x03\x04") => FileFormat::Zip,
        _ if text.starts_with(&[0x1F, 0x8B]) => FileFormat::Gzip,
        _ if text.starts_with(b"fgb\x03fgb") => FileFormat::FlatGeobuf,
        _ if foreign(text).is_some() => foreign(text).unwrap_or(FileFormat::Other),
        Some(b'<') => FileFormat::Xml,
        _ => FileFormat::Other,
    };
    Ok((content, start as u64))
}

fn foreign(head: &[u8]) -> Option<FileFormat> {
    let fits = |(at, magic, _): &&(usize, &[u8], &str)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    FOREIGN.iter().find(fits).map(|(_, _, what)| FileFormat::Foreign(what))
}

/// A file whose name and content disagree is refused: reading it as either would be a guess.
fn check_name(path: &Path, place: &str, content: FileFormat) -> Result<(), BoundaryError> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (name, expected) = match extension.as_str() {
        "geojson" | "topojson" | "json" => ("JSON", FileFormat::Json),
        "gpkg" => ("GeoPackage", FileFormat::SqLite),
        "shp" => ("Shapefile", FileFormat::Shapefile),
        "fgb" => ("FlatGeobuf", FileFormat::FlatGeobuf),
        "kml" | "gml" => ("XML", FileFormat::Xml),
        "zip" | "kmz" => ("ZIP", FileFormat::Zip),
        "gz" => ("gzip", FileFormat::Gzip),
        _ => return Ok(()),
    };
    // A foreign format is told by its name in any case.
    if content == expected || matches!(content, FileFormat::Foreign(_)) {
        return Ok(());
    }
    let content = match content {
        FileFormat::Json => "it holds JSON",
        FileFormat::SqLite => "it holds an SQLite database, as GeoPackage does",
        FileFormat::Shapefile => "it holds a shapefile",
        FileFormat::FlatGeobuf => "it holds FlatGeobuf",
        FileFormat::Xml => "it holds XML",
        FileFormat::Zip => "it holds a ZIP archive: unpack it",
        FileFormat::Gzip => "it holds a gzip archive",
        FileFormat::Empty => "it is empty",
        FileFormat::Foreign(_) | FileFormat::Other => "its first bytes are of another format",
    };
    Err(BoundaryError::Lying { path: place.to_owned(), name: name.to_owned(), content: content.to_owned() })
}
