//! Of which areas each area is made.

use super::path::Direction;
use choro_model::Correspondence;
use rustc_hash::FxHashMap;
use std::borrow::Borrow;

/// For each area after a change of borders, the areas before it that it is made of, each with the part that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    targets: Vec<Vec<Contribution>>,
}

/// What one area gives to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Contribution {
    /// The row of the area that gives.
    pub row: usize,
    /// The part of it that is given, above 0 and at most 1; `None`: not known.
    pub share: Option<f64>,
}

impl Contribution {
    /// Whether the whole area is given.
    pub fn is_whole(self) -> bool {
        self.share.is_some_and(|share| share >= 1.0)
    }
}

impl Plan {
    /// The plan of a correspondence. `sources` and `targets` are the codes of the vintages in the order of their tables.
    #[must_use]
    pub fn of<C: Borrow<str>>(correspondence: &Correspondence, direction: Direction, sources: &[C], targets: &[C]) -> Self {
        let links = correspondence.links().iter().map(|link| match direction {
            Direction::Forward => (link.from.as_str(), link.to.as_str(), link.weight),
            Direction::Back => (link.to.as_str(), link.from.as_str(), link.back),
        });
        Self::new(links, sources, targets)
    }

    /// The plan that sums areas to those above them: `parents` has for each area the code of the one above.
    #[must_use]
    pub fn of_parents<C: Borrow<str>>(parents: &[Option<C>], targets: &[C]) -> Self {
        let mut plan = Self { targets: vec![Vec::new(); targets.len()] };
        let rows = rows(targets);
        for (row, parent) in parents.iter().enumerate() {
            let above = parent.as_ref().and_then(|code| rows.get(code.borrow()).copied());
            above.into_iter().for_each(|target| plan.add(target, Contribution { row, share: Some(1.0) }));
        }
        plan
    }

    fn new<'a, C: Borrow<str>>(
        links: impl Iterator<Item = (&'a str, &'a str, Option<f64>)>,
        sources: &[C],
        targets: &[C],
    ) -> Self {
        let mut plan = Self { targets: vec![Vec::new(); targets.len()] };
        let (from, to) = (rows(sources), rows(targets));
        for (source, target, share) in links {
            // A part of nothing adds nothing, whatever the value of the whole.
            if share == Some(0.0) {
                continue;
            }
            let (Some(&row), Some(&target)) = (from.get(source), to.get(target)) else { continue };
            plan.add(target, Contribution { row, share });
        }
        plan
    }

    fn add(&mut self, target: usize, contribution: Contribution) {
        self.targets.get_mut(target).into_iter().for_each(|made_of| made_of.push(contribution));
    }

    /// What each area is made of, in the order of the target's table.
    pub(super) fn targets(&self) -> impl Iterator<Item = &[Contribution]> {
        self.targets.iter().map(Vec::as_slice)
    }
}

fn rows<C: Borrow<str>>(codes: &[C]) -> FxHashMap<&str, usize> {
    codes.iter().zip(0..).map(|(code, row)| (code.borrow(), row)).collect()
}
