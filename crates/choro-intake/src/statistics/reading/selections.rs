//! Which selection a cell belongs to: indicator, period and codes, each from a constant, a column or a heading.
//!
//! A file of ten million cells has few selections, so each text is looked up once and each combination of texts is resolved
//! once; a cell then costs one lookup of small numbers.

use super::{
    labels::key,
    layout::{Columns, IntakeError, Layout},
    marks::Marks,
    reject::Problem,
};
use crate::statistics::{
    file::table::Table,
    mapping::{Mapping, Source},
};
use choro_model::{Code, Indicator, Period, Selection, nearest};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Most different texts, or combinations of them, in one file.
const MAX_COMBINATIONS: usize = 1_000_000;

const ONE_SOURCE: &str = "give exactly one of value, column, header_row and sheet";

/// Largest power of ten of a unit multiplier, either way.
const MAX_POWER: i32 = 15;

/// The sources in the order indicator, period, unit, power of ten, dimensions by id.
pub(crate) struct Selections<'a> {
    indicators: &'a [Indicator],
    dimensions: Vec<String>,
    readers: Vec<Reader>,
    known: FxHashMap<Vec<u32>, Result<Target, Problem>>,
    interned: FxHashMap<Selection, u32>,
    pub list: Vec<Selection>,
    scratch: Vec<u32>,
}

/// Where a value belongs, and by which power of ten it is multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    /// The number of its selection.
    pub selection: u32,
    pub power: i32,
}

/// One source: texts as numbers.
struct Reader {
    field: String,
    values: Option<BTreeMap<String, String>>,
    texts: Vec<String>,
    numbers: FxHashMap<String, u32>,
    place: Place,
    /// The number of the current row's text, for a source in a column.
    current: u32,
    fill: bool,
}

enum Place {
    Fixed(u32),
    Column(usize),
    /// By position in the layout's value columns.
    Headings(Vec<u32>),
}

impl<'a> Selections<'a> {
    pub(crate) fn new(
        columns: &Columns<'_>,
        layout: &Layout,
        mapping: &Mapping,
        indicators: &'a [Indicator],
        marks: &Marks,
    ) -> Result<Self, IntakeError> {
        let dimensions: Vec<String> = mapping.dimensions.keys().cloned().collect();
        let known = || indicators.iter().flat_map(|i| i.dimensions.iter().map(|d| d.id.as_str()));
        if let Some(unknown) = dimensions.iter().find(|id| !known().any(|k| k == id.as_str())) {
            let hint = nearest(unknown, known()).map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
            let what = format!("no indicator has such a dimension{hint} Remove it or add it to indicators.toml");
            return Err(columns.error(&format!("dimensions.{unknown}"), what));
        }
        let mut readers = vec![
            Reader::new(columns, layout, "indicator", &mapping.indicator, marks)?,
            Reader::new(columns, layout, "period", &mapping.period, marks)?,
            Reader::optional(columns, layout, "unit", mapping.unit.as_ref(), marks)?,
            Reader::optional(columns, layout, "power", mapping.power.as_ref(), marks)?,
        ];
        for (id, source) in &mapping.dimensions {
            readers.push(Reader::new(columns, layout, id, source, marks)?);
        }
        let (known, interned, list, scratch) = Default::default();
        Ok(Self { indicators, dimensions, readers, known, interned, list, scratch })
    }

    /// Whether every part stands in the file's head or in the mapping, so that problems are not a row's.
    pub(crate) fn is_independent_of_rows(&self) -> bool {
        !self.readers.iter().any(|reader| matches!(reader.place, Place::Column(_)))
    }

    /// Whether nothing tells one value column of a row from another.
    pub(crate) fn is_independent_of_columns(&self) -> bool {
        !self.readers.iter().any(|reader| matches!(reader.place, Place::Headings(_)))
    }

    /// Takes the texts of a row's own columns.
    pub(crate) fn enter_row(&mut self, table: &Table, row: usize) -> bool {
        self.readers.iter_mut().all(|reader| reader.enter_row(table, row))
    }

    /// The number of the selection of the value column at `position`, or why there is none.
    pub(crate) fn at(&mut self, position: usize) -> Result<Target, Problem> {
        self.scratch.clear();
        self.scratch.extend(self.readers.iter().map(|reader| reader.number(position)));
        if let Some(known) = self.known.get(&self.scratch) {
            return known.clone();
        }
        let resolved = self.resolve().and_then(|(selection, power)| {
            let selection = self.intern(selection)?;
            Ok(Target { selection, power })
        });
        self.known.insert(self.scratch.clone(), resolved.clone());
        resolved
    }

