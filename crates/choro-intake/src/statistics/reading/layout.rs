//! A mapping applied to the headings of one table: every column reference becomes a column.

use super::{columns::TableColumns, error::IntakeError};
use crate::statistics::{
    comparison::comparison_key,
    file::table::{CellContent, CellTable},
    mapping::{AreaFrom, Mapping, ValueMapping},
};

/// Where everything stands, as indices from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The first row of data.
    pub first_row: usize,
    /// One past the last row of data.
    pub end_row: usize,
    /// Where the labels of areas stand.
    pub labels: LabelPlace,
    /// The columns of values.
    pub values: Vec<usize>,
    /// Whether an empty cell of the label columns takes the one above, and an empty heading the one to its left.
    fill: bool,
    /// How many digits each text of a label has in a code without signs between them; empty where texts are joined by `+`.
    widths: Vec<usize>,
    /// Columns, each with the texts of the rows that are data.
    only: Vec<(usize, Vec<String>)>,
}

/// Where the labels of areas stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelPlace {
    /// In these columns, of which there is at least one.
    Columns(Vec<usize>),
    /// In this row of headings.
    Headings(usize),
}

impl Layout {
    /// Finds every row and column that the mapping names.
    pub fn new(columns: &TableColumns<'_>, mapping: &Mapping) -> Result<Self, IntakeError> {
        let first_row =
            mapping.first_row.map_or_else(|| Ok(columns.first_row_below()), |row| columns.row("first_row", row))?;
        let last_row = |row: u32| columns.row("last_row", row).map(|row| row + 1);
        let end_row = mapping.last_row.map_or(Ok(columns.height), last_row)?;
        if first_row >= end_row {
            let what = format!("no row of data is left between first_row {} and the last row {end_row}", first_row + 1);
            return Err(columns.error("first_row", what));
        }
        let labels = label_place(columns, &mapping.area.from)?;
        let values = match &mapping.value {
            ValueMapping::Column(column) => vec![columns.find("value.column", column)?],
            ValueMapping::Columns(list) => columns.value_columns(list)?,
        };
        let only = mapping.only.iter().map(|only| {
            let column = columns.find("only.column", &only.column)?;
            Ok((column, only.values.iter().map(|text| comparison_key(&text.to_string())).collect()))
        });
        let only = only.collect::<Result<_, IntakeError>>()?;
        let widths = mapping.area.widths.iter().map(|width| usize::from(*width)).collect();
        Ok(Self { first_row, end_row, labels, values, fill: mapping.area.fill, widths, only })
    }

    /// The columns of labels; none where the headings are the areas.
    pub fn label_columns(&self) -> &[usize] {
        match &self.labels {
            LabelPlace::Columns(columns) => columns,
            LabelPlace::Headings(_) => &[],
        }
    }

    /// The columns that are read for labels, figures and `only`.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        let only = self.only.iter().map(|(column, _)| *column);
        self.label_columns().iter().copied().chain(self.values.iter().copied()).chain(only)
    }

    /// How far a row's label is indented: its leading blanks.
    pub(crate) fn depth(&self, table: &CellTable, row: usize) -> usize {
        let text = self.label_columns().last().map(|column| table.get(row, *column).to_string()).unwrap_or_default();
        text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// The areas above the value columns; with `fill` an empty heading takes the one to its left.
    pub(crate) fn headings(&self, table: &CellTable, row: usize) -> Vec<String> {
        let mut labels: Vec<String> = Vec::with_capacity(self.values.len());
        for column in &self.values {
            let text = table.get(row, *column).to_string();
            let left = labels.last().filter(|_| self.fill && text.trim().is_empty()).cloned();
            labels.push(left.unwrap_or(text));
        }
        labels
    }

    /// Whether a row is data by `only`.
    pub(crate) fn keeps(&self, table: &CellTable, row: usize) -> bool {
        self.only.iter().all(|(column, texts)| texts.contains(&comparison_key(&table.get(row, *column).to_string())))
    }

    /// The label of a row: the texts of the label columns, joined by `+` or by their widths if there are several. `above` holds the texts of the row
    /// above, for merged cells: an empty cell takes the text above it, unless a cell to its left has a text of its own.
    pub(crate) fn label(&self, table: &CellTable, row: usize, above: &mut Vec<String>) -> String {
        let mut texts: Vec<String> = self.label_columns().iter().map(|column| table.get(row, *column).to_string()).collect();
        if self.fill && self.has_value(table, row) {
            let same = texts.iter().take_while(|text| text.trim().is_empty()).count();
            for (text, before) in texts.iter_mut().zip(above.iter()).take(same) {
                text.clone_from(before);
            }
            above.clone_from(&texts);
        }
        if texts.iter().all(|text| text.trim().is_empty()) {
            return String::new();
        }
        self.without_signs(&texts).unwrap_or_else(|| texts.join("+"))
    }

    /// Texts of digits as one code, each with its zeros: `1` and `3` are `01003` by the widths 2 and 3. `None` where there are no
    /// widths, or a text does not fit.
    fn without_signs(&self, texts: &[String]) -> Option<String> {
        let digits = |(text, width): (&String, &usize)| {
            let text = text.trim();
            let fits = !text.is_empty() && text.len() <= *width && text.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| format!("{text:0>width$}"))
        };
        if self.widths.is_empty() { None } else { texts.iter().zip(&self.widths).map(digits).collect() }
    }

    /// Whether a row has something in a value column.
    pub(crate) fn has_value(&self, table: &CellTable, row: usize) -> bool {
        self.values.iter().any(|column| match table.get(row, *column) {
            CellContent::Empty => false,
            CellContent::Number(_) => true,
            CellContent::Text(text) => !text.trim().is_empty(),
        })
    }
}

fn label_place(columns: &TableColumns<'_>, from: &AreaFrom) -> Result<LabelPlace, IntakeError> {
    match from {
        AreaFrom::HeaderRow(row) => columns.row("area.header_row", *row).map(LabelPlace::Headings),
        AreaFrom::Columns(list) if list.is_empty() => Err(columns.error("area.column", "names no column".to_owned())),
        AreaFrom::Columns(list) => {
            let found = list.iter().map(|column| columns.find("area.column", column)).collect::<Result<_, _>>();
            found.map(LabelPlace::Columns)
        }
    }
}
