//! The values of a selection with their classes and their legend.

use super::known::origin_in_words;
use crate::serving::{
    cache::{documents::Job, kept_data::KeptData, ordered_values},
    error::ServeError,
    select::map_subject::MapSubject,
};
use choro_bundle::Column;
use choro_carto::style::{self, Flagged, Legend, NumberForm, Summary, Symbols};
use choro_figures::classify::{Classification, Options, Scope, classify};
use choro_model::{Cell, Decimal, Flags, Indicator, Kind, Lang, Period, Selection, State};
use std::sync::Arc;

/// The values of a selection, what they mean and how they are classified.
#[derive(Debug)]
pub(super) struct Figures {
    /// The indicator. Where differences are shown it is diverging, whatever it is otherwise.
    pub indicator: Indicator,
    pub selection: Selection,
    /// The column of the period; where differences are shown, of the later period.
    pub column: Arc<Column>,
    /// A value or a state for each area, in the order of the areas.
    pub cells: Vec<Cell>,
    /// What is to be known of each value, in the same order.
    pub flags: Vec<Flags>,
    pub classes: Classification,
    pub legend: Legend,
}

impl Figures {
    /// How the values are printed in a language.
    pub fn number_form<'a>(&'a self, lang: &'a Lang) -> NumberForm<'a> {
        number_form(&self.indicator, &self.classes, lang)
    }

    /// Whether colours of areas mislead: they stand for whole numbers or their changes, so large areas look important.
    pub fn colours_mislead(&self) -> bool {
        self.indicator.kind == Kind::Count
    }

    /// The flags with the words that a language has for them.
    pub fn flagged<'a>(&'a self, lang: &'a Lang) -> Flagged<'a> {
        Flagged { flags: &self.flags, is_change: self.legend.from.is_some(), lang }
    }
}

/// How values are printed: with the indicator's decimals, and never on the other side of a break.
fn number_form<'a>(indicator: &'a Indicator, classes: &'a Classification, lang: &'a Lang) -> NumberForm<'a> {
    NumberForm { decimals: indicator.decimals, limits: classes.inner(), signed: indicator.diverging, lang }
}

impl KeptData {
    /// The classes of a selection. By default their breaks come from the values of all periods of its kind, with `scope=period` from
    /// those of its own.
    pub async fn classes(&self, subject: &MapSubject, options: &Options) -> Result<Classification, ServeError> {
        let values = self.ordered.get(&self.columns, subject, options.scope).await?;
        values.classify(&subject.indicator, options).map_err(ServeError::from)
    }

    /// The values of a selection with classes and legend. Where the subject has an earlier period, the values are the differences
    /// since then.
    pub(super) async fn figures(
        &self,
        job: &Job,
        subject: &MapSubject,
        options: &Options,
        lang: &Lang,
    ) -> Result<Figures, ServeError> {
        let column = self.columns.get(&subject.held.release, subject.held.key(), &subject.selection).await?;
        job.go_on()?;
        let classified = match subject.from {
            None => self.values(subject, &column, options, lang).await?,
            Some(from) => self.differences(subject, from, &column, options, lang).await?,
        };
        job.go_on()?;
        let Classified { cells, indicator, classes, symbols } = classified;
        let known = self.known_of(job, subject, &column, &cells).await?;
        let flagged = Flagged { flags: &known.flags, is_change: subject.from.is_some(), lang };
        let mut legend = style::legend(&classes, &indicator, lang);
        let period = subject.selection.period;
        if let Some(from) = subject.from {
            legend = legend.of_change(from, period);
        } else if options.scope == Scope::All && ordered_values::leaves_out_periods(subject) {
            legend = legend.of_kind(period.kind());
        }
        legend.symbols = symbols;
        legend.flags = flagged.entries();
        legend.notes = known.origins.iter().map(|origin| origin_in_words(&subject.held, origin, lang)).collect();
        let rows = subject.held.vintage()?.areas().rows();
        let names: Vec<&str> = rows.iter().map(|row| row.names.pick(lang, row.code.as_str())).collect();
        let form = number_form(&indicator, &classes, lang);
        legend.summary = style::summary(&Summary { cells: &cells, names: &names, flagged, form });
        let (selection, flags) = (subject.selection.clone(), known.flags);
        Ok(Figures { selection, indicator, column, cells, flags, classes, legend })
    }

    /// The values of one period in classes.
    async fn values(
        &self,
        subject: &MapSubject,
        column: &Column,
        options: &Options,
        lang: &Lang,
    ) -> Result<Classified, ServeError> {
        let values = self.ordered.get(&self.columns, subject, options.scope).await?;
        let classes = values.classify(&subject.indicator, options)?;
        let symbols = Symbols::new(&values.ends(), &subject.indicator, lang);
        Ok(Classified { cells: column.cells().collect(), indicator: subject.indicator.clone(), classes, symbols })
    }

    /// The differences since a period in classes. Their breaks come from these differences alone, whatever the scope.
    async fn differences(
        &self,
        subject: &MapSubject,
        from: Period,
        column: &Column,
        options: &Options,
        lang: &Lang,
    ) -> Result<Classified, ServeError> {
        let earlier = Selection { period: from, ..subject.selection.clone() };
        let before = self.columns.get(&subject.held.release, subject.held.key(), &earlier).await?;
        let cells: Vec<Cell> = column.cells().zip(before.cells()).map(difference).collect();
        let values: Vec<f64> = cells.iter().filter_map(|cell| cell.number()).collect();
        let options = Options { scope: Scope::Period, ..options.clone() };
        let indicator = Indicator { diverging: true, ..subject.indicator.clone() };
        let classes = classify(&values, &indicator, &options)?;
        let symbols = Symbols::new(&values, &indicator, lang);
        Ok(Classified { cells, indicator, classes, symbols })
    }
}

/// Cells with their classes and the scale of their circles.
struct Classified {
    cells: Vec<Cell>,
    indicator: Indicator,
    classes: Classification,
    symbols: Option<Symbols>,
}

/// The later cell minus the earlier one, in decimals. Where one of the two is withheld, the difference is withheld too: it would tell
/// the value. One that is too large for a double is missing.
pub(crate) fn difference((after, before): (Cell, Cell)) -> Cell {
    match (after, before) {
        (Cell::Value(after), Cell::Value(before)) => less(after, before).unwrap_or(Cell::State(State::Missing)),
        (Cell::State(State::Secrecy), _) | (_, Cell::State(State::Secrecy)) => Cell::State(State::Secrecy),
        (Cell::State(state), _) | (_, Cell::State(state)) => Cell::State(state),
    }
}

fn less(after: f64, before: f64) -> Option<Cell> {
    Cell::value((Decimal::of(after)? - Decimal::of(before)?).to_f64())
}