    /// Where the text of a problem stands: the row's own column, else the value column.
    pub(crate) fn column_of(&self, field: &str) -> Option<usize> {
        self.readers.iter().find(|reader| reader.field == field).and_then(|reader| match reader.place {
            Place::Column(column) => Some(column),
            _ => None,
        })
    }

    fn intern(&mut self, selection: Selection) -> Result<u32, Problem> {
        if let Some(number) = self.interned.get(&selection) {
            return Ok(*number);
        }
        let number = u32::try_from(self.list.len()).ok().filter(|_| self.list.len() < MAX_COMBINATIONS);
        let number = number.ok_or_else(|| {
            Problem::new(
                "period",
                &selection.period.to_string(),
                "selection.too_many",
                "split the file by indicator or period",
            )
        })?;
        self.list.push(selection.clone());
        self.interned.insert(selection, number);
        Ok(number)
    }

    fn resolve(&self) -> Result<(Selection, i32), Problem> {
        let mut texts = self.readers.iter().zip(&self.scratch).map(|(reader, number)| reader.meaning(*number));
        let indicator = texts.next().unwrap_or_else(|| Ok(String::new()))?;
        let indicator = self.indicators.iter().find(|known| known.id.as_str() == indicator).ok_or_else(|| {
            let near = nearest(&indicator, self.indicators.iter().map(|i| i.id.as_str()));
            let hint = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
            Problem::new("indicator", &indicator, "indicator.unknown", format!("add it to indicators.toml{hint}"))
        })?;
        let period = texts.next().unwrap_or_else(|| Ok(String::new()))?;
        let period: Period = period.parse().map_err(|_| {
            let remedy = "write 2014, 2014-S1, 2014-Q3, 2014-07 or 2014-07-01, or translate it in period.values";
            Problem::new("period", &period, "period.not_valid", remedy)
        })?;
        let unit = texts.next().unwrap_or_else(|| Ok(String::new()))?;
        if !unit.is_empty() && unit != indicator.unit.id {
            let remedy = format!(
                "indicator {} is in {}: correct either, or translate it in unit.values",
                indicator.id, indicator.unit.id
            );
            return Err(Problem::new("unit", &unit, "unit.differs", remedy));
        }
        let power = power(&texts.next().unwrap_or_else(|| Ok(String::new()))?)?;
        let mut codes: Vec<Code> = indicator.dimensions.iter().map(|dimension| dimension.total.clone()).collect();
        for (id, text) in self.dimensions.iter().zip(texts) {
            place_code(indicator, id, &text?, &mut codes)?;
        }
        Ok((Selection { indicator: indicator.id.clone(), period, codes }, power))
    }
}

/// A power of ten: `3` for thousands; nothing is 0.
fn power(text: &str) -> Result<i32, Problem> {
    let parsed = if text.is_empty() { Some(0) } else { text.parse().ok() };
    parsed.filter(|power: &i32| power.abs() <= MAX_POWER).ok_or_else(|| {
        let remedy =
            format!("write a whole number from -{MAX_POWER} to {MAX_POWER}: 3 for thousands, 0 or nothing for ones");
        Problem::new("power", text, "power.not_valid", remedy)
    })
}

/// Puts a dimension's code in its place. An indicator without that dimension takes only `_T` or nothing.
fn place_code(indicator: &Indicator, id: &str, text: &str, codes: &mut [Code]) -> Result<(), Problem> {
    let slot = indicator.dimensions.iter().zip(codes).find(|(dimension, _)| dimension.id.as_str() == id);
    let Some((dimension, slot)) = slot else {
        return if text.is_empty() || text == "_T" {
            Ok(())
        } else {
            let remedy = format!("indicator {} has no such dimension: add it there or leave the cell empty", indicator.id);
            Err(Problem::new(id, text, "dimension.not_of_indicator", remedy))
        };
    };
    let items = &dimension.code_list.items;
    let item = items.iter().find(|item| item.code.as_str() == text).ok_or_else(|| {
        let near = nearest(text, items.iter().map(|item| item.code.as_str()));
        let hint = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
        let remedy =
            format!("add it to the code list {} or translate it in dimensions.{id}.values{hint}", dimension.code_list.id);
        Problem::new(id, text, "dimension.unknown_code", remedy)
    })?;
    slot.clone_from(&item.code);
    Ok(())
}

