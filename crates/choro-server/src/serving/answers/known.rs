//! What is to be known of values beside their numbers: flags, breaks between two periods, and whose figures they were made of.
//!
//! ```text
//! 2014 -> 2018, A: 2014 P, 2016 B, 2018 -     from or to provisional figures, and across a break in the series
//!               B: 2014 B, 2018 -             nothing: the series of B broke before the earlier of the two
//! ```

use super::hidden_breaks::{ColumnOfAreas, hidden_breaks};
use crate::serving::{
    cache::{documents::Job, kept_data::KeptData},
    error::ServeError,
    release::open_release::VintageKey,
    select::{held_vintage::HeldVintage, map_subject::MapSubject},
};
use choro_bundle::{CatalogPeriods, Column, Origin};
use choro_carto::style::Flagged;
use choro_model::{Cell, Flag, Flags, Lang, ObsStatus, Period, Selection, words::words};
use std::{collections::BTreeSet, sync::Arc};

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
        let Some(from) = subject.from else {
            let origins = column.origin().cloned().into_iter().collect();
            return Ok(Known { flags: column.flags_of_values().collect(), origins });
        };
        let known = self.known_of_change(job, subject, from, column).await?;
        // A change between two values of which one is not there is none.
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
            let own = (0..column.rows()).filter(|row| column.status(*row) == Some(ObsStatus::B));
            let hidden = self.hidden_breaks(subject, period, &column).await?;
            for row in own.chain(hidden) {
                let Some(flags) = flags.get_mut(row) else { continue };
                *flags = flags.and([BREAK].into_iter().collect());
            }
        }
        let mut origins: Vec<Origin> = [column, &before].into_iter().filter_map(|column| column.origin().cloned()).collect();
        origins.dedup();
        Ok(Known { flags, origins })
    }

    /// The rows of a column of the subject that hide the break of one of their parts.
    async fn hidden_breaks(&self, subject: &MapSubject, period: Period, column: &Column) -> Result<Vec<usize>, ServeError> {
        let held = &subject.held;
        let Some(origin) = column.origin() else { return Ok(Vec::new()) };
        let (set, vintage) = match origin {
            Origin::Restated { vintage, .. } => (&held.set, vintage),
            Origin::Aggregated { set, vintage } => (set, vintage),
        };
        let selection = Selection { period, ..subject.selection.clone() };
        let Some(parts) = self.column_of(held, VintageKey { set, vintage }, &selection).await? else {
            return Ok(Vec::new());
        };
        let below = held.release.vintage(set, vintage.as_str())?.areas();
        let made = ColumnOfAreas { column, areas: held.vintage()?.areas() };
        Ok(hidden_breaks(made, ColumnOfAreas { column: &parts, areas: below }, origin))
    }

    /// The subject's column of another period; `None` where that was not published.
    async fn column_at(&self, subject: &MapSubject, period: Period) -> Result<Option<Arc<Column>>, ServeError> {
        let selection = Selection { period, ..subject.selection.clone() };
        self.column_of(&subject.held, subject.held.key(), &selection).await
    }

    async fn column_of(
        &self,
        held: &HeldVintage,
        borders: VintageKey<'_>,
        selection: &Selection,
    ) -> Result<Option<Arc<Column>>, ServeError> {
        match self.columns.get(&held.release, borders, selection).await {
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
    /// The periods whose columns, or those that they were made of, say for which areas.
    periods: BTreeSet<Period>,
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
        let entries = entries.unwrap_or_default();
        let (here, others): (Vec<&CatalogPeriods>, Vec<_>) =
            entries.iter().filter(|entry| entry.id == held.set).partition(|entry| entry.vintage == held.vintage);
        let is_between = |period: &&Period| first < **period && **period <= last;
        let is_here = |period: &&Period| here.iter().any(|entry| entry.has(**period));
        let mut breaks_of_others = others.iter().flat_map(|entry| &entry.breaks).filter(is_between);
        let on_other_borders = breaks_of_others.any(|period| !is_here(&period));
        let own = here.iter().flat_map(|entry| &entry.breaks);
        let of_parts = here.iter().flat_map(|entry| breaks_of_parts(entries, entry));
        Self { periods: own.chain(of_parts).filter(is_between).copied().collect(), on_other_borders }
    }
}

/// The periods at which figures break of which those of an entry were made.
fn breaks_of_parts<'a>(entries: &'a [CatalogPeriods], entry: &'a CatalogPeriods) -> impl Iterator<Item = &'a Period> {
    entry.restated.iter().chain(&entry.aggregated).flat_map(move |origin| {
        let parts = entries.iter().find(|part| part.id == origin.set && part.vintage == origin.vintage);
        let breaks = parts.map(|part| part.breaks.as_slice()).unwrap_or_default();
        origin.periods.iter().filter(|period| breaks.contains(period))
    })
}

/// What is to be known of a column, in sentences; empty where there is nothing.
pub(super) fn known_of_column(held: &HeldVintage, column: &Column, lang: &Lang) -> String {
    let flags: Vec<Flags> = column.flags_of_values().collect();
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
