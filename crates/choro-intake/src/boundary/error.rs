//! Why a boundary file cannot be imported at all.

use choro_model::{CrosswalkError, nearest};

/// A fault of the whole file. Faults of single areas are [`RejectedArea`](super::report::RejectedArea)s.
#[derive(Debug, thiserror::Error)]
pub enum BoundaryError {
    /// The file cannot be opened or read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The JSON text breaks off or is malformed.
    #[error("{path}: not valid JSON: {what}; the file is truncated or was edited by hand: fetch or export it again")]
    Json {
        /// The file.
        path: String,
        /// The parser's message, with line and column.
        what: String,
    },
    /// Name and content disagree.
    #[error("{path}: its name says {name}, but {content}; rename it to what it is, or fetch it again")]
    Lying {
        /// The file.
        path: String,
        /// The format that the extension stands for.
        name: String,
        /// What the first bytes say.
        content: String,
    },
    /// Well-formed, but not a boundary file.
    #[error("{path}: {what}; expected {expected}")]
    Format {
        /// The file.
        path: String,
        /// What was found.
        what: String,
        /// What would be valid.
        expected: String,
    },
    /// The file has no areas.
    #[error("{path}: there are no areas in it; choose another layer or fetch the file again")]
    Empty {
        /// The file.
        path: String,
    },
    /// No coordinate reference system is known.
    #[error("{path}: missing CRS: {what}; name the coordinate reference system, e.g. --crs EPSG:3857")]
    MissingCrs {
        /// The file.
        path: String,
        /// How it shows.
        what: String,
    },
    /// A coordinate reference system that cannot be used.
    #[error("CRS {got:?} cannot be used: {what}; expected an EPSG code (EPSG:3035) or a PROJ string (+proj=..)")]
    UnknownCrs {
        /// The text.
        got: String,
        /// Why not.
        what: String,
    },
    /// An option names a field that no area has.
    #[error("{path}: there is no field {field:?}{hint}; its fields are {fields}")]
    AbsentField {
        /// The file.
        path: String,
        /// The field asked for.
        field: String,
        /// The nearest there is, or nothing.
        hint: String,
        /// The fields there are.
        fields: String,
    },
    /// An option refers to a crosswalk, and none was given.
    #[error("field crosswalk:{column} needs a crosswalk; name it with --crosswalk CSV:FROM=TO")]
    NoCrosswalk {
        /// The column asked for.
        column: String,
    },
    /// The crosswalk itself is wrong.
    #[error(transparent)]
    Crosswalk(#[from] CrosswalkError),
    /// The crosswalk does not say one code for one text.
    #[error("{path}: row {row}: {what}")]
    CrosswalkRow {
        /// The crosswalk.
        path: String,
        /// The row, 1 is the header.
        row: usize,
        /// What is wrong and how to mend it.
        what: String,
    },
    /// An archive that is not what it should be.
    #[error("{path}: {what}; nothing of it was read: fetch it again, or unpack it and import the file itself")]
    Archive {
        /// The archive.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// A shapefile whose texts may be in any encoding.
    #[error(
        "{path}: the shapefile does not say in which encoding its texts are, and they are not UTF-8; name it with --encoding, or \
         add a .cpg file; one of them is {readings}"
    )]
    Encoding {
        /// The file.
        path: String,
        /// A text in the encodings that it may be in.
        readings: String,
    },
    /// More than an import may cost.
    #[error("{path}: {what} {got} is over the limit of {limit}; split the file, or leave out what is not needed")]
    Limit {
        /// The file.
        path: String,
        /// What was counted.
        what: &'static str,
        /// How much there is.
        got: u64,
        /// How much there may be.
        limit: u64,
    },
    /// Areas that lie across each other without end.
    #[error(
        "{path}: its areas overlap so often that finding where takes more than the limit of {limit} steps, {each} for each vertex; \
         the last ones looked at are {a} and {b}: mend them in a GIS, or import fewer areas at once"
    )]
    Entangled {
        /// The file.
        path: String,
        /// An area.
        a: String,
        /// Another one.
        b: String,
        /// Steps that the search may take.
        limit: u64,
        /// Steps for each vertex.
        each: u64,
    },
    /// `choro-gdal` is not there.
    #[error(
        "{path}: only GDAL reads this format, and the program choro-gdal was not found beside choro, in CHORO_GDAL or in \
         PATH; build it with `cargo build -p choro-gdal` (needs libgdal), or convert the file: \
         ogr2ogr -t_srs EPSG:4326 areas.geojson FILE"
    )]
    NoGdal {
        /// The file.
        path: String,
    },
    /// A reference system that only PROJ knows rightly, and `choro-gdal` is not there.
    #[error(
        "{path}: positions of {crs:.60} are brought to longitude and latitude rightly by PROJ alone, and the program choro-gdal, which \
         has it, was not found beside choro, in CHORO_GDAL or in PATH; build it with `cargo build -p choro-gdal` (needs libgdal), or \
         convert the file: ogr2ogr -t_srs EPSG:4326 areas.geojson FILE"
    )]
    CrsNeedsGdal {
        /// The file.
        path: String,
        /// The reference system.
        crs: String,
    },
    /// `choro-gdal` refused the file or broke off.
    #[error("{path}: choro-gdal: {what}")]
    Gdal {
        /// The file.
        path: String,
        /// What it said, or how it broke off.
        what: String,
    },
}

impl BoundaryError {
    pub(crate) fn absent_field(path: &str, field: &str, fields: &[String]) -> Self {
        let hint = nearest(field, fields.iter().map(String::as_str)).map(|near| format!(", did you mean {near:?}?"));
        let names = fields.iter().take(60).map(|f| format!("{f:?}")).collect::<Vec<_>>().join(", ");
        Self::AbsentField { path: path.to_owned(), field: field.to_owned(), hint: hint.unwrap_or_default(), fields: names }
    }

    pub(crate) fn io(path: &str, source: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}
