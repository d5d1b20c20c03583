//! SDMX-CSV as it stands, 1.0 and 2.x: the columns are known by their ids, so that no mapping is needed.
//! <https://github.com/sdmx-twg/sdmx-csv>
//!
//! `DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE` is a mapping already: the area is `REF_AREA` (Eurostat: `geo`), the period
//! `TIME_PERIOD`, the indicator what `INDICATOR` or else the dataflow is called, in lower case. What stands before `OBS_VALUE`
//! and is no dimension of an indicator must be a total: otherwise a part would be taken for the whole.

mod heads;
mod meanings;
#[cfg(test)]
mod tests;

use super::{
    file::{
        rows::Rows,
        table::{Table, Value},
    },
    mapping::{
        AreaMapping, ColumnRef, ConfidentialityMapping, Mapping, MarksMapping, OneOrMany, Source, StatusMapping,
        ValueMapping,
    },
    reading::{
        guard::{Accepts, Guard},
        labels::key,
        layout::{IntakeError, index_to_letters},
        reading::{self, Intake},
        sheets::FileError,
    },
};
use choro_model::Indicator;
use heads::Heads;
use std::collections::BTreeMap;

/// Most different texts of a column that is translated.
const MAX_TEXTS: usize = 100_000;

/// Whether a table begins as SDMX-CSV does.
#[must_use]
pub fn is_sdmx(table: &Table) -> bool {
    let text = |column| table.get(0, column).to_string();
    let (first, second) = (heads::id(&text(0)), heads::id(&text(1)));
    (first == "DATAFLOW" && !second.is_empty()) || (first == "STRUCTURE" && second == "STRUCTURE_ID")
}

/// Takes what an SDMX-CSV file says of the indicators.
pub fn read(rows: &dyn Rows, indicators: &[Indicator]) -> Result<Intake, FileError> {
    if heads::has_labels(rows.head()) {
        return read_ids(&Bare { rows, head: without_labels(rows.head())? }, indicators);
    }
    read_ids(rows, indicators)
}

fn read_ids(rows: &dyn Rows, indicators: &[Indicator]) -> Result<Intake, FileError> {
    let (mapping, notes) = Reader::new(rows, indicators).mapping()?;
    let mut intake = reading::read(rows, &mapping, indicators)?;
    intake.notes.splice(0..0, notes);
    Ok(intake)
}

/// `REF_AREA: Area` and `N: North` without their labels (labels=both).
struct Bare<'a> {
    rows: &'a dyn Rows,
    head: Table,
}

impl Rows for Bare<'_> {
    fn head(&self) -> &Table {
        &self.head
    }

    fn height(&self) -> usize {
        self.rows.height()
    }

    fn width(&self) -> usize {
        self.rows.width()
    }

    fn each_part(&self, take: &mut dyn FnMut(&Table) -> Result<(), FileError>) -> Result<(), FileError> {
        self.rows.each_part(&mut |part| take(&without_labels(part)?))
    }
}

fn without_labels(table: &Table) -> Result<Table, FileError> {
    let mut bare = table.without_cells(table.rows().start);
    for row in table.rows() {
        for column in 0..table.row_width(row) {
            match table.get(row, column) {
                Value::Text(text) => bare.push(Value::Text(text.split_once(": ").map_or(text, |(id, _)| id)))?,
                other => bare.push(other)?,
            }
        }
        bare.end_row()?;
    }
    Ok(bare)
}

