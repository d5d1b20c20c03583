//! Crosswalks: a CSV that says which code a name (or a code of another kind) stands for.
//!
//! `codes.csv:name+region=iso` reads: in `codes.csv`, the texts of the columns `name` and `region`, joined by `+`, stand
//! for the code in the column `iso`. Boundaries and statistics take the same form, so it is read here once.

use super::nearest::nearest;
use std::{
    borrow::Cow,
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

/// Largest crosswalk file, bytes.
const MAX_BYTES: u64 = 64 << 20;
/// Most rows of a crosswalk.
const MAX_ROWS: usize = 1_000_000;
/// Most cells of a crosswalk, each a text of its own.
const MAX_CELLS: usize = 4_000_000;
/// Most columns of a crosswalk.
const MAX_COLUMNS: usize = 1_000;

/// What is wrong with a crosswalk or with how it was named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrosswalkError {
    /// The text is not `FILE:FROM[+FROM]=TO`.
    #[error("crosswalk {got:?} is not valid: {what}; expected FILE:FROM[+FROM..]=TO, e.g. codes.csv:name=iso")]
    Spec {
        /// The text, cut.
        got: String,
        /// What is missing.
        what: &'static str,
    },
    /// The file cannot be read.
    #[error("{path}: cannot be read: {reason}")]
    File {
        /// The file.
        path: String,
        /// The system's reason.
        reason: String,
    },
    /// The file is not a table of texts.
    #[error("{path}: row {row}: {what}")]
    Row {
        /// The file.
        path: String,
        /// The row, 1 is the header.
        row: usize,
        /// What is wrong and how to mend it.
        what: String,
    },
    /// A column is not there, or twice.
    #[error("{path}: {what}; its columns are {columns}")]
    Column {
        /// The file.
        path: String,
        /// Which column is absent or twice, and the nearest one.
        what: String,
        /// The columns there are.
        columns: String,
    },
}

/// Where a crosswalk stands and which of its columns to use: the parsed form of `FILE:FROM[+FROM..]=TO`.
///
/// The last `:` ends the file, the last `=` the FROM columns, so `C:\codes.csv:name=iso` is valid; a column whose name
/// holds `:`, `+` or `=` cannot be named here.
///
/// ```
/// use choro_model::CrosswalkSpec;
/// let spec = CrosswalkSpec::parse("codes.csv:name+region=iso").unwrap();
/// assert_eq!((spec.from.as_slice(), spec.to.as_str()), (&["name".to_owned(), "region".to_owned()][..], "iso"));
/// for bad in ["", "codes.csv", "codes.csv:name", ":name=iso", "codes.csv:=iso", "codes.csv:name=", "codes.csv:a++b=c"] {
///     assert!(CrosswalkSpec::parse(bad).is_err(), "{bad}");
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrosswalkSpec {
    /// The file.
    pub path: PathBuf,
    /// The columns whose texts, joined by `+`, are looked up.
    pub from: Vec<String>,
    /// The column of the code that they stand for.
    pub to: String,
}

impl CrosswalkSpec {
    /// Parses `FILE:FROM[+FROM..]=TO`.
    pub fn parse(text: &str) -> Result<Self, CrosswalkError> {
        let error = |what| CrosswalkError::Spec { got: text.chars().take(200).collect(), what };
        let (path, columns) = text.rsplit_once(':').ok_or_else(|| error("there is no \":\" after the file"))?;
        let (from, to) = columns.rsplit_once('=').ok_or_else(|| error("there is no \"=\" before the code column"))?;
        let from: Vec<String> = from.split('+').map(|column| column.trim().to_owned()).collect();
        match (path.is_empty(), from.iter().any(String::is_empty), to.trim().is_empty()) {
            (true, _, _) => Err(error("the file is empty")),
            (_, true, _) => Err(error("a FROM column is empty")),
            (_, _, true) => Err(error("the TO column is empty")),
            _ => Ok(Self { path: PathBuf::from(path), from, to: to.trim().to_owned() }),
        }
    }
}

impl FromStr for CrosswalkSpec {
    type Err = CrosswalkError;
    fn from_str(text: &str) -> Result<Self, CrosswalkError> {
        Self::parse(text)
    }
}

impl fmt::Display for CrosswalkSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}={}", self.path.display(), self.from.join("+"), self.to)
    }
}

