//! One step of restating.

use super::{Draft, Gap, Plan, plan::Source};
use choro_model::{Cell, ObsStatus, State};

/// How the figures of several areas become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule<'a> {
    /// They are added; of a part of an area the same part is taken, as an estimate.
    Sum,
    /// Not at all: only what one whole area became is carried over.
    Carry,
    /// As the mean weighted by another column of the same areas, as an estimate; never of parts of areas.
    Mean(&'a Draft),
}

/// The values of `draft` on the areas of the plan's target.
///
/// A value that is made of one that is withheld is withheld, a value that is made of one that is missing is missing. What is
/// made of cells that cannot occur cannot occur; beside others such a cell makes the whole missing, since it is not known
/// whether it counts as nothing.
#[must_use]
pub fn restate(plan: &Plan, draft: &Draft, rule: Rule<'_>) -> Draft {
    let mut out = Draft::default();
    for sources in plan.targets() {
        let (cell, status, gap) = target(sources, draft, rule);
        out.push(cell, status, gap);
    }
    out
}

type Outcome = (Cell, Option<ObsStatus>, Option<Gap>);

fn target(sources: &[Source], draft: &Draft, rule: Rule<'_>) -> Outcome {
    if let [one] = sources
        && one.is_whole()
    {
        return (draft.cell(one.row), draft.status(one.row), draft.gap(one.row));
    }
    let inherited = sources.iter().find_map(|source| draft.gap(source.row));
    if let Some(gap) = inherited.or_else(|| gap(sources, rule)) {
        let state = if holds(sources, draft, State::Secrecy) { State::Secrecy } else { State::Missing };
        return (Cell::State(state), None, Some(gap));
    }
    if let Some(state) = absence(sources, draft) {
        return (Cell::State(state), None, None);
    }
    let (number, estimated) = match rule {
        Rule::Mean(weights) => (mean(sources, draft, weights), true),
        Rule::Sum | Rule::Carry => (Ok(sum(sources, draft)), !sources.iter().all(|source| source.is_whole())),
    };
    let cell = number.map_or_else(Cell::State, |n| Cell::value(n).unwrap_or(Cell::State(State::Missing)));
    let flag = if estimated { Some(ObsStatus::E) } else { worst(sources.iter().map(|source| draft.status(source.row))) };
    (cell, flag.filter(|_| cell.number().is_some()), None)
}

/// What stands in the way of a value whatever the values are.
fn gap(sources: &[Source], rule: Rule<'_>) -> Option<Gap> {
    let whole = sources.iter().all(|source| source.is_whole());
    if sources.is_empty() {
        return Some(Gap::NoSource);
    }
    match rule {
        Rule::Sum => sources.iter().any(|source| source.share.is_none()).then_some(Gap::NoWeights),
        Rule::Carry if whole => Some(Gap::NotAdditive),
        Rule::Carry | Rule::Mean(_) => (!whole).then_some(Gap::NotDivisible),
    }
}

fn holds(sources: &[Source], draft: &Draft, state: State) -> bool {
    sources.iter().any(|source| draft.cell(source.row) == Cell::State(state))
}

/// The state of what is made of these cells; `None`: all of them are values.
fn absence(sources: &[Source], draft: &Draft) -> Option<State> {
    let mut cells = sources.iter().map(|source| draft.cell(source.row));
    if cells.clone().all(|cell| cell.number().is_some()) {
        return None;
    }
    let invalid = cells.all(|cell| cell == Cell::State(State::Invalid));
    Some(match () {
        () if holds(sources, draft, State::Secrecy) => State::Secrecy,
        () if invalid => State::Invalid,
        () => State::Missing,
    })
}

fn sum(sources: &[Source], draft: &Draft) -> f64 {
    let part = |source: &Source| Some(draft.cell(source.row).number()? * source.share?);
    sources.iter().filter_map(part).sum()
}

/// The weighted mean, or the state of a mean whose weights are withheld, absent or no weights.
fn mean(sources: &[Source], draft: &Draft, weights: &Draft) -> Result<f64, State> {
    if let Some(state) = absence(sources, weights) {
        return Err(if state == State::Secrecy { state } else { State::Missing });
    }
    let (mut total, mut product) = (0.0, 0.0);
    for source in sources {
        let (Some(weight), Some(value)) = (weights.cell(source.row).number(), draft.cell(source.row).number()) else {
            return Err(State::Missing);
        };
        if weight < 0.0 {
            return Err(State::Missing);
        }
        total += weight;
        product += weight * value;
    }
    if total > 0.0 { Ok(product / total) } else { Err(State::Missing) }
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
