//! Which withheld cells one sum tells.
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

use super::{Column, Refusal};
use choro_model::{Cell, Code, Dimension, Indicator, Kind, Period, State};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// How many parts of a sum are named.
const PARTS: usize = 12;
/// Counts of this relative difference are equal: they were added in another order.
const EQUAL: f64 = 1e-9;

/// One side of an equation: the numbers, and what hides among them.
#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    known: f64,
    withheld: usize,
    missing: bool,
}

impl Sum {
    fn add(&mut self, cell: Cell) {
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

/// Whether the equation of two sides tells a withheld cell. `no_negatives`: what is left for several cells is nothing for each.
fn tells(left: Sum, right: Sum, no_negatives: bool) -> bool {
    let one = left.withheld + right.withheld == 1 && !left.missing && !right.missing;
    let withheld = left.withheld + right.withheld > 0;
    let equal = (left.known - right.known).abs() <= EQUAL * left.known.abs().max(1.0);
    one || no_negatives && withheld && (left.is_known() || right.is_known()) && equal
}

fn has_no_negatives(indicator: &Indicator) -> bool {
    indicator.persons && !indicator.diverging
}

fn withholds(cells: &[Cell]) -> bool {
    cells.contains(&Cell::State(State::Secrecy))
}

/// The cells of a table that the sums over its dimensions tell, each as `area codes by whole = part + part`.
pub(super) fn in_table<'a>(
    indicator: &Indicator,
    columns: &[Column<'_>],
    area: impl Fn(usize) -> &'a str + Copy,
) -> Vec<String> {
    if indicator.kind != Kind::Count || !columns.iter().any(|column| withholds(column.cells)) {
        return Vec::new();
    }
    let table = Table { columns: columns.iter().map(|column| (column.codes, column.cells)).collect() };
    let mut told = Vec::new();
    for (place, dimension) in indicator.dimensions.iter().enumerate() {
        let parts = parts(dimension);
        for whole in columns {
            let Some(below) = whole.codes.get(place).and_then(|code| parts.get(code)) else { continue };
            let nodes: Vec<Node<'_>> = below.iter().map(|code| table.node(whole.codes, place, code, &parts)).collect();
            told.extend(of_sum(whole, &nodes, has_no_negatives(indicator), area));
        }
    }
    told
}

/// The codes that each code is the sum of. Codes without a parent are parts of the total, as long as that has none.
fn parts(dimension: &Dimension) -> FxHashMap<&Code, Vec<&Code>> {
    let items = &dimension.code_list.items;
    let total_is_root = items.iter().any(|item| item.code == dimension.total && item.parent.is_none());
    let mut parts: FxHashMap<&Code, Vec<&Code>> = FxHashMap::default();
    for item in items {
        let root = (total_is_root && item.code != dimension.total).then_some(&dimension.total);
        item.parent.as_ref().or(root).into_iter().for_each(|parent| parts.entry(parent).or_default().push(&item.code));
    }
    parts
}

/// A part of a sum: its column, if it has one, and what it is itself the sum of.
struct Node<'a> {
    codes: Vec<Code>,
    cells: Option<&'a [Cell]>,
    parts: Vec<Self>,
}

struct Table<'a> {
    columns: FxHashMap<&'a [Code], &'a [Cell]>,
}

impl<'a> Table<'a> {
    fn node(&self, whole: &[Code], place: usize, code: &Code, parts: &FxHashMap<&Code, Vec<&Code>>) -> Node<'a> {
        let of_place = |(at, other): (usize, &Code)| if at == place { code.clone() } else { other.clone() };
        let codes: Vec<Code> = whole.iter().enumerate().map(of_place).collect();
        let below = parts.get(code).into_iter().flatten();
        let parts = below.map(|part| self.node(whole, place, part, parts)).collect();
        Node { cells: self.columns.get(codes.as_slice()).copied(), codes, parts }
    }
}

impl Node<'_> {
    /// Adds the cells of a row that the part consists of: its own, or those of its parts where it has none.
    fn gather<'n>(&'n self, row: usize, into: &mut Vec<(&'n [Code], Cell)>) {
        match self.cells.and_then(|cells| cells.get(row)) {
            Some(cell) if *cell != Cell::State(State::Missing) || self.parts.is_empty() => into.push((&self.codes, *cell)),
            // A code that the table does not have at all was not counted.
            _ => self.parts.iter().for_each(|part| part.gather(row, into)),
        }
    }
}