impl Reader {
    /// A source that may be left out: then every text is empty.
    fn optional(
        columns: &Columns<'_>,
        layout: &Layout,
        field: &str,
        source: Option<&Source>,
        marks: &Marks,
    ) -> Result<Self, IntakeError> {
        match source {
            Some(source) => Self::new(columns, layout, field, source, marks),
            None => Self::new(columns, layout, field, &Source::of_value(""), marks),
        }
    }

    fn new(
        columns: &Columns<'_>,
        layout: &Layout,
        field: &str,
        source: &Source,
        marks: &Marks,
    ) -> Result<Self, IntakeError> {
        let key_name = if matches!(field, "indicator" | "period" | "unit" | "power") {
            field.to_owned()
        } else {
            format!("dimensions.{field}")
        };
        let values = source.values.as_ref().map(|map| map.iter().map(|(text, id)| (key(text), id.clone())).collect());
        let (texts, numbers) = Default::default();
        let mut reader =
            Self { field: field.to_owned(), values, texts, numbers, place: Place::Fixed(0), current: 0, fill: source.fill };
        reader.place = match (&source.value, &source.column, source.header_row) {
            (None, None, None) if source.sheet => {
                let sheet = columns.table.sheet.as_deref().ok_or_else(|| {
                    columns.error(&key_name, "it is to be the name of the sheet, but the file has no sheets".to_owned())
                })?;
                Place::Fixed(reader.number_of(sheet).unwrap_or(0))
            }
            _ if source.sheet => return Err(columns.error(&key_name, ONE_SOURCE.to_owned())),
            (Some(value), None, None) => Place::Fixed(reader.number_of(&value.to_string()).unwrap_or(0)),
            (None, Some(column), None) => Place::Column(columns.find(&format!("{key_name}.column"), column)?),
            (None, None, Some(row)) => {
                let row = columns.row(&format!("{key_name}.header_row"), row)?;
                Place::Headings(reader.headings(columns.table, row, layout, source.fill, marks))
            }
            _ => return Err(columns.error(&key_name, ONE_SOURCE.to_owned())),
        };
        Ok(reader)
    }

    /// The texts above the value columns, without footnote signs. With `fill`, an empty heading takes the nearest one to its
    /// left.
    fn headings(&mut self, table: &Table, row: usize, layout: &Layout, fill: bool, marks: &Marks) -> Vec<u32> {
        let text = |column: usize| marks.bare(&key(&table.get(row, column).to_string()));
        let filled = |column: usize| (0..=column).rev().map(text).find(|text| !text.is_empty()).unwrap_or_default();
        let texts: Vec<String> =
            layout.values.iter().map(|column| if fill { filled(*column) } else { text(*column) }).collect();
        texts.iter().map(|text| self.number_of(text).unwrap_or(0)).collect()
    }

    /// `false` when the file has more texts than are taken.
    fn enter_row(&mut self, table: &Table, row: usize) -> bool {
        let Place::Column(column) = self.place else { return true };
        let text = table.get(row, column).to_string();
        if self.fill && text.trim().is_empty() && !self.texts.is_empty() {
            return true;
        }
        match self.number_of(&text) {
            Some(number) => {
                self.current = number;
                true
            }
            None => false,
        }
    }

    fn number_of(&mut self, text: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        let number = u32::try_from(self.texts.len()).ok().filter(|_| self.texts.len() < MAX_COMBINATIONS)?;
        self.texts.push(key(text));
        self.numbers.insert(text.to_owned(), number);
        Some(number)
    }

    fn number(&self, position: usize) -> u32 {
        match &self.place {
            Place::Fixed(number) => *number,
            Place::Column(_) => self.current,
            Place::Headings(numbers) => numbers.get(position).copied().unwrap_or(0),
        }
    }

    /// What a text stands for.
    fn meaning(&self, number: u32) -> Result<String, Problem> {
        let text = self.texts.get(number as usize).map(String::as_str).unwrap_or_default();
        let Some(values) = &self.values else { return Ok(text.to_owned()) };
        values.get(text).cloned().ok_or_else(|| {
            let hint = nearest(text, values.keys().map(String::as_str)).map(|near| format!("; near it is {near:?}"));
            let remedy = format!("add it to the values of {} in the mapping{}", self.field, hint.unwrap_or_default());
            Problem::new(&self.field, text, "text.not_in_values", remedy)
        })
    }
}