struct Reader<'a> {
    rows: &'a dyn Rows,
    table: &'a Table,
    indicators: &'a [Indicator],
    heads: Heads,
    notes: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(rows: &'a dyn Rows, indicators: &'a [Indicator]) -> Self {
        let notes = vec!["SDMX-CSV: columns are read by their ids, without a mapping".to_owned()];
        let table = rows.head();
        Self { rows, table, indicators, heads: Heads::new(table), notes }
    }

    /// The file as a mapping, and what is to be told about it.
    fn mapping(mut self) -> Result<(Mapping, Vec<String>), FileError> {
        if self.heads.find(&["STRUCTURE_NAME"]).is_some() {
            let what = "each column of ids is followed by one of names (labels=name): fetch the file again with labels=id";
            return Err(self.error("STRUCTURE_NAME", what.to_owned()).into());
        }
        let value = self.need(&["OBS_VALUE"])?;
        let area = self.need(&["REF_AREA", "GEO"])?;
        let period = self.need(&["TIME_PERIOD"])?;
        let indicator = self.need(&["INDICATOR", "DATAFLOW", "STRUCTURE_ID"])?;
        let status = self.heads.find(&["OBS_STATUS", "OBS_FLAG"]);
        let met = self.meet(&[indicator, period].into_iter().chain(status).collect::<Vec<_>>(), value)?;
        let ids = |text: &str| meanings::indicator(text, self.indicators);
        let indicator = translated(indicator, met.texts(0), ids);
        let period = translated(period, met.texts(1), meanings::period);
        let dimensions = self.dimensions();
        let guards = self.guards(value);
        // Cells separated by `;`, and values with commas and without points.
        let decimal = if self.table.delimiter == Some(';') && met.comma && !met.point { ',' } else { '.' };
        let status = status.map(|column| self.status(column, met.texts(2)));
        let optional = |heads: &Heads, id: &[&str]| heads.find(id).map(|column| of_column(column, None));
        let confidentiality = self
            .heads
            .find(&["CONF_STATUS"])
            .map(|column| ConfidentialityMapping { column: number(column), public: vec![String::new(), "F".to_owned()] });
        let mapping = Mapping {
            sheet: None,
            sheets: Vec::new(),
            encoding: None,
            delimiter: None,
            decimal,
            thousands: None,
            header_row: OneOrMany::One(1),
            first_row: None,
            last_row: None,
            only: Vec::new(),
            area: AreaMapping::of_column(number(area)),
            indicator,
            period,
            unit: optional(&self.heads, &["UNIT_MEASURE", "UNIT"]),
            power: optional(&self.heads, &["UNIT_MULT"]),
            dimensions,
            value: ValueMapping { column: Some(number(value)), columns: None },
            marks: MarksMapping::default(),
            status,
            confidentiality,
            guards,
        };
        Ok((mapping, self.notes))
    }

    fn need(&self, ids: &[&str]) -> Result<usize, IntakeError> {
        self.heads.find(ids).ok_or_else(|| IntakeError::Column {
            file: self.table.file.clone(),
            key: "SDMX-CSV".to_owned(),
            what: format!("there is no column {}", ids.join(" or ")),
            columns: self.heads.list(),
        })
    }

    fn error(&self, key: &str, what: String) -> IntakeError {
        IntakeError::Mapping { file: self.table.file.clone(), key: key.to_owned(), what }
    }

    /// The columns of dimensions that any indicator has.
    fn dimensions(&self) -> BTreeMap<String, Source> {
        let known = self.indicators.iter().flat_map(|indicator| &indicator.dimensions);
        let column = |id: &str| self.heads.find(&[id.to_uppercase().as_str()]);
        known.filter_map(|d| Some((d.id.to_string(), of_column(column(d.id.as_str())?, None)))).collect()
    }

    /// Rows that delete, rows that merge nothing, and parts that would pass for the whole.
    fn guards(&self, value: usize) -> Vec<Guard> {
        let mut guards = Vec::new();
        if let Some(column) = self.heads.find(&["ACTION"]) {
            let remedy =
                "only rows that add or replace are taken (I, A, M, R): leave out what was deleted, and withdraw it by hand";
            let accepts = Accepts::OneOf(["", "I", "A", "M", "R"].map(str::to_owned).to_vec());
            let (field, remedy) = ("action".to_owned(), remedy.to_owned());
            guards.push(Guard { column, when: None, accepts, field, code: "action.not_taken", remedy });
            let remedy = "an empty value of a merge says nothing: write NaN for a missing one, or leave the row out";
            let (when, field, remedy) = (Some((column, "M".to_owned())), "value".to_owned(), remedy.to_owned());
            let accepts = Accepts::NotEmpty;
            guards.push(Guard { column: value, when, accepts, field, code: "action.merges_nothing", remedy });
        }
        let known =
            |id: &str| self.indicators.iter().flat_map(|i| &i.dimensions).any(|d| d.id.as_str().to_uppercase() == id);
        for (column, id) in self.heads.unknown_before(value).filter(|(_, id)| !known(id)) {
            let remedy =
                format!("{id} may be a dimension, and no indicator has it: add it there, or keep only its total (_T)");
            let accepts = Accepts::OneOf(meanings::TOTALS.map(str::to_owned).to_vec());
            let field = id.to_lowercase();
            guards.push(Guard { column, when: None, accepts, field, code: "dimension.not_of_indicator", remedy });
        }
        guards
    }

    fn status(&mut self, column: usize, texts: &BTreeMap<String, u64>) -> StatusMapping {
        let is_flag = self.heads.find(&["OBS_STATUS"]).is_none();
        let mut values = BTreeMap::new();
        for (text, count) in texts {
            let Some(status) = meanings::status(text, is_flag) else { continue };
            if !status.is_whole {
                let kept =
                    if status.meaning.is_empty() { "not kept".to_owned() } else { format!("kept as {}", status.meaning) };
                self.notes.push(format!("status {text:?} of {count} rows is {kept}"));
            }
            values.insert(text.clone(), status.meaning.to_owned());
        }
        StatusMapping { column: number(column), values: Some(values) }
    }

    /// Goes through the file once for the different texts of `columns` and the signs of the values.
    fn meet(&self, columns: &[usize], value: usize) -> Result<Met, FileError> {
        let mut met = Met { texts: vec![BTreeMap::new(); columns.len()], comma: false, point: false };
        self.rows.each_part(&mut |part| {
            for row in part.rows().start.max(1)..part.rows().end {
                for (column, texts) in columns.iter().zip(&mut met.texts) {
                    count(part.get(row, *column), texts);
                    if texts.len() > MAX_TEXTS {
                        let what = format!("more than {MAX_TEXTS} different texts: split the file");
                        return Err(self.error(&index_to_letters(*column), what).into());
                    }
                }
                let value = part.get(row, value).to_string();
                met.comma |= value.contains(',');
                met.point |= value.contains('.');
            }
            Ok(())
        })?;
        Ok(met)
    }
}

