//! A mapping: what stands where in a statistics file (TOML). docs/mappings.md is its reference.

mod area;

use super::{
    file::table::{SheetRef, TableOptions},
    number::Convention,
    reading::guard::Guard,
};
use choro_model::nearest_key_hint;
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

pub use area::{AreaMapping, CrosswalkMapping, Indent, JointMapping, PartMapping, Restore};

/// Largest mapping file, bytes.
const MAX_BYTES: usize = 1 << 20;

/// What is wrong with a mapping file in itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct MappingError {
    /// The file and line.
    pub place: String,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// What stands where.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The sheet of a workbook; default the first.
    pub sheet: Option<SheetRef>,
    /// Several sheets of one layout: numbers, names, or patterns with `*` and `?`.
    #[serde(default)]
    pub sheets: Vec<SheetRef>,
    /// The encoding of a text file; default found by content.
    pub encoding: Option<String>,
    /// The delimiter of a text file; default found by content.
    pub delimiter: Option<char>,
    /// The decimal sign, `.` (default) or `,`.
    #[serde(default = "point")]
    pub decimal: char,
    /// The sign between thousands besides blanks.
    pub thousands: Option<char>,
    /// The rows of headings, from 1; default 1.
    #[serde(default = "first")]
    pub header_row: OneOrMany<u32>,
    /// The first row of data; default the one after the headings.
    pub first_row: Option<u32>,
    /// The last row of data; default the last that there is.
    pub last_row: Option<u32>,
    /// Which rows are data; default all.
    #[serde(default)]
    pub only: Vec<OnlyMapping>,
    /// Where the areas stand.
    pub area: AreaMapping,
    /// Where the indicator stands.
    pub indicator: Source,
    /// Where the period stands.
    pub period: Source,
    /// Where the unit stands; a value in another unit than its indicator's is rejected.
    pub unit: Option<Source>,
    /// Where the power of ten stands by which the values are multiplied: 3 for thousands.
    pub power: Option<Source>,
    /// Where the code of each dimension stands; a dimension left out takes its total.
    #[serde(default)]
    pub dimensions: BTreeMap<String, Source>,
    /// Where the values stand.
    pub value: ValueMapping,
    /// What the marks for absent values mean.
    #[serde(default)]
    pub marks: MarksMapping,
    /// Where the observation status stands.
    pub status: Option<StatusMapping>,
    /// Where it stands whether a value may be told.
    pub confidentiality: Option<ConfidentialityMapping>,
    /// What a row must hold to be taken, for formats that are known without a mapping.
    #[serde(skip)]
    pub(crate) guards: Vec<Guard>,
}

/// Rows that are data: those with one of the texts in the column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyMapping {
    /// The column.
    pub column: ColumnRef,
    /// The texts, blanks apart.
    pub values: Vec<Scalar>,
}

/// Where a text of each value stands: exactly one of `value`, `column`, `header_row` and `sheet`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The same for the whole file.
    pub value: Option<Scalar>,
    /// In a column.
    pub column: Option<ColumnRef>,
    /// In a row of headings, above the column of the value.
    pub header_row: Option<u32>,
    /// Whether it is the name of the sheet.
    #[serde(default)]
    pub sheet: bool,
    /// Whether an empty heading takes the one to its left, and an empty cell of a column the one above (merged cells).
    #[serde(default)]
    pub fill: bool,
    /// What each text stands for; a text that is not here is rejected. Without it a text stands for itself.
    pub values: Option<BTreeMap<String, String>>,
}

impl Source {
    /// One text for the whole file.
    pub(crate) fn of_value(text: &str) -> Self {
        let value = Some(Scalar::Text(text.to_owned()));
        Self { value, column: None, header_row: None, sheet: false, fill: false, values: None }
    }
}

/// Where the values stand: exactly one of both.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueMapping {
    /// One column (long form).
    pub column: Option<ColumnRef>,
    /// Several columns (wide form), each by heading, letters or number, or a range `C:H`, `2012:2017`, `C:`.
    pub columns: Option<Vec<ColumnRef>>,
}

/// Marks by meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarksMapping {
    /// Not collected, reported or known. Declaring it replaces the default ([`super::marks::MISSING`]).
    pub missing: Option<Vec<String>>,
    /// Withheld for confidentiality.
    pub secrecy: Vec<String>,
    /// Cannot occur.
    pub invalid: Vec<String>,
    /// A true zero.
    pub zero: Vec<String>,
    /// Signs behind a number or a label that refer to a footnote: what each says about the number, as in a status.
    pub footnotes: BTreeMap<String, String>,
}

