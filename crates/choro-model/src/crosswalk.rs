//! Crosswalks: a table that says which code a name (or a code of another kind) stands for.
//!
//! `codes.csv:name+region=iso` reads: in `codes.csv`, the texts of the columns `name` and `region`, joined by `+`, stand
//! for the code in the column `iso`. Boundaries and statistics take the same form, so it is parsed here once. What opens files is no part of
//! this crate: a table comes as rows of texts.

use super::nearest::nearest;
use std::{fmt, path::PathBuf, str::FromStr};

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
    /// The file is no table, as the reader of tables says.
    #[error("{0}")]
    NoTable(String),
    /// A row is not like the others.
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

/// A small table with a header row, all text: leading zeros count. Every row has as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrosswalkTable {
    place: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Their numbers in the file.
    numbers: Vec<usize>,
}

impl CrosswalkTable {
    /// Takes the rows of a file, each with its number there; the first is the header. `place` stands in messages in place of the
    /// file's path.
    ///
    /// # Errors
    ///
    /// Names the first row that has more or fewer cells than the header, or the limit that is met.
    pub fn new(place: &str, rows: impl IntoIterator<Item = (usize, Vec<String>)>) -> Result<Self, CrosswalkError> {
        let row_error = |row, what: String| CrosswalkError::Row { path: place.to_owned(), row, what };
        let mut rows = rows.into_iter();
        let (_, headers) = rows.next().ok_or_else(|| row_error(1, "is empty: expected a row of column names".to_owned()))?;
        let headers = headers.iter().map(|header| header.trim().to_owned()).collect();
        let mut table = Self { place: place.to_owned(), headers, rows: Vec::new(), numbers: Vec::new() };
        let width = table.headers.len();
        for (number, row) in rows {
            if row.len() != width {
                let what =
                    format!("has {} cells, but the header has {width}; quote cells that hold the delimiter", row.len());
                return Err(row_error(number, what));
            }
            if width > MAX_COLUMNS || table.rows.len() >= MAX_ROWS || (table.rows.len() + 1) * width > MAX_CELLS {
                let most = format!("{MAX_COLUMNS} columns, {MAX_ROWS} rows or {MAX_CELLS} cells");
                let what = format!("more than {most}: this is no crosswalk; leave out the columns that are not needed");
                return Err(row_error(number, what));
            }
            table.rows.push(row);
            table.numbers.push(number);
        }
        Ok(table)
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

    /// The number in the file of a row by its index, for messages.
    #[must_use]
    pub fn row_number(&self, index: usize) -> usize {
        self.numbers.get(index).copied().unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<CrosswalkTable, CrosswalkError> {
        let rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect());
        CrosswalkTable::new("t.csv", (1..).zip(rows))
    }

    #[test]
    fn an_absent_column_names_the_nearest_and_those_there_are() {
        let table = table("name_en,iso,x,x\na,b,c,d\n").unwrap();
        let message = table.column("name_em").unwrap_err().to_string();
        assert!(message.contains("did you mean \"name_en\"") && message.contains("\"iso\""), "{message}");
        assert!(table.column("x").unwrap_err().to_string().contains("twice"));
        assert_eq!(table.row_number(0), 2);
    }

    #[test]
    fn rows_unlike_the_header_are_refused_with_their_number() {
        for (text, expected) in [("", "row 1: is empty"), ("a,b\n1,2\n3\n", "row 3: has 1 cells, but the header has 2")] {
            let message = table(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
