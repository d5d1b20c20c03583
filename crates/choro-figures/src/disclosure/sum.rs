//! What an equation of two sums tells of withheld cells.
//!
//! ```text
//! _T = 120, F withheld, M = 117                    F is _T less M: told
//! _T = 120, F withheld, M withheld                 only F + M is known
//! _T = 120, F withheld, M missing                  nothing is known
//! _T = 117, F and M withheld, U = 117              of persons nobody is left for F and M: told
//! region R = A + B, B withheld, R and A public     B is R less A: told
//! ```
//!
//! A sum stands over the codes of a dimension, by their parents, and over areas, by theirs. Only counts are sums of codes, and
//! only what is declared additive is a sum of areas: a share or a rate of the whole is neither. A cell that cannot occur adds
//! nothing. A year is not taken for the sum of its months, since the model does not say which indicators flow. Where no sum tells
//! a cell by itself, going from sum to sum tells none either; several sums solved together may, which is left to disclosure control.

use choro_model::{Cell, Indicator, State};

/// Counts of this relative difference are equal: they were added in another order.
const EQUAL: f64 = 1e-9;
/// How many parts of a sum are named.
const PARTS: usize = 12;

/// One side of an equation: the numbers, and what hides among them.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sum {
    known: f64,
    withheld: usize,
    missing: bool,
}

impl Sum {
    pub(super) fn add(&mut self, cell: Cell) {
        match cell {
            Cell::Value(number) => self.known += number,
            Cell::State(State::Secrecy) => self.withheld += 1,
            Cell::State(State::Missing) => self.missing = true,
            Cell::State(State::Invalid) => {}
        }
    }

    fn is_known(self) -> bool {
        self.withheld == 0 && !self.missing
    }
}

impl FromIterator<Cell> for Sum {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        let mut sum = Self::default();
        cells.into_iter().for_each(|cell| sum.add(cell));
        sum
    }
}

/// Whether the equation of two sides tells a withheld cell of an indicator.
pub(super) fn tells(left: Sum, right: Sum, indicator: &Indicator) -> bool {
    let one = left.withheld + right.withheld == 1 && !left.missing && !right.missing;
    let withheld = left.withheld + right.withheld > 0;
    let equal = (left.known - right.known).abs() <= EQUAL * left.known.abs().max(1.0);
    // Where no count is negative, what is left for several cells is nothing for each.
    let no_negatives = indicator.persons && !indicator.diverging;
    one || no_negatives && withheld && (left.is_known() || right.is_known()) && equal
}

/// `A + B + C`, cut after some parts.
pub(super) fn joined(mut parts: impl Iterator<Item = String>) -> String {
    let mut named: Vec<String> = parts.by_ref().take(PARTS).collect();
    named.extend(parts.next().map(|_| "...".to_owned()));
    named.join(" + ")
}
