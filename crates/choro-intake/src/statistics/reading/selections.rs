//! Which selection a cell belongs to: indicator, period and codes, each from a constant, a column or a heading.
//!
//! A file of ten million cells has few selections. So each text gets a number when it is first met, and each combination of numbers
//! is resolved once. After that a cell costs one look-up of small numbers.

use super::{
    columns::TableColumns, error::IntakeError, layout::Layout, marks::Marks, not_a_value::PercentSign,
    period_parts::PeriodParts, reject::UnplacedReject, selection_part::SelectionPart,
};
use crate::statistics::{file::table::CellTable, mapping::Mapping};
use choro_model::{Code, Indicator, Kind, Selection, nearest};
use rustc_hash::FxHashMap;

/// Most different selections in one file.
const MAX_SELECTIONS: usize = 1_000_000;

/// The SDMX unit of percent.
const PERCENT: &str = "PC";

/// Largest power of ten of a unit multiplier, either way.
const MAX_POWER: i32 = 15;

/// The selections of a file. Their parts stand in the order indicator, unit, power of ten, dimensions by id, and then those of the
/// period.
pub(crate) struct Selections<'a> {
    indicators: &'a [Indicator],
    dimensions: Vec<String>,
    parts: Vec<SelectionPart>,
    pub period: PeriodParts,
    known: FxHashMap<Vec<u32>, Result<ScaledSelection, UnplacedReject>>,
    interned: FxHashMap<Selection, u32>,
    pub list: Vec<Selection>,
    /// Of each selection, the index of its indicator.
    indicator_of: Vec<usize>,
    scratch: Vec<u32>,
}

/// Where a value belongs, and by which power of ten it is multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScaledSelection {
    /// The number of its selection.
    pub selection: u32,
    pub power: i32,
}

impl<'a> Selections<'a> {
    pub(crate) fn new(
        columns: &TableColumns<'_>,
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
        let mut parts = vec![
            SelectionPart::new(columns, layout, "indicator", &mapping.indicator, marks)?,
            SelectionPart::optional(columns, layout, "unit", mapping.unit.as_ref(), marks)?,
            SelectionPart::optional(columns, layout, "power", mapping.power.as_ref(), marks)?,
        ];
        for (id, source) in &mapping.dimensions {
            parts.push(SelectionPart::new(columns, layout, id, source, marks)?);
        }
        let period = PeriodParts::new(columns, layout, &mapping.period, marks)?;
        let (known, interned, list, indicator_of, scratch) = Default::default();
        Ok(Self { indicators, dimensions, parts, period, known, interned, list, indicator_of, scratch })
    }

    /// Whether every part stands in the headings or in the mapping. Then what is wrong with it is no fault of a row.
    pub(crate) fn is_independent_of_rows(&self) -> bool {
        self.all_parts().all(|part| part.column().is_none())
    }

    /// Whether nothing tells one value column of a row from another.
    pub(crate) fn is_independent_of_columns(&self) -> bool {
        !self.all_parts().any(SelectionPart::is_of_headings)
    }

    /// Takes the texts of a row's own columns.
    pub(crate) fn enter_row(&mut self, table: &CellTable, row: usize) -> bool {
        self.parts.iter_mut().chain(&mut self.period.parts).all(|part| part.enter_row(table, row))
    }

    /// The index of a selection's indicator.
    pub(crate) fn indicator_of(&self, selection: u32) -> usize {
        self.indicator_of.get(selection as usize).copied().unwrap_or(usize::MAX)
    }

    /// What a percent sign says behind a figure of a selection.
    pub(crate) fn percent_sign(&self, selection: u32) -> PercentSign {
        match self.indicators.get(self.indicator_of(selection)) {
            Some(indicator) if indicator.kind == Kind::Share || indicator.unit.id == PERCENT => PercentSign::Fits,
            Some(indicator) if indicator.kind == Kind::Count => PercentSign::Wrong,
            _ => PercentSign::Unknown,
        }
    }

