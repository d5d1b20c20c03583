//! One step of restating.

use super::{
    column::{DraftColumn, DraftRow},
    gap::Gap,
    plan::{Contribution, Plan},
};
use choro_model::{Cell, Decimal, Figure, ObsStatus, State};

/// How the figures of several areas become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule<'a> {
    /// They are added; of a part of an area the same part is taken, as an estimate.
    Sum,
    /// Not at all: only what one whole area became is carried over.
    Carry,
    /// As the mean weighted by another column of the same areas, as an estimate; never of parts of areas.
    Mean(&'a DraftColumn),
}

/// The values of `column` on the areas of the plan's target.
///
/// A value that is made of one that is withheld is withheld, a value that is made of one that is missing is missing. What is
/// made of cells that cannot occur cannot occur; beside others such a cell makes the whole missing, since it is not known
/// whether it counts as nothing. Sums, parts and means are reckoned in decimals ([`Decimal`]): 0.7 and 0.1 make 0.8.
#[must_use]
pub fn restate(plan: &Plan, column: &DraftColumn, rule: Rule<'_>) -> DraftColumn {
    plan.targets().map(|made_of| target(made_of, column, rule)).collect()
}

/// The row of one area.
fn target(made_of: &[Contribution], column: &DraftColumn, rule: Rule<'_>) -> DraftRow {
    if let [one] = made_of
        && one.is_whole()
    {
        return column.row(one.row);
    }
    let inherited = made_of.iter().find_map(|part| column.row(part.row).gap);
    if let Some(gap) = inherited.or_else(|| gap(made_of, rule)) {
        let state = if holds(made_of, column, State::Secrecy) { State::Secrecy } else { State::Missing };
        return DraftRow { gap: Some(gap), ..without_value(state) };
    }
    if let Some(state) = absence(made_of, column) {
        return without_value(state);
    }
    let (number, estimated) = match rule {
        Rule::Mean(weights) => (mean(made_of, column, weights), true),
        Rule::Sum | Rule::Carry => (Ok(sum(made_of, column)), !made_of.iter().all(|part| part.is_whole())),
    };
    match number.map(Cell::value) {
        Ok(Some(cell)) => {
            let inherited = || worst(made_of.iter().map(|part| column.row(part.row).figure.status));
            let status = if estimated { Some(ObsStatus::E) } else { inherited() };
            DraftRow { figure: Figure { cell, status }, gap: None }
        }
        Ok(None) => without_value(State::Missing),
        Err(state) => without_value(state),
    }
}

fn without_value(state: State) -> DraftRow {
    DraftRow { figure: Figure { cell: Cell::State(state), status: None }, gap: None }
}

/// What stands in the way of a value whatever the values are.
fn gap(made_of: &[Contribution], rule: Rule<'_>) -> Option<Gap> {
    let whole = made_of.iter().all(|part| part.is_whole());
    if made_of.is_empty() {
        return Some(Gap::NoSource);
    }
    match rule {
        Rule::Sum => made_of.iter().any(|part| part.share.is_none()).then_some(Gap::NoWeights),
        Rule::Carry if whole => Some(Gap::NotAdditive),
        Rule::Carry | Rule::Mean(_) => (!whole).then_some(Gap::NotDivisible),
    }
}

fn holds(made_of: &[Contribution], column: &DraftColumn, state: State) -> bool {
    made_of.iter().any(|part| column.cell(part.row) == Cell::State(state))
}

/// The state of what is made of these cells; `None`: all of them are values.
fn absence(made_of: &[Contribution], column: &DraftColumn) -> Option<State> {
    let mut cells = made_of.iter().map(|part| column.cell(part.row));
    if cells.clone().all(|cell| cell.number().is_some()) {
        return None;
    }
    let invalid = cells.all(|cell| cell == Cell::State(State::Invalid));
    Some(match () {
        () if holds(made_of, column, State::Secrecy) => State::Secrecy,
        () if invalid => State::Invalid,
        () => State::Missing,
    })
}

/// The sum of the parts, in decimals: rounded once, however many parts there are.
fn sum(made_of: &[Contribution], column: &DraftColumn) -> f64 {
    let part = |part: &Contribution| {
        let whole = Decimal::of(column.cell(part.row).number()?)?;
        if part.is_whole() { Some(whole) } else { Some(whole * Decimal::of(part.share?)?) }
    };
    made_of.iter().filter_map(part).sum::<Decimal>().to_f64()
}

/// The weighted mean, in decimals, or the state of a mean whose weights are withheld, absent or no weights.
fn mean(made_of: &[Contribution], column: &DraftColumn, weights: &DraftColumn) -> Result<f64, State> {
    if let Some(state) = absence(made_of, weights) {
        return Err(if state == State::Secrecy { state } else { State::Missing });
    }
    let number = |column: &DraftColumn, row| column.cell(row).number().ok_or(State::Missing);
    let decimal = |number| Decimal::of(number).ok_or(State::Missing);
    let (mut total, mut product) = (Decimal::default(), Decimal::default());
    for part in made_of {
        let (weight, value) = (number(weights, part.row)?, number(column, part.row)?);
        if weight < 0.0 {
            return Err(State::Missing);
        }
        total = total + decimal(weight)?;
        product = product + decimal(weight)? * decimal(value)?;
    }
    product.divided_by(&total).map(|mean| mean.to_f64()).ok_or(State::Missing)
}

/// The flag of what is made of several: the one that warns most (estimated, then provisional, then break).
fn worst(statuses: impl Iterator<Item = Option<ObsStatus>>) -> Option<ObsStatus> {
    let rank = |status: &ObsStatus| match status {
        ObsStatus::B => 0,
        ObsStatus::P => 1,
        ObsStatus::E => 2,
    };
    statuses.flatten().max_by_key(rank)
}
