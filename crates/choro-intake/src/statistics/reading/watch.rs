//! What is watched while a file is read, for doubts about it.

use super::{columns::TableColumns, layout::Layout, selections::Selections};
use crate::statistics::{
    comparison::comparison_key,
    doubt::Doubt,
    file::table::CellTable,
    mapping::{MAX_HEADINGS, Mapping},
    scrutiny::{
        figure_shapes::{FigureShapes, ReadFigure},
        periods, said_anyway,
        unread_columns::{UnreadColumn, UnreadColumns},
        unread_doubts,
    },
};
use choro_model::{Dimension, Indicator};
use std::collections::BTreeSet;

/// What is watched while a file is read.
pub struct Watch<'a> {
    indicators: &'a [Indicator],
    /// The dimensions that the mapping names.
    named: Vec<&'a str>,
    shapes: FigureShapes,
    unread: UnreadColumns,
    headings: Vec<UnreadHeading>,
}

/// A row of headings that is not read.
struct UnreadHeading {
    /// From 1.
    row: u32,
    /// What stands above the labels.
    label: String,
    /// The different texts above the figures.
    texts: Vec<String>,
}

impl<'a> Watch<'a> {
    /// Watches the columns that are not among those that are read.
    pub fn new(
        columns: &TableColumns<'_>,
        layout: &Layout,
        mapping: &'a Mapping,
        read: &BTreeSet<usize>,
        indicators: &'a [Indicator],
    ) -> Self {
        let unread = (0..columns.width()).filter(|column| !read.contains(column)).map(|column| {
            let (name, heading) = (columns.name(column), columns.heading(column));
            (column, UnreadColumn { name, letters: columns.letters(column), heading, ..UnreadColumn::default() })
        });
        Self {
            indicators,
            named: mapping.dimensions.keys().map(String::as_str).collect(),
            shapes: FigureShapes::new(indicators, mapping.convention.decimal()),
            unread: UnreadColumns::new(unread),
            headings: headings(columns.table, layout, mapping),
        }
    }

    /// Whether there are columns that are not read.
    pub fn has_columns(&self) -> bool {
        self.unread.has_columns()
    }

    /// Takes a row of an area, with the number of its label and of the selection of its first figure.
    pub fn row(&mut self, table: &CellTable, row: usize, label: u32, selection: Option<u32>) {
        self.unread.enter(table, row, label, selection);
    }

    /// Takes a figure of the indicator of that index.
    pub fn figure(&mut self, indicator: usize, figure: &ReadFigure<'_>) {
        self.shapes.add(indicator, figure);
    }

    /// The doubts, and the columns that are not read.
    pub fn finish(self, selections: &Selections<'_>) -> (Vec<Doubt>, Vec<UnreadColumn>) {
        let met = |indicator: &&Indicator| selections.list.iter().any(|selection| selection.indicator == indicator.id);
        let indicators: Vec<&Indicator> = self.indicators.iter().filter(met).collect();
        let dimensions = indicators.iter().flat_map(|indicator| &indicator.dimensions);
        let left_out: Vec<&Dimension> = dimensions.filter(|d| !self.named.contains(&d.id.as_str())).collect();
        let mut unread = self.unread.finish();
        said_anyway::settle(&mut unread, &indicators);
        let mut doubts = unread_doubts::grave(&mut unread, &left_out);
        let is_said =
            |heading: &UnreadHeading| heading.texts.iter().all(|text| said_anyway::is_of_indicator(text, &indicators));
        let of_heading =
            |heading: UnreadHeading| unread_doubts::of_heading(heading.row, &heading.label, heading.texts, &left_out);
        doubts.extend(self.headings.into_iter().filter(|heading| !is_said(heading)).filter_map(of_heading));
        doubts.extend(self.shapes.doubts());
        doubts.extend(periods::of_texts(&selections.period.texts_read()));
        (doubts, unread)
    }
}

/// The rows above the data that the mapping does not read.
fn headings(table: &CellTable, layout: &Layout, mapping: &Mapping) -> Vec<UnreadHeading> {
    let read = mapping.read_headings();
    let text = |row: usize, column: usize| comparison_key(&table.get(row, column).to_string());
    let label = |row: usize| layout.label_columns().last().map(|column| text(row, *column)).unwrap_or_default();
    let above = (1..).zip(0..layout.first_row).take(MAX_HEADINGS as usize).filter(|(row, _)| !read.contains(row));
    let heading = |(row, index): (u32, usize)| {
        let texts: BTreeSet<String> = layout.values.iter().map(|column| text(index, *column)).collect();
        UnreadHeading { row, label: label(index), texts: texts.into_iter().filter(|text| !text.is_empty()).collect() }
    };
    above.map(heading).filter(|heading| !heading.texts.is_empty()).collect()
}