/// Where the observation status stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusMapping {
    /// Its column.
    pub column: ColumnRef,
    /// What each text stands for: `B`, `E`, `P`, nothing, or a state. Default: the codes of SDMX CL_OBS_STATUS.
    pub values: Option<BTreeMap<String, String>>,
}

/// Where it stands whether a value may be told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidentialityMapping {
    /// Its column.
    pub column: ColumnRef,
    /// The texts of values that may be told; with any other text the cell is withheld, and its number is not kept.
    pub public: Vec<String>,
}

/// A column by number from 1, or by heading, or by letters as a spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ColumnRef {
    /// From 1.
    Number(u32),
    /// A heading; where there is none such, letters.
    Name(String),
}

/// A text that may be written as a whole number, e.g. a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// `2014`
    Number(i64),
    /// `"2014-Q1"`
    Text(String),
}

impl std::fmt::Display for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One, or a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// A list.
    Many(Vec<T>),
}

impl<T: Clone> OneOrMany<T> {
    /// As a list.
    #[must_use]
    pub fn to_vec(&self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Many(many) => many.clone(),
        }
    }
}

fn point() -> char {
    '.'
}

fn first() -> OneOrMany<u32> {
    OneOrMany::One(1)
}

impl Mapping {
    /// Reads a mapping file.
    pub fn read(path: &Path) -> Result<Self, MappingError> {
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|e| MappingError { place: place.clone(), what: format!("cannot be read as UTF-8 text: {e}") })?;
        Self::parse(&text, &place)
    }

    /// The same from text; `place` stands in messages where a file's path would.
    pub fn parse(text: &str, place: &str) -> Result<Self, MappingError> {
        let error = |place: String, what: String| Err(MappingError { place, what });
        if text.len() > MAX_BYTES {
            return error(place.to_owned(), format!("{} bytes are more than a mapping may have ({MAX_BYTES})", text.len()));
        }
        let mapping: Self = match toml::from_str(text) {
            Ok(mapping) => mapping,
            Err(e) => {
                let line =
                    e.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
                let hint = nearest_key_hint(e.message()).map(|hint| format!("; {hint}")).unwrap_or_default();
                return error(format!("{place}: line {line}"), format!("{}{hint}", e.message()));
            }
        };
        if !matches!(mapping.decimal, '.' | ',') {
            return error(place.to_owned(), format!("decimal {:?} is not valid: expected \".\" or \",\"", mapping.decimal));
        }
        if mapping.sheet.is_some() && !mapping.sheets.is_empty() {
            return error(place.to_owned(), "give either sheet or sheets".to_owned());
        }
        match mapping.thousands {
            Some(sign) if sign == mapping.decimal => {
                error(place.to_owned(), format!("decimal and thousands are both {sign:?}: they must differ"))
            }
            Some(sign) if !matches!(sign, '.' | ',' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') => {
                error(place.to_owned(), format!("thousands {sign:?} is not valid: expected \".\", \",\", \"'\" or a blank"))
            }
            _ => Ok(mapping),
        }
    }

    /// How to read the file.
    #[must_use]
    pub fn table_options(&self) -> TableOptions {
        TableOptions { sheet: self.sheet.clone(), encoding: self.encoding.clone(), delimiter: self.delimiter }
    }

    /// Whether a row means something by the rows below it, so that the file cannot be read in parts.
    #[must_use]
    pub fn looks_ahead(&self) -> bool {
        self.area.indent.contains(&Indent::Totals)
    }

    /// How many rows of the file hold all headings.
    #[must_use]
    pub fn head_rows(&self) -> usize {
        let more = [&self.unit, &self.power].into_iter().flatten().chain(self.dimensions.values());
        let sources = [&self.indicator, &self.period].into_iter().chain(more).filter_map(|source| source.header_row);
        let rows = self.header_row.to_vec().into_iter().chain(self.area.header_row).chain(sources);
        rows.max().map_or(0, |row| usize::try_from(row).unwrap_or(usize::MAX))
    }

    /// How the file writes numbers.
    #[must_use]
    pub fn convention(&self) -> Convention {
        Convention { decimal: self.decimal, thousands: self.thousands }
    }
}
