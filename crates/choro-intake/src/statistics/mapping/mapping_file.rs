//! The mapping as a whole, and how it is read from its file.

use super::{
    area::{AreaFrom, AreaMapping, Indent},
    period::PeriodMapping,
    scalars::{ColumnRef, OneOrMany, TextOrInteger},
    text_from::{TextFrom, TextMapping},
    value::{ConfidentialityMapping, MarksMapping, StatusMapping, ValueMapping},
};
use crate::statistics::{
    file::options::{SheetRef, TableOptions},
    number::Convention,
};
use choro_model::nearest_key_hint;
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// Most rows above the data that are looked at for headings that the mapping does not name.
pub(crate) const MAX_HEADINGS: u32 = 30;
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
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// Which sheets of a workbook are read.
    pub sheets: SheetChoice,
    /// The encoding of a text file; default found by content.
    pub encoding: Option<String>,
    /// The delimiter of a text file; default found by content.
    pub delimiter: Option<char>,
    /// Whether quotes hold cells of a text file together; default by the delimiter.
    pub quotes: Option<bool>,
    /// How the file writes numbers.
    pub convention: Convention,
    /// The rows of headings, from 1; default 1.
    pub header_row: OneOrMany<u32>,
    /// The first row of data; default the one after the headings.
    pub first_row: Option<u32>,
    /// The last row of data; default the last that there is.
    pub last_row: Option<u32>,
    /// Which rows are data; default all.
    pub only: Vec<OnlyMapping>,
    /// Where the areas stand.
    pub area: AreaMapping,
    /// Where the indicator stands.
    pub indicator: TextMapping,
    /// Where the period stands.
    pub period: PeriodMapping,
    /// Where the unit stands; a value in another unit than its indicator's is rejected.
    pub unit: Option<TextMapping>,
    /// Where the power of ten stands by which the values are multiplied: 3 for thousands.
    pub power: Option<TextMapping>,
    /// Where the code of each dimension stands; a dimension left out takes its total.
    pub dimensions: BTreeMap<String, TextMapping>,
    /// Where the values stand.
    pub value: ValueMapping,
    /// What the marks for absent values mean.
    pub marks: MarksMapping,
    /// Where the observation status stands.
    pub status: Option<StatusMapping>,
    /// Where it stands whether a value may be told.
    pub confidentiality: Option<ConfidentialityMapping>,
}

/// Which sheets of a workbook are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetChoice {
    /// One; `None`: the first, or the whole of a text file.
    One(Option<SheetRef>),
    /// Several of one layout: numbers, names, or patterns with `*` and `?`.
    Several(Vec<SheetRef>),
}

/// Rows that are data: those with one of the texts in the column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyMapping {
    /// The column.
    pub column: ColumnRef,
    /// The texts, blanks apart.
    pub values: Vec<TextOrInteger>,
}

/// The keys as they stand in the file: see [`Mapping`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingKeys {
    /// How many questions of a proposal are not answered.
    #[serde(default)]
    open: u32,
    sheet: Option<SheetRef>,
    #[serde(default)]
    sheets: Vec<SheetRef>,
    encoding: Option<String>,
    delimiter: Option<char>,
    quotes: Option<bool>,
    #[serde(default = "point")]
    decimal: char,
    thousands: Option<char>,
    #[serde(default)]
    negative: Vec<String>,
    #[serde(default = "first")]
    header_row: OneOrMany<u32>,
    first_row: Option<u32>,
    last_row: Option<u32>,
    #[serde(default)]
    only: Vec<OnlyMapping>,
    area: AreaMapping,
    indicator: TextMapping,
    period: PeriodMapping,
    unit: Option<TextMapping>,
    power: Option<TextMapping>,
    #[serde(default)]
    dimensions: BTreeMap<String, TextMapping>,
    value: ValueMapping,
    #[serde(default)]
    marks: MarksMapping,
    status: Option<StatusMapping>,
    confidentiality: Option<ConfidentialityMapping>,
}

fn point() -> char {
    '.'
}

