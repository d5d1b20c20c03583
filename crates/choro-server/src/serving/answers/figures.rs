//! The values of a selection with their classes and their legend.

use crate::serving::{
    cache::{documents::Job, kept_data::Stock},
    error::ServeError,
    select::map_subject::Aim,
};
use choro_bundle::Column;
use choro_carto::style::{self, Legend, Summary, Symbols};
use choro_figures::classify::{Classification, Options, Scope, classify};
use choro_model::{Cell, Indicator, Lang, Selection, State};
use std::sync::Arc;

/// The values of a selection, what they mean and how they are classified.
#[derive(Debug)]
pub(super) struct Figures {
    /// What is measured; of differences: diverging.
    pub indicator: Indicator,
    pub selection: Selection,
    /// The later period's column.
    pub column: Arc<Column>,
    /// A value or a state for each area.
    pub cells: Vec<Cell>,
    pub classes: Classification,
    pub legend: Legend,
}

impl Stock {
    /// The classes of a selection: of all its periods, or of its own period alone.
    pub async fn classes(&self, aim: &Aim, options: &Options) -> Result<Classification, ServeError> {
        let values = self.spreads.get(&self.columns, aim, options.scope).await?;
        values.classify(&aim.indicator, options).map_err(ServeError::from)
    }

    /// The values of a selection, or their differences since an earlier period, with classes and legend.
    pub(super) async fn figures(&self, job: &Job, aim: &Aim, options: &Options, lang: &Lang) -> Result<Figures, ServeError> {
        let column = self.columns.get(&aim.place.release, aim.place.borders(), &aim.selection).await?;
        job.go_on()?;
        let (cells, indicator, classes, symbols) = match aim.from {
            None => {
                let values = self.spreads.get(&self.columns, aim, options.scope).await?;
                let classes = values.classify(&aim.indicator, options)?;
                let symbols = Symbols::new(&values.ends(), &aim.indicator, lang);
                (column.cells().collect::<Vec<Cell>>(), aim.indicator.clone(), classes, symbols)
            }
            Some(from) => {
                let earlier = Selection { period: from, ..aim.selection.clone() };
                let before = self.columns.get(&aim.place.release, aim.place.borders(), &earlier).await?;
                let cells: Vec<Cell> = column.cells().zip(before.cells()).map(difference).collect();
                let values: Vec<f64> = cells.iter().filter_map(|cell| cell.number()).collect();
                let options = Options { scope: Scope::Period, ..options.clone() };
                let indicator = Indicator { diverging: true, ..aim.indicator.clone() };
                let classes = classify(&values, &indicator, &options)?;
                let symbols = Symbols::new(&values, &indicator, lang);
                (cells, indicator, classes, symbols)
            }
        };
        job.go_on()?;
        let mut legend = style::legend(&classes, &indicator, lang);
        if let Some(from) = aim.from {
            legend = legend.of_change(from, aim.selection.period);
        }
        legend.symbols = symbols;
        let rows = aim.place.vintage()?.areas().rows();
        let names: Vec<&str> = rows.iter().map(|row| row.names.pick(lang, row.code.as_str())).collect();
        let signed = indicator.diverging;
        legend.summary = style::summary(&Summary { indicator: &indicator, cells: &cells, names: &names, signed, lang });
        Ok(Figures { selection: aim.selection.clone(), indicator, column, cells, classes, legend })
    }
}

/// The later cell less the earlier one. What is withheld in either stays withheld.
fn difference((after, before): (Cell, Cell)) -> Cell {
    match (after, before) {
        (Cell::Value(after), Cell::Value(before)) => Cell::Value(after - before),
        (Cell::State(State::Secrecy), _) | (_, Cell::State(State::Secrecy)) => Cell::State(State::Secrecy),
        (Cell::State(state), _) | (_, Cell::State(state)) => Cell::State(state),
    }
}