/// What stands in the columns that a mapping depends on.
struct Met {
    /// For each column its different texts, and how often each stands there.
    texts: Vec<BTreeMap<String, u64>>,
    /// Whether any value has one.
    comma: bool,
    point: bool,
}

impl Met {
    fn texts(&self, index: usize) -> &BTreeMap<String, u64> {
        static NONE: BTreeMap<String, u64> = BTreeMap::new();
        self.texts.get(index).unwrap_or(&NONE)
    }
}

/// Counts a text by its key; a text that is its own key, as nearly all are, is not made anew.
fn count(value: Value<'_>, texts: &mut BTreeMap<String, u64>) {
    if let Value::Text(text) = value
        && let Some(count) = texts.get_mut(text)
    {
        *count += 1;
        return;
    }
    *texts.entry(key(&value.to_string())).or_default() += 1;
}

fn number(column: usize) -> ColumnRef {
    ColumnRef::Number(u32::try_from(column + 1).unwrap_or(u32::MAX))
}

fn of_column(column: usize, values: Option<BTreeMap<String, String>>) -> Source {
    Source { value: None, column: Some(number(column)), header_row: None, sheet: false, fill: false, values }
}

/// A column whose texts are translated one by one.
fn translated(column: usize, texts: &BTreeMap<String, u64>, meaning: impl Fn(&str) -> String) -> Source {
    of_column(column, Some(texts.keys().map(|text| (text.clone(), meaning(text))).collect()))
}