fn first() -> OneOrMany<u32> {
    OneOrMany::One(1)
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    ///
    /// Names the file, the line and, where a key is misspelt, the nearest one.
    pub fn read(path: &Path) -> Result<Self, MappingError> {
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|e| MappingError { place: place.clone(), what: format!("cannot be read as UTF-8 text: {e}") })?;
        Self::parse(&text, &place)
    }

    /// Reads a mapping from its text; `place` stands in messages where a file's path would.
    ///
    /// # Errors
    ///
    /// Those of [`Mapping::read`].
    pub fn parse(text: &str, place: &str) -> Result<Self, MappingError> {
        if text.len() > MAX_BYTES {
            let what = format!("{} bytes are more than a mapping may have ({MAX_BYTES})", text.len());
            return Err(MappingError { place: place.to_owned(), what });
        }
        let keys: MappingKeys = toml::from_str(text).map_err(|error| syntax(text, place, &error))?;
        Self::try_from(keys).map_err(|what| MappingError { place: place.to_owned(), what })
    }

    /// How to read the file, where it is one table.
    #[must_use]
    pub fn table_options(&self) -> TableOptions {
        let sheet = if let SheetChoice::One(sheet) = &self.sheets { sheet.clone() } else { None };
        TableOptions { sheet, encoding: self.encoding.clone(), delimiter: self.delimiter, quotes: self.quotes }
    }

    /// Whether a row means something by the rows below it, so that the file cannot be read in parts.
    #[must_use]
    pub fn looks_ahead(&self) -> bool {
        self.area.indent.contains(&Indent::Totals)
    }

    /// The rows of headings that are read, from 1.
    pub(crate) fn read_headings(&self) -> Vec<u32> {
        let optional = [&self.unit, &self.power].into_iter().flatten();
        let texts = std::iter::once(&self.indicator).chain(optional).chain(self.dimensions.values());
        let texts = texts.map(|text| &text.from).chain(&self.period.parts);
        let of_areas = if let AreaFrom::HeaderRow(row) = self.area.from { Some(row) } else { None };
        texts.filter_map(TextFrom::header_row).chain(of_areas).collect()
    }

    /// How many rows of the file hold all headings.
    #[must_use]
    pub fn head_rows(&self) -> usize {
        // Rows between the headings and the data are looked at too, since they may be headings that are not named.
        let above_data = self.first_row.map(|row| row.saturating_sub(1).min(MAX_HEADINGS));
        let rows = self.header_row.to_vec().into_iter().chain(self.read_headings()).chain(above_data);
        rows.max().map_or(0, |row| usize::try_from(row).unwrap_or(usize::MAX))
    }
}

/// A syntax error or an unknown key, with its line.
fn syntax(text: &str, place: &str, error: &toml::de::Error) -> MappingError {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    let hint = nearest_key_hint(error.message()).map(|hint| format!("; {hint}")).unwrap_or_default();
    MappingError { place: format!("{place}: line {line}"), what: format!("{}{hint}", error.message()) }
}

impl TryFrom<MappingKeys> for Mapping {
    type Error = String;

    fn try_from(keys: MappingKeys) -> Result<Self, String> {
        if keys.open > 0 {
            let what = "open: the proposal's questions (FILL IN) are not answered: answer them in the mapping, then delete this key";
            return Err(what.to_owned());
        }
        Ok(Self {
            convention: Convention::new(keys.decimal, keys.thousands)?.with_negative(&keys.negative)?,
            sheets: match (keys.sheet, keys.sheets) {
                (Some(_), several) if !several.is_empty() => return Err("give either sheet or sheets".to_owned()),
                (sheet, several) if several.is_empty() => SheetChoice::One(sheet),
                (_, several) => SheetChoice::Several(several),
            },
            encoding: keys.encoding,
            delimiter: keys.delimiter,
            quotes: keys.quotes,
            header_row: keys.header_row,
            first_row: keys.first_row,
            last_row: keys.last_row,
            only: keys.only,
            area: keys.area,
            indicator: keys.indicator,
            period: keys.period,
            unit: keys.unit,
            power: keys.power,
            dimensions: keys.dimensions,
            value: keys.value,
            marks: keys.marks,
            status: keys.status,
            confidentiality: keys.confidentiality,
        })
    }
}
