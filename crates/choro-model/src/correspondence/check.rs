//! From rows to a correspondence: unchanged areas, coverage, sums of weights, and what happened.

use super::{
    fault::Fault,
    links::{Change, Correspondence, Link, Vintages},
};
use crate::{decimal::Decimal, id::AreaCode};
use std::collections::{BTreeMap, BTreeSet};

/// How far the weights of an area may be from 1 together.
const TOLERANCE: f64 = 1e-9;

/// A row whose codes are known and whose weights are numbers from 0 to 1.
#[derive(Debug, Clone)]
pub(super) struct LinkRow {
    /// Its place in the file; 0: an unchanged area that stands in no row.
    pub number: usize,
    pub from: Option<AreaCode>,
    pub to: Option<AreaCode>,
    pub weight: Option<f64>,
    pub back: Option<f64>,
    pub change: Option<Change>,
}

/// The correspondence of the rows, or all that is wrong with them together.
pub(super) fn check(rows: Vec<LinkRow>, vintages: Vintages<'_>) -> Result<Correspondence, Vec<Fault>> {
    let mut faults = Vec::new();
    let (mut pairs, mut gone, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match (row.from.clone(), row.to.clone()) {
            (Some(from), Some(to)) => pairs.push(Pair { row: row.number, from, to, own: row }),
            (Some(from), None) => gone.push((row.number, from)),
            (None, Some(to)) => new.push((row.number, to)),
            (None, None) => {}
        }
    }
    lone(&gone, pairs.iter().map(|pair| &pair.from), "from", &mut faults);
    lone(&new, pairs.iter().map(|pair| &pair.to), "to", &mut faults);
    add_unchanged(&mut pairs, &gone, &new, vintages);
    pairs.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    twice(&pairs, &mut faults);
    let covered = pairs.iter().map(|pair| &pair.from).chain(gone.iter().map(|(_, code)| code));
    uncovered(covered, vintages.from_codes, "from", vintages, &mut faults);
    let covered = pairs.iter().map(|pair| &pair.to).chain(new.iter().map(|(_, code)| code));
    uncovered(covered, vintages.to_codes, "to", vintages, &mut faults);
    let weights = parts(&pairs, "weight", |pair| (&pair.from, pair.own.weight), &mut faults);
    let backs = parts(&pairs, "back", |pair| (&pair.to, pair.own.back), &mut faults);
    let changes = changes(&pairs, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let links = pairs.into_iter().zip(weights).zip(backs).zip(changes);
    let link =
        |(((pair, weight), back), change): (((Pair, _), _), _)| Link { from: pair.from, to: pair.to, weight, back, change };
    let codes = |mut list: Vec<(usize, AreaCode)>| {
        list.sort();
        list.into_iter().map(|(_, code)| code).collect::<Vec<_>>()
    };
    Ok(Correspondence {
        set: vintages.set.clone(),
        from: vintages.from.clone(),
        to: vintages.to.clone(),
        links: links.map(link).collect(),
        gone: codes(gone),
        new: codes(new),
    })
}

/// Two areas that share something.
struct Pair {
    row: usize,
    from: AreaCode,
    to: AreaCode,
    own: LinkRow,
}

/// An area without a partner stands in one row.
fn lone<'a>(
    alone: &[(usize, AreaCode)],
    paired: impl Iterator<Item = &'a AreaCode>,
    field: &'static str,
    faults: &mut Vec<Fault>,
) {
    let mut seen: BTreeSet<&AreaCode> = paired.collect();
    for (row, code) in alone.iter().filter(|(_, code)| !seen.insert(code)) {
        let reason = format!("area {code} has no partner here and stands in another row");
        faults.push(Fault { row: *row, field, reason, remedy: "remove one of the rows".to_owned() });
    }
}

/// A code that stands in both vintages and in no row is unchanged.
fn add_unchanged(pairs: &mut Vec<Pair>, gone: &[(usize, AreaCode)], new: &[(usize, AreaCode)], vintages: Vintages<'_>) {
    let named: BTreeSet<AreaCode> = pairs
        .iter()
        .flat_map(|pair| [&pair.from, &pair.to])
        .chain(gone.iter().chain(new).map(|(_, code)| code))
        .cloned()
        .collect();
    let unchanged = vintages.from_codes.intersection(vintages.to_codes).filter(|code| !named.contains(*code));
    let row = LinkRow { number: 0, from: None, to: None, weight: None, back: None, change: None };
    pairs.extend(unchanged.map(|code| Pair { row: 0, from: code.clone(), to: code.clone(), own: row.clone() }));
}

fn twice(pairs: &[Pair], faults: &mut Vec<Fault>) {
    for pair in pairs.windows(2) {
        let [a, b] = pair else { continue };
        if (&a.from, &a.to) == (&b.from, &b.to) {
            let reason = format!("{} to {} stands there twice, also in row {}", b.from, b.to, a.row);
            faults.push(Fault { row: b.row, field: "from", reason, remedy: "remove one of the rows".to_owned() });
        }
    }
}

