//! What is watched while a file is read, for doubts about it.

use super::{columns::TableColumns, selections::Selections};
use crate::statistics::{
    doubt::Doubt,
    file::table::CellTable,
    mapping::Mapping,
    scrutiny::{
        figure_shapes::{FigureShapes, ReadFigure},
        periods,
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
}

impl<'a> Watch<'a> {
    /// Watches the columns that are not among those that are read.
    pub fn new(
        columns: &TableColumns<'_>,
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
        }
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
        let mut doubts = unread_doubts::grave(&mut unread, &left_out);
        unread_doubts::settle(&mut unread, &indicators);
        doubts.extend(self.shapes.doubts());
        doubts.extend(periods::of_texts(&selections.period.texts_read()));
        (doubts, unread)
    }
}
