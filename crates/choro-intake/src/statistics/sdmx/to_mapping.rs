//! The columns of SDMX-CSV -> a mapping, and the conditions that its rows must fulfil.

use super::{
    columns::SdmxColumns,
    meanings,
    texts_met::{TextCounts, TextsMet},
};
use crate::statistics::{
    file::{rows::Rows, table::CellTable},
    mapping::{
        AreaMapping, ColumnRef, ConfidentialityMapping, Mapping, MarksMapping, OneOrMany, SheetChoice, StatusMapping,
        TextFrom, TextMapping, ValueMapping,
    },
    number::Convention,
    reading::{
        error::{FileError, IntakeError},
        read::KnownColumns,
        row_condition::{AcceptedTexts, RowCondition},
    },
};
use choro_model::Indicator;
use std::collections::BTreeMap;

/// What is known of an SDMX-CSV file by its columns.
pub struct KnownFile {
    /// What stands where.
    pub mapping: Mapping,
    /// What a row must hold to be taken, and the columns that are rightly not read.
    pub columns: KnownColumns,
    /// Whether a column says how long each period is, so that several kinds of it are meant.
    pub has_frequency: bool,
    /// The texts of its periods.
    pub periods: Vec<String>,
    /// What is to be told about it.
    pub notes: Vec<String>,
}

/// The file as a mapping, and what is to be told about it.
pub fn to_mapping(rows: &dyn Rows, indicators: &[Indicator]) -> Result<KnownFile, FileError> {
    let table = rows.head();
    let file = SdmxFile { table, indicators, columns: SdmxColumns::new(table) };
    file.to_mapping(rows)
}

struct SdmxFile<'a> {
    table: &'a CellTable,
    indicators: &'a [Indicator],
    columns: SdmxColumns,
}

impl SdmxFile<'_> {
    fn to_mapping(&self, rows: &dyn Rows) -> Result<KnownFile, FileError> {
        if self.columns.find(&["STRUCTURE_NAME"]).is_some() {
            let what = "each column of ids is followed by one of names (labels=name): fetch the file again with labels=id";
            let (file, key) = (self.table.file.clone(), "STRUCTURE_NAME".to_owned());
            return Err(IntakeError::Mapping { file, key, what: what.to_owned() }.into());
        }
        let value = self.need(&["OBS_VALUE"])?;
        let area = self.need(&["REF_AREA", "GEO"])?;
        let period = self.need(&["TIME_PERIOD"])?;
        let indicator = self.need(&["INDICATOR", "DATAFLOW", "STRUCTURE_ID"])?;
        let status = self.columns.find(&["OBS_STATUS", "OBS_FLAG"]);
        let met = TextsMet::among(rows, &[indicator, period].into_iter().chain(status).collect::<Vec<_>>(), value)?;
        let mut notes = vec!["SDMX-CSV: columns are read by their ids, without a mapping".to_owned()];
        let mapping = Mapping {
            sheets: SheetChoice::One(None),
            encoding: None,
            delimiter: None,
            quotes: None,
            convention: self.convention(&met),
            header_row: OneOrMany::One(1),
            first_row: None,
            last_row: None,
            only: Vec::new(),
            area: AreaMapping::of_column(ColumnRef::at(area)),
            indicator: translated(indicator, met.texts(0), |text| meanings::indicator(text, self.indicators)),
            period: translated(period, met.texts(1), meanings::period).into(),
            unit: self.columns.find(&["UNIT_MEASURE", "UNIT"]).map(|column| of_column(column, None)),
            power: self.columns.find(&["UNIT_MULT", "UNIT_MULTIPLIER"]).map(|column| of_column(column, None)),
            dimensions: self.dimensions(),
            value: ValueMapping::Column(ColumnRef::at(value)),
            marks: MarksMapping::default(),
            status: status.map(|column| self.status(column, met.texts(2), &mut notes)),
            confidentiality: self.columns.find(&["CONF_STATUS", "OBS_CONF"]).map(|column| ConfidentialityMapping {
                column: ColumnRef::at(column),
                public: vec![String::new(), "F".to_owned()],
            }),
        };
        let columns = KnownColumns { conditions: self.conditions(value), ignored: self.columns.ignored() };
        let has_frequency = self.columns.find(&["FREQ"]).is_some();
        Ok(KnownFile { mapping, columns, has_frequency, periods: met.texts(1).keys().cloned().collect(), notes })
    }

    fn need(&self, ids: &[&str]) -> Result<usize, IntakeError> {
        self.columns.find(ids).ok_or_else(|| IntakeError::Column {
            file: self.table.file.clone(),
            key: "SDMX-CSV".to_owned(),
            what: format!("there is no column {}", ids.join(" or ")),
            columns: self.columns.list(),
        })
    }

    /// A comma is the decimal sign only in a file whose cells are separated by `;`, and whose values have commas and no points.
    fn convention(&self, met: &TextsMet) -> Convention {
        if self.table.delimiter == Some(';') && met.comma && !met.point { Convention::COMMA } else { Convention::POINT }
    }

    /// The columns of dimensions that any indicator has.
    fn dimensions(&self) -> BTreeMap<String, TextMapping> {
        let known = self.indicators.iter().flat_map(|indicator| &indicator.dimensions);
        let column = |id: &str| self.columns.find(&[id.to_uppercase().as_str()]);
        known.filter_map(|d| Some((d.id.to_string(), of_column(column(d.id.as_str())?, None)))).collect()
    }

    /// Refuses rows that delete, rows that merge nothing, and parts that would pass for the whole.
    fn conditions(&self, value: usize) -> Vec<RowCondition> {
        let mut conditions = Vec::new();
        if let Some(column) = self.columns.find(&["ACTION"]) {
            conditions.extend([adds_or_replaces(column), merges_something(column, value)]);
        }
        let known =
            |id: &str| self.indicators.iter().flat_map(|i| &i.dimensions).any(|d| d.id.as_str().to_uppercase() == id);
        let unknown = self.columns.dimensions(value).filter(|(_, id)| !known(id));
        conditions.extend(unknown.map(|(column, id)| is_total(column, id)));
        conditions
    }

    fn status(&self, column: usize, texts: &TextCounts, notes: &mut Vec<String>) -> StatusMapping {
        let is_flag = self.columns.find(&["OBS_STATUS"]).is_none();
        let mut values = BTreeMap::new();
        for (text, count) in texts {
            let Some(status) = meanings::status(text, is_flag) else { continue };
            if !status.is_whole {
                let kept =
                    if status.meaning.is_empty() { "not kept".to_owned() } else { format!("kept as {}", status.meaning) };
                notes.push(format!("status {text:?} of {count} rows is {kept}"));
            }
            values.insert(text.clone(), status.meaning.to_owned());
        }
        StatusMapping { column: ColumnRef::at(column), values: Some(values) }
    }
}