fn uncovered<'a>(
    covered: impl Iterator<Item = &'a AreaCode>,
    codes: &BTreeSet<AreaCode>,
    field: &'static str,
    vintages: Vintages<'_>,
    faults: &mut Vec<Fault>,
) {
    let covered: BTreeSet<_> = covered.collect();
    for code in codes.iter().filter(|code| !covered.contains(code)) {
        let (vintage, other, alone) = match field {
            "from" => (vintages.from, "became", format!("{code},")),
            _ => (vintages.to, "was made of", format!(",{code}")),
        };
        let reason = format!("area {code} of vintage {vintage} stands in no row");
        let remedy = format!("add what it {other}, or a row {alone} where there is nothing");
        faults.push(Fault { row: 0, field, reason, remedy });
    }
}

/// The parts of each area: 1 where it has one partner, else as given, all of them or none.
fn parts<'a>(
    pairs: &'a [Pair],
    field: &'static str,
    of: impl Fn(&'a Pair) -> (&'a AreaCode, Option<f64>),
    faults: &mut Vec<Fault>,
) -> Vec<Option<f64>> {
    let mut by_area: BTreeMap<&AreaCode, Vec<(usize, Option<f64>)>> = BTreeMap::new();
    for pair in pairs {
        let (code, part) = of(pair);
        by_area.entry(code).or_default().push((pair.row, part));
    }
    for (code, parts) in &by_area {
        let given: Vec<f64> = parts.iter().filter_map(|(_, part)| *part).collect();
        let row = parts.iter().map(|(row, _)| *row).max().unwrap_or_default();
        let sum = given.iter().copied().filter_map(Decimal::of).sum::<Decimal>().to_f64();
        let fault = |reason, remedy: &str| Fault { row, field, reason, remedy: remedy.to_owned() };
        if !given.is_empty() && parts.len() > 1 && given.len() < parts.len() {
            let reason =
                format!("area {code} has {} parts and {} of them no {field}", parts.len(), parts.len() - given.len());
            faults.push(fault(reason, "give all of them, or none where they are not known"));
        } else if !given.is_empty() && (sum - 1.0).abs() > TOLERANCE {
            faults
                .push(fault(format!("the parts of area {code} add up to {sum}, expected 1"), "correct them, to all digits"));
        }
    }
    let one = |code| by_area.get(code).is_some_and(|parts| parts.len() == 1);
    pairs.iter().map(&of).map(|(code, part)| if one(code) { Some(1.0) } else { part }).collect()
}

/// What happened, by the shape of all that is linked together; a kind that is given must say the same.
fn changes(pairs: &[Pair], faults: &mut Vec<Fault>) -> Vec<Change> {
    let groups = groups(pairs);
    let mut sides: BTreeMap<usize, (BTreeSet<&AreaCode>, BTreeSet<&AreaCode>)> = BTreeMap::new();
    for (pair, group) in pairs.iter().zip(&groups) {
        let (from, to) = sides.entry(*group).or_default();
        from.insert(&pair.from);
        to.insert(&pair.to);
    }
    let mut all = Vec::with_capacity(pairs.len());
    for (pair, group) in pairs.iter().zip(&groups) {
        let (from, to) = sides.get(group).map_or((1, 1), |(from, to)| (from.len(), to.len()));
        let change = match (from, to) {
            (1, 1) if pair.from == pair.to => Change::Same,
            (1, 1) => Change::Rename,
            (_, 1) => Change::Merge,
            (1, _) => Change::Split,
            _ => Change::Transfer,
        };
        if let Some(given) = pair.own.change.filter(|given| *given != change) {
            let reason = format!("the row says {given}, but the rows link {from} areas with {to}: {change}");
            let remedy = "correct or leave out the kind, or add the missing rows".to_owned();
            faults.push(Fault { row: pair.row, field: "kind", reason, remedy });
        }
        all.push(change);
    }
    all
}

/// For each pair the number of the group that is linked with it.
fn groups(pairs: &[Pair]) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..pairs.len()).collect();
    let (mut of_from, mut of_to) = (BTreeMap::new(), BTreeMap::new());
    for (index, pair) in pairs.iter().enumerate() {
        let first = *of_from.entry(&pair.from).or_insert(index);
        join(&mut heads, first, index);
        let first = *of_to.entry(&pair.to).or_insert(index);
        join(&mut heads, first, index);
    }
    (0..pairs.len()).map(|index| head(&mut heads, index)).collect()
}

fn join(heads: &mut [usize], a: usize, b: usize) {
    let (a, b) = (head(heads, a), head(heads, b));
    if let Some(slot) = heads.get_mut(a.max(b)) {
        *slot = a.min(b);
    }
}

/// The first member of a group; the way there is halved for the next time.
fn head(heads: &mut [usize], mut index: usize) -> usize {
    while let Some(&above) = heads.get(index).filter(|above| **above != index) {
        let top = heads.get(above).copied().unwrap_or(above);
        if let Some(slot) = heads.get_mut(index) {
            *slot = top;
        }
        index = top;
    }
    index
}
