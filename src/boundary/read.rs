//! Opens a boundary file by what it holds, not by what it is called.

use super::{
    BoundaryError, Options, gdal,
    geojson::{self, Document},
    source::Source,
    topojson,
};
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

/// What a file's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Json,
    SqLite,
    Shapefile,
    Zip,
    Empty,
    Other,
}

/// Reads the areas of a file as they stand there.
pub fn read(path: &Path, options: &Options) -> Result<Source, BoundaryError> {
    let place = path.display().to_string();
    if path.is_dir() {
        return gdal::read(path, &place, options); // a file geodatabase
    }
    let mut file = File::open(path).map_err(|e| BoundaryError::io(&place, e))?;
    let size = file.metadata().map_err(|e| BoundaryError::io(&place, e))?.len();
    if size > options.limits.file_bytes {
        let limit = options.limits.file_bytes;
        return Err(BoundaryError::Limit { path: place, what: "the size in bytes", got: size, limit });
    }
    let (content, start) = sniff(&mut file).map_err(|e| BoundaryError::io(&place, e))?;
    check_name(path, &place, content)?;
    if content != Content::Json {
        return gdal::read(path, &place, options);
    }
    file.seek(SeekFrom::Start(start)).map_err(|e| BoundaryError::io(&place, e))?;
    read_json(file, &place, options)
}

fn read_json(file: File, place: &str, options: &Options) -> Result<Source, BoundaryError> {
    let brackets = Brackets { inner: file, left: options.limits.coordinates.saturating_mul(2) };
    let document: Document = serde_json::from_reader(BufReader::with_capacity(1 << 20, brackets)).map_err(|e| {
        let what = match e.to_string() {
            text if text.contains("number out of range") => format!("a number is not finite: {text}"),
            text => text,
        };
        BoundaryError::Json { path: place.to_owned(), what }
    })?;
    match document.kind.as_deref() {
        Some("Topology") => topojson::source(document, place, options),
        _ => geojson::source(document, place, options),
    }
}

/// The kind of content, and where it begins (behind a byte order mark).
fn sniff(file: &mut File) -> io::Result<(Content, u64)> {
    let mut head = Vec::new();
    file.take(1024).read_to_end(&mut head)?;
    let start = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = head.get(start..).unwrap_or_default();
    let content = match text.iter().find(|b| !b.is_ascii_whitespace()) {
        None => Content::Empty,
        Some(b'{') => Content::Json,
        _ if text.starts_with(b"SQLite format 3\0") => Content::SqLite,
        _ if text.starts_with(&[0, 0, 0x27, 0x0A]) => Content::Shapefile,
        _ if text.starts_with(b"PK\x03\x04") => Content::Zip,
        _ => Content::Other,
    };
    Ok((content, start as u64))
}

/// A file whose name and content disagree is refused: reading it as either would be a guess.
fn check_name(path: &Path, place: &str, content: Content) -> Result<(), BoundaryError> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (name, expected) = match extension.as_str() {
        "geojson" | "topojson" | "json" => ("JSON", Content::Json),
        "gpkg" => ("GeoPackage", Content::SqLite),
        "shp" => ("Shapefile", Content::Shapefile),
        _ => return Ok(()),
    };
    if content == expected {
        return Ok(());
    }
    let content = match content {
        Content::Json => "it holds JSON",
        Content::SqLite => "it holds an SQLite database, as GeoPackage does",
        Content::Shapefile => "it holds a shapefile",
        Content::Zip => "it holds a ZIP archive: unpack it",
        Content::Empty => "it is empty",
        Content::Other => "its first bytes are of another format",
    };
    Err(BoundaryError::Lying { path: place.to_owned(), name: name.to_owned(), content: content.to_owned() })
}

/// Stops a JSON file before its coordinates outgrow the limit in memory: every position costs one bracket.
struct Brackets<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Brackets<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let brackets = buffer.iter().take(count).filter(|b| **b == b'[').count();
        self.left = self.left.checked_sub(brackets).ok_or_else(|| {
            io::Error::other("there are more positions in it than the limit of coordinates allows: split the file")
        })?;
        Ok(count)
    }
}