/// A small CSV with a header row, all text: leading zeros count. Every row has as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrosswalkTable {
    place: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl CrosswalkTable {
    /// Reads a file. UTF-8 with or without byte order mark; bytes that are not UTF-8 are taken for Windows-1251, what
    /// Cyrillic spreadsheets write. The delimiter is whichever of `;`, tab and `,` stands most often in the header.
    pub fn read(path: &Path) -> Result<Self, CrosswalkError> {
        let place = path.display().to_string();
        let error = |reason: String| CrosswalkError::File { path: place.clone(), reason };
        let size = std::fs::metadata(path).map_err(|e| error(e.to_string()))?.len();
        if size > MAX_BYTES {
            return Err(error(format!("{size} bytes are more than a crosswalk may have ({MAX_BYTES})")));
        }
        let bytes = std::fs::read(path).map_err(|e| error(e.to_string()))?;
        Self::parse(&bytes, &place)
    }

    /// Parses the bytes of a table; `place` stands in messages in place of a file's path.
    pub fn parse(bytes: &[u8], place: &str) -> Result<Self, CrosswalkError> {
        let text = decode(bytes);
        let row_error = |row, what: String| CrosswalkError::Row { path: place.to_owned(), row, what };
        if text.contains('\0') {
            return Err(row_error(1, "holds zero bytes, so it is no CSV: save it as CSV in UTF-8".to_owned()));
        }
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter(&text)).from_reader(text.as_bytes());
        let (mut rows, mut cells) = (Vec::new(), 0);
        for (index, record) in reader.records().enumerate() {
            // The reader compares each row's width with the first row's.
            let record = record.map_err(|e| row_error(index + 1, format!("{e}; quote cells that hold the delimiter")))?;
            cells += record.len();
            if record.len() > MAX_COLUMNS || index > MAX_ROWS || cells > MAX_CELLS {
                let most = format!("{MAX_COLUMNS} columns, {MAX_ROWS} rows or {MAX_CELLS} cells");
                let what = format!("more than {most}: this is no crosswalk; leave out the columns that are not needed");
                return Err(row_error(index + 1, what));
            }
            rows.push(record.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        if rows.is_empty() {
            return Err(row_error(1, "is empty: expected a row of column names".to_owned()));
        }
        let headers = rows.remove(0).iter().map(|header| header.trim().to_owned()).collect();
        Ok(Self { place: place.to_owned(), headers, rows })
    }

    /// The file, as it stands in messages.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The column names, trimmed.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The rows below the header; cells are as they stand in the file.
    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// The place of a column by its name; an absent one is an error that names the nearest.
    pub fn column(&self, name: &str) -> Result<usize, CrosswalkError> {
        let mut found = self.headers.iter().enumerate().filter(|(_, header)| *header == name).map(|(index, _)| index);
        let what = match (found.next(), found.next()) {
            (Some(index), None) => return Ok(index),
            (Some(_), Some(_)) => format!("column {name:?} stands there twice: rename one"),
            (None, _) => match nearest(name, self.headers.iter().map(String::as_str)) {
                Some(near) => format!("there is no column {name:?}, did you mean {near:?}?"),
                None => format!("there is no column {name:?}"),
            },
        };
        let columns = self.headers.iter().take(40).map(|h| format!("{h:?}")).collect::<Vec<_>>().join(", ");
        Err(CrosswalkError::Column { path: self.place.clone(), what, columns })
    }
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0,
    }
}

fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let count = |sign: u8| header.bytes().filter(|b| *b == sign).count();
    // The last of equals wins: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stay_text_in_every_encoding_and_with_either_delimiter() {
        let utf8 = "name;code\nКурск;07\n";
        let legacy = encoding_rs::WINDOWS_1251.encode(utf8).0.into_owned();
        let cases: [&[u8]; 4] =
            [utf8.as_bytes(), &legacy, "\u{feff}name,code\r\nКурск,07".as_bytes(), "name\tcode\n\"Курск\"\t07".as_bytes()];
        for bytes in cases {
            let table = CrosswalkTable::parse(bytes, "t.csv").unwrap();
            assert_eq!(table.headers(), ["name", "code"]);
            assert_eq!(table.rows(), [["Курск", "07"]]);
        }
    }

    #[test]
    fn an_absent_column_names_the_nearest_and_those_there_are() {
        let table = CrosswalkTable::parse(b"name_en,iso,x,x\na,b,c,d\n", "t.csv").unwrap();
        let message = table.column("name_em").unwrap_err().to_string();
        assert!(message.contains("did you mean \"name_en\"") && message.contains("\"iso\""), "{message}");
        assert!(table.column("x").unwrap_err().to_string().contains("twice"));
    }

    #[test]
    fn files_that_are_no_table_of_texts_are_refused_with_their_row() {
        for (bytes, expected) in
            [(&b""[..], "row 1: is empty"), (b"a,b\n1,2\n3\n", "row 3"), (b"PK\x03\x04\0\0", "zero bytes")]
        {
            let message = CrosswalkTable::parse(bytes, "t.csv").unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
