//! The format of a boundary file, by its first bytes, and whether its name agrees.

use crate::boundary::error::BoundaryError;
use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

/// What a file's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
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

/// Formats that are refused by their name and not tried: where their first bytes stand, these bytes, and the name.
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
/// The format of a file, and where its content begins: behind a byte order mark, if there is one.
pub fn sniff(file: &mut File) -> io::Result<(FileFormat, u64)> {
    let mut head = Vec::new();
    file.take(1024).read_to_end(&mut head)?;
    let start = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = head.get(start..).unwrap_or_default();
    let content = match text.iter().find(|b| !b.is_ascii_whitespace()) {
        None => FileFormat::Empty,
        Some(b'{' | 0x1E) => FileFormat::Json,
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
pub fn check_name(path: &Path, place: &str, content: FileFormat) -> Result<(), BoundaryError> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (name, expected) = match extension.as_str() {
        "geojson" | "topojson" | "json" | "geojsonl" | "geojsons" | "ndjson" | "jsonl" => ("JSON", FileFormat::Json),
        "gpkg" => ("GeoPackage", FileFormat::SqLite),
        "shp" => ("Shapefile", FileFormat::Shapefile),
        "fgb" => ("FlatGeobuf", FileFormat::FlatGeobuf),
        "kml" | "gml" => ("XML", FileFormat::Xml),
        "zip" | "kmz" => ("ZIP", FileFormat::Zip),
        "gz" => ("gzip", FileFormat::Gzip),
        _ => return Ok(()),
    };
    // A foreign format is refused by its own name later.
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