/// The condition that a row adds or replaces an observation.
fn adds_or_replaces(column: usize) -> RowCondition {
    RowCondition {
        column,
        when: None,
        accepts: AcceptedTexts::OneOf(["", "I", "A", "M", "R"].map(str::to_owned).to_vec()),
        field: "action".to_owned(),
        code: "action.not_taken",
        remedy: "only rows that add or replace are taken (I, A, M, R): leave out what was deleted, and withdraw it by hand"
            .to_owned(),
    }
}

/// The condition that a row which merges has a value.
fn merges_something(action: usize, value: usize) -> RowCondition {
    RowCondition {
        column: value,
        when: Some((action, "M".to_owned())),
        accepts: AcceptedTexts::NotEmpty,
        field: "value".to_owned(),
        code: "action.merges_nothing",
        remedy: "an empty value of a merge says nothing: write NaN for a missing one, or leave the row out".to_owned(),
    }
}

/// The condition that a column holds a total, where it may be a dimension that no indicator has.
fn is_total(column: usize, id: &str) -> RowCondition {
    RowCondition {
        column,
        when: None,
        accepts: AcceptedTexts::OneOf(meanings::TOTALS.map(str::to_owned).to_vec()),
        field: id.to_lowercase(),
        code: "dimension.not_of_indicator",
        remedy: format!("{id} may be a dimension, and no indicator has it: add it there, or keep only its total (_T)"),
    }
}

fn of_column(column: usize, values: Option<BTreeMap<String, String>>) -> TextMapping {
    TextMapping { from: TextFrom::Column { column: ColumnRef::at(column), fill: false }, values }
}

/// A column whose texts are translated one by one.
fn translated(column: usize, texts: &TextCounts, meaning: impl Fn(&str) -> String) -> TextMapping {
    of_column(column, Some(texts.keys().map(|text| (text.clone(), meaning(text))).collect()))
}
