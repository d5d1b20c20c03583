//! Which withheld cells of a table its own sums over the codes of a dimension tell.

use super::{
    sum::{Sum, joined, tells},
    unprotected::{UnprotectedColumn, UnprotectedTable, is_withheld},
};
use choro_model::{Cell, Code, Dimension, Kind, State};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The cells that the sums of a table tell, each as `area codes by whole = part + part`.
pub(super) fn told(table: &UnprotectedTable<'_>) -> Vec<String> {
    if table.indicator.kind != Kind::Count || !table.columns.iter().any(UnprotectedColumn::withholds) {
        return Vec::new();
    }
    let columns = Columns { by_codes: table.columns.iter().map(|column| (column.codes.as_slice(), column)).collect() };
    let mut told = Vec::new();
    for (place, dimension) in table.indicator.dimensions.iter().enumerate() {
        let parts = parts(dimension);
        for whole in &table.columns {
            let Some(below) = whole.codes.get(place).and_then(|code| parts.get(code)) else { continue };
            let parts: Vec<Part<'_>> = below.iter().map(|code| columns.part(&whole.codes, place, code, &parts)).collect();
            told.extend(told_by(table, whole, &parts));
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

/// A part of a sum: its column, if the table has one, and what it is itself the sum of.
struct Part<'a> {
    codes: Vec<Code>,
    column: Option<&'a UnprotectedColumn>,
    parts: Vec<Self>,
}

/// The columns of a table.
struct Columns<'a> {
    by_codes: FxHashMap<&'a [Code], &'a UnprotectedColumn>,
}

impl<'a> Columns<'a> {
    /// The part that differs from the whole by one code, at one place among the dimensions.
    fn part(&self, whole: &[Code], place: usize, code: &Code, parts: &FxHashMap<&Code, Vec<&Code>>) -> Part<'a> {
        let of_place = |(at, other): (usize, &Code)| if at == place { code.clone() } else { other.clone() };
        let codes: Vec<Code> = whole.iter().enumerate().map(of_place).collect();
        let below = parts.get(code).into_iter().flatten();
        let parts = below.map(|part| self.part(whole, place, part, parts)).collect();
        Part { column: self.by_codes.get(codes.as_slice()).copied(), codes, parts }
    }
}

impl Part<'_> {
    /// Adds the cells of a row that the part consists of: its own, or those of its parts where it has none.
    fn gather<'n>(&'n self, row: usize, into: &mut Vec<(&'n [Code], Cell)>) {
        match self.column.and_then(|column| column.cell(row)) {
            Some(cell) if cell != Cell::State(State::Missing) || self.parts.is_empty() => into.push((&self.codes, cell)),
            // A code that the table does not have at all was not counted.
            _ => self.parts.iter().for_each(|part| part.gather(row, into)),
        }
    }
}

/// What the sums of one column tell, area by area.
fn told_by(table: &UnprotectedTable<'_>, whole: &UnprotectedColumn, parts: &[Part<'_>]) -> Vec<String> {
    let mut told = Vec::new();
    let mut terms = Vec::new();
    for (row, figure) in whole.figures.iter().enumerate() {
        terms.clear();
        parts.iter().for_each(|part| part.gather(row, &mut terms));
        let (left, right) = (Sum::from_iter([figure.cell]), terms.iter().map(|(_, cell)| *cell).collect());
        if !terms.is_empty() && tells(left, right, table.indicator) {
            let all = std::iter::once((whole.codes.as_slice(), figure.cell)).chain(terms.iter().copied());
            let hidden: BTreeSet<String> =
                all.filter(|(_, cell)| is_withheld(*cell)).map(|(codes, _)| text(codes)).collect();
            let hidden = hidden.into_iter().collect::<Vec<_>>().join(", ");
            let parts = joined(terms.iter().map(|(codes, _)| text(codes)));
            told.push(format!("{} {hidden} by {} = {parts}", table.area(row), text(&whole.codes)));
        }
    }
    told
}

/// Codes as a refusal names them: `F/Y15`.
pub(super) fn text(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join("/")
}
