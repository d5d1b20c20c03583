//! What is to be known of values beside their numbers: flags, breaks between two periods, and whose figures they were made of.
//!
//! ```text
//! 2014 -> 2018, A: 2014 P, 2016 B, 2018 -     from or to provisional figures, and across a break in the series
//!               B: 2014 B, 2018 -             nothing: the series of B broke before the earlier of the two
//! ```

use crate::serving::{
    cache::{documents::Job, kept_data::KeptData},
    error::ServeError,
    select::{held_vintage::HeldVintage, map_subject::MapSubject},
};
use choro_bundle::{CatalogPeriods, Column, Origin};
use choro_carto::style::Flagged;
use choro_model::{Cell, Flag, Flags, Lang, ObsStatus, Period, Selection, words::words};
use std::sync::Arc;

const BREAK: Flag = Flag::Status(ObsStatus::B);

/// What is to be known of the values of a map.
pub(super) struct Known {
    /// The flags of each value, in the order of the areas; of an area without a value none.
    pub flags: Vec<Flags>,
    /// Whose figures the values were made of, each once; none: the source's own.
    pub origins: Vec<Origin>,
}

impl KeptData {
    /// What is to be known of the values of a subject. `column`: its own; `cells`: what is shown.
    pub(super) async fn known_of(
        &self,
        job: &Job,
        subject: &MapSubject,
        column: &Column,
        cells: &[Cell],
    ) -> Result<Known, ServeError> {
        let known = match subject.from {
            None => Known { flags: flags_of(column), origins: column.origin().cloned().into_iter().collect() },
            Some(from) => self.known_of_change(job, subject, from, column).await?,
        };
        let of_cell = |(flags, cell): (Flags, &Cell)| if cell.number().is_some() { flags } else { Flags::NONE };
        Ok(Known { flags: known.flags.into_iter().zip(cells).map(of_cell).collect(), ..known })
    }

    async fn known_of_change(
        &self,
        job: &Job,
        subject: &MapSubject,
        from: Period,
        column: &Column,
    ) -> Result<Known, ServeError> {
        let before = self.column_at(subject, from).await?.ok_or_else(|| no_column(from))?;
        // Where a series breaks at one of the two, it is told below: what counts is whether the way between them leads across.
        let without_break = |flags: Flags| -> Flags { flags.iter().filter(|flag| *flag != BREAK).collect() };
        let both = flags_of(column).into_iter().zip(flags_of(&before));
        let mut flags: Vec<Flags> = both.map(|(after, before)| without_break(after.and(before))).collect();
        let breaks = Breaks::between(subject, from);
        if breaks.on_other_borders {
            flags.iter_mut().for_each(|flags| *flags = flags.and([BREAK].into_iter().collect()));
        }
        for period in breaks.periods {
            job.go_on()?;
            let Some(column) = self.column_at(subject, period).await? else { continue };
            for (row, flags) in flags.iter_mut().enumerate().filter(|(row, _)| column.status(*row) == Some(ObsStatus::B)) {
                *flags = flags.and(Flags::of(column.status(row), None));
            }
        }
        let mut origins: Vec<Origin> = [column, &before].into_iter().filter_map(|column| column.origin().cloned()).collect();
        origins.dedup();
        Ok(Known { flags, origins })
    }

    /// The subject's column of another period; `None` where that was not published.
    async fn column_at(&self, subject: &MapSubject, period: Period) -> Result<Option<Arc<Column>>, ServeError> {
        let selection = Selection { period, ..subject.selection.clone() };
        match self.columns.get(&subject.held.release, subject.held.key(), &selection).await {
            Err(ServeError::NotFound(_)) => Ok(None),
            column => column.map(Some),
        }
    }
}

fn no_column(period: Period) -> ServeError {
    ServeError::Internal(format!("no column of {period}, which the query was found to have"))
}

fn flags_of(column: &Column) -> Vec<Flags> {
    (0..column.rows()).map(|row| column.flags(row)).collect()
}

/// Where the series of a subject breaks between two periods, as the catalogue has it.
struct Breaks {
    /// The periods whose columns say for which areas.
    periods: Vec<Period>,
    /// Whether there is one on other borders, so that nobody can say for which areas.
    on_other_borders: bool,
}

impl Breaks {
    /// The breaks after the earlier of two periods, up to the later one.
    fn between(subject: &MapSubject, from: Period) -> Self {
        let period = subject.selection.period;
        let (first, last) = (from.min(period), from.max(period));
        let held = &subject.held;
        let entries = held.release.indicator(subject.indicator.id.as_str()).map(|entry| entry.boundary_sets.as_slice());
        let (here, others): (Vec<&CatalogPeriods>, Vec<_>) = entries
            .unwrap_or_default()
            .iter()
            .filter(|entry| entry.id == held.set)
            .partition(|entry| entry.vintage == held.vintage);
        let between = |entries: &[&CatalogPeriods]| -> Vec<Period> {
            let breaks = entries.iter().flat_map(|entry| entry.breaks.iter().copied());
            breaks.filter(|period| first < *period && *period <= last).collect()
        };
        let is_here = |period: &Period| here.iter().any(|entry| entry.has(*period));
        let on_other_borders = between(&others).iter().any(|period| !is_here(period));
        Self { periods: between(&here), on_other_borders }
    }
}

/// What is to be known of a column, in sentences; empty where there is nothing.
pub(super) fn known_of_column(held: &HeldVintage, column: &Column, lang: &Lang) -> String {
    let of_cell = |(flags, cell): (Flags, Cell)| if cell.number().is_some() { flags } else { Flags::NONE };
    let flags: Vec<Flags> = flags_of(column).into_iter().zip(column.cells()).map(of_cell).collect();
    let entries = Flagged { flags: &flags, is_change: false, lang }.entries();
    let counts = entries.iter().map(|entry| words(lang).summary_flagged(&entry.label, entry.count));
    let origin = column.origin().map(|origin| origin_in_words(held, origin, lang));
    counts.chain(origin).collect::<Vec<_>>().join(" ")
}

/// Whose figures values were made of, as a sentence.
pub(super) fn origin_in_words(held: &HeldVintage, origin: &Origin, lang: &Lang) -> String {
    let words = words(lang);
    match origin {
        Origin::Restated { vintage, .. } => words.origin_restated(vintage.as_str()),
        Origin::Aggregated { set, vintage } => {
            let name = held.release.set(set.as_str()).map_or(set.as_str(), |entry| entry.name.pick(lang, set.as_str()));
            words.origin_aggregated(name, vintage.as_str())
        }
    }
}