    /// The columns that are read for the selection of a row.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        self.all_parts().filter_map(SelectionPart::column)
    }

    fn all_parts(&self) -> impl Iterator<Item = &SelectionPart> {
        self.parts.iter().chain(&self.period.parts)
    }

    /// The number of the selection of the value column at `position`, or why there is none.
    pub(crate) fn at(&mut self, position: usize) -> Result<ScaledSelection, UnplacedReject> {
        self.scratch.clear();
        self.scratch.extend(self.parts.iter().chain(&self.period.parts).map(|part| part.number(position)));
        if let Some(known) = self.known.get(&self.scratch) {
            return known.clone();
        }
        let resolved = self.resolve().and_then(|(selection, indicator, power)| {
            let selection = self.intern(selection, indicator)?;
            Ok(ScaledSelection { selection, power })
        });
        self.known.insert(self.scratch.clone(), resolved.clone());
        resolved
    }

    /// The column of the row where the text of a field stands. `None` where it stands in a heading or in the mapping.
    pub(crate) fn column_of(&self, field: &str) -> Option<usize> {
        self.all_parts().find(|part| part.field == field).and_then(SelectionPart::column)
    }

    fn intern(&mut self, selection: Selection, indicator: usize) -> Result<u32, UnplacedReject> {
        if let Some(number) = self.interned.get(&selection) {
            return Ok(*number);
        }
        let number = u32::try_from(self.list.len()).ok().filter(|_| self.list.len() < MAX_SELECTIONS);
        let number = number.ok_or_else(|| {
            UnplacedReject::new(
                "period",
                &selection.period.to_string(),
                "selection.too_many",
                "split the file by indicator or period",
            )
        })?;
        self.list.push(selection.clone());
        self.indicator_of.push(indicator);
        self.interned.insert(selection, number);
        Ok(number)
    }

    /// The selection of the numbers at hand, the index of its indicator, and its power of ten.
    fn resolve(&mut self) -> Result<(Selection, usize, i32), UnplacedReject> {
        let (numbers, of_period) = self.scratch.split_at(self.parts.len().min(self.scratch.len()));
        let mut texts = self.parts.iter().zip(numbers).map(|(part, number)| part.meaning(*number));
        let mut next = || texts.next().unwrap_or_else(|| Ok(String::new()));
        let text = next()?;
        let (index, indicator) = indicator(self.indicators, &text)?;
        let period = self.period.period(of_period)?;
        check_unit(indicator, &next()?)?;
        let power = power(&next()?)?;
        let mut codes: Vec<Code> = indicator.dimensions.iter().map(|dimension| dimension.total.clone()).collect();
        for (id, text) in self.dimensions.iter().zip(texts) {
            place_code(indicator, id, &text?, &mut codes)?;
        }
        Ok((Selection { indicator: indicator.id.clone(), period, codes }, index, power))
    }
}

/// The indicator of an id, with its index.
fn indicator<'a>(indicators: &'a [Indicator], id: &str) -> Result<(usize, &'a Indicator), UnplacedReject> {
    indicators.iter().enumerate().find(|(_, known)| known.id.as_str() == id).ok_or_else(|| {
        let near = nearest(id, indicators.iter().map(|i| i.id.as_str()));
        let hint = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
        UnplacedReject::new("indicator", id, "indicator.unknown", format!("add it to indicators.toml{hint}"))
    })
}

/// Refuses another unit than that of the indicator.
fn check_unit(indicator: &Indicator, unit: &str) -> Result<(), UnplacedReject> {
    if unit.is_empty() || unit == indicator.unit.id {
        return Ok(());
    }
    let remedy =
        format!("indicator {} is in {}: correct either, or translate it in unit.values", indicator.id, indicator.unit.id);
    Err(UnplacedReject::new("unit", unit, "unit.differs", remedy))
}

/// A power of ten: `3` for thousands; nothing is 0.
fn power(text: &str) -> Result<i32, UnplacedReject> {
    let parsed = if text.is_empty() { Some(0) } else { text.parse().ok() };
    parsed.filter(|power: &i32| power.abs() <= MAX_POWER).ok_or_else(|| {
        let remedy =
            format!("write a whole number from -{MAX_POWER} to {MAX_POWER}: 3 for thousands, 0 or nothing for ones");
        UnplacedReject::new("power", text, "power.not_valid", remedy)
    })
}

/// Puts a dimension's code in its place. An indicator without that dimension takes only `_T` or nothing.
fn place_code(indicator: &Indicator, id: &str, text: &str, codes: &mut [Code]) -> Result<(), UnplacedReject> {
    let slot = indicator.dimensions.iter().zip(codes).find(|(dimension, _)| dimension.id.as_str() == id);
    let Some((dimension, slot)) = slot else {
        return if text.is_empty() || text == "_T" {
            Ok(())
        } else {
            let remedy = format!("indicator {} has no such dimension: add it there or leave the cell empty", indicator.id);
            Err(UnplacedReject::new(id, text, "dimension.not_of_indicator", remedy))
        };
    };
    let items = &dimension.code_list.items;
    let item = items.iter().find(|item| item.code.as_str() == text).ok_or_else(|| {
        let near = nearest(text, items.iter().map(|item| item.code.as_str()));
        let hint = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
        let remedy =
            format!("add it to the code list {} or translate it in dimensions.{id}.values{hint}", dimension.code_list.id);
        UnplacedReject::new(id, text, "dimension.unknown_code", remedy)
    })?;
    slot.clone_from(&item.code);
    Ok(())
}