fn of_sum<'a>(
    whole: &Column<'_>,
    parts: &[Node<'_>],
    no_negatives: bool,
    area: impl Fn(usize) -> &'a str + Copy,
) -> Vec<String> {
    let mut told = Vec::new();
    let mut terms = Vec::new();
    for (row, cell) in whole.cells.iter().enumerate() {
        terms.clear();
        parts.iter().for_each(|part| part.gather(row, &mut terms));
        let (mut left, mut right) = (Sum::default(), Sum::default());
        left.add(*cell);
        terms.iter().for_each(|(_, cell)| right.add(*cell));
        if !terms.is_empty() && tells(left, right, no_negatives) {
            let all = std::iter::once((whole.codes, *cell)).chain(terms.iter().copied());
            let hidden: BTreeSet<String> =
                all.filter(|(_, cell)| withholds(&[*cell])).map(|(codes, _)| text(codes)).collect();
            let hidden = hidden.into_iter().collect::<Vec<_>>().join(", ");
            let parts = joined(terms.iter().map(|(codes, _)| text(codes)));
            told.push(format!("{} {hidden} by {} = {parts}", area(row), text(whole.codes)));
        }
    }
    told
}

fn text(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join("/")
}

/// `A + B + C`, cut after some parts.
fn joined(mut parts: impl Iterator<Item = String>) -> String {
    let mut named: Vec<String> = parts.by_ref().take(PARTS).collect();
    named.extend(parts.next().map(|_| "...".to_owned()));
    named.join(" + ")
}

/// The figures of one source, seen from areas above: `up` has for each row the row above that it belongs to.
#[derive(Debug)]
pub struct Side<'a> {
    /// What the figures are called in a refusal, e.g. `areas 2013`.
    pub name: String,
    /// The code of an area.
    pub areas: Vec<&'a str>,
    /// The columns.
    pub columns: Vec<Column<'a>>,
    /// For each area the row above.
    pub up: Vec<Option<usize>>,
}

impl<'a> Side<'a> {
    /// For each row above the rows below it.
    fn below(&self, rows: usize) -> Vec<Vec<usize>> {
        let mut below = vec![Vec::new(); rows];
        for (row, above) in self.up.iter().enumerate() {
            above.and_then(|above| below.get_mut(above)).into_iter().for_each(|rows| rows.push(row));
        }
        below
    }

    fn hidden(&self, cells: &[Cell], rows: &[usize]) -> impl Iterator<Item = &'a str> {
        let hidden = |row: &&usize| cells.get(**row) == Some(&Cell::State(State::Secrecy));
        rows.iter().filter(hidden).filter_map(|row| self.areas.get(*row).copied())
    }

    fn text(&self, rows: &[usize]) -> String {
        let names = rows.iter().filter_map(|row| self.areas.get(*row)).map(|code| (*code).to_owned());
        format!("{} {}", self.name, joined(names))
    }
}

/// Refuses figures of two sources whose sums by the areas above, `rows` of them, are the same and tell a withheld cell.
pub fn levels(indicator: &Indicator, period: Period, rows: usize, sides: [&Side<'_>; 2]) -> Result<(), Refusal> {
    let [left, right] = sides;
    let (left_rows, right_rows) = (left.below(rows), right.below(rows));
    let mut told = Vec::new();
    for a in &left.columns {
        let Some(b) = right.columns.iter().find(|b| b.codes == a.codes) else { continue };
        for (of_left, of_right) in left_rows.iter().zip(&right_rows) {
            let nothing = of_left.is_empty() || of_right.is_empty();
            let sums = (sum(a.cells, of_left), sum(b.cells, of_right));
            if !nothing && tells(sums.0, sums.1, has_no_negatives(indicator)) {
                let hidden: Vec<_> = left.hidden(a.cells, of_left).chain(right.hidden(b.cells, of_right)).collect();
                let codes = if a.codes.is_empty() { String::new() } else { format!(" {}", text(a.codes)) };
                told.push(format!("{}{codes} by {} = {}", hidden.join(", "), left.text(of_left), right.text(of_right)));
            }
        }
    }
    if told.is_empty() { Ok(()) } else { Err(Refusal::told(indicator, period, &told)) }
}

fn sum(cells: &[Cell], rows: &[usize]) -> Sum {
    let mut sum = Sum::default();
    rows.iter().filter_map(|row| cells.get(*row)).for_each(|cell| sum.add(*cell));
    sum
}
