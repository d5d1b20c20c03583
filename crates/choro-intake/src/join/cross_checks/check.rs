//! Each column that is not read -> a doubt about what it contradicts, or a word about what it holds.

use super::{
    matched_pairs::{self, CheckedFile, ColumnSays, MatchedPair},
    names, parents,
};
use crate::{
    join::{known_area::KnownArea, labels::matching::Miss, report::JoinReport},
    statistics::{Doubt, DoubtKind, UnreadColumn, comparison_key, told_of_unread},
};

/// Most texts of a column that are looked at for areas.
const COMPARED: usize = 10_000;
/// Most rows that are named in a doubt.
const NAMED: usize = 5;

/// The doubts about the columns that are not read.
pub fn check(columns: &[UnreadColumn], file: CheckedFile<'_>) -> Vec<Doubt> {
    columns.iter().filter_map(|column| of_column(column, file)).collect()
}

/// What is to be said where most labels found no area, and a column that is not read holds areas: that it may be the right one.
pub fn better_column(columns: &[UnreadColumn], file: CheckedFile<'_>, report: &JoinReport) -> Option<String> {
    if report.matched.len() >= report.unmatched.len() {
        return None;
    }
    let is_area = |text: &&String| matches!(file.matcher.find(&comparison_key(text)), Ok(_) | Err(Miss::Ambiguous(_)));
    let areas = |column: &UnreadColumn| column.texts.iter().take(COMPARED).filter(is_area).count();
    let found = columns.iter().map(|column| (areas(column), column)).max_by_key(|(areas, _)| *areas);
    let (areas, column) = found.filter(|(areas, column)| *areas > 1 && *areas * 2 > column.texts.len().min(COMPARED))?;
    (areas > report.matched.len()).then(|| {
        format!(
            "column {} has names or codes of areas: area.column = {:?} in the mapping takes it",
            column.name, column.letters
        )
    })
}

fn of_column(column: &UnreadColumn, file: CheckedFile<'_>) -> Option<Doubt> {
    let pairs = matched_pairs::of(column, file);
    match names::says(column, &pairs, file) {
        ColumnSays::Other(other) => return Some(other_names(column, &other, file)),
        ColumnSays::Same => return None,
        ColumnSays::Nothing => {}
    }
    match parents::says(column, &pairs, &matched_pairs::filled(column, file), file) {
        ColumnSays::Other(other) => Some(other_parents(column, &other, file)),
        ColumnSays::Same => None,
        ColumnSays::Nothing => told_of_unread(column),
    }
}

fn other_names(column: &UnreadColumn, other: &[MatchedPair<'_>], file: CheckedFile<'_>) -> Doubt {
    let what = format!(
        "column {} names other areas than those that were matched: {}; correct the labels by a crosswalk, or, if the column is \
         right, take it for the labels: area.column = {:?}",
        column.name,
        rows(other, file.areas),
        column.letters
    );
    Doubt::new(DoubtKind::OtherNames, what)
}

fn other_parents(column: &UnreadColumn, other: &[MatchedPair<'_>], file: CheckedFile<'_>) -> Doubt {
    let what = format!(
        "column {} has other areas above than those of the areas that were matched, which may be namesakes: {}; tell them apart by \
         a list of both columns in area.column, and a crosswalk",
        column.name,
        rows(other, file.areas)
    );
    Doubt::new(DoubtKind::OtherParents, what)
}

/// The first rows: `row 3 "CH" is CH Switzerland, and there stands "China"`.
fn rows(pairs: &[MatchedPair<'_>], areas: &[KnownArea]) -> String {
    let row = |pair: &MatchedPair<'_>| {
        let area = areas.get(pair.area);
        let code = area.map(|area| area.code.as_str()).unwrap_or_default();
        let name = area.and_then(|area| area.names.first()).map(|name| format!(" {name}")).unwrap_or_default();
        format!("row {} {:?} is {code}{name}, and there stands {:?}", pair.row, pair.label, pair.text)
    };
    let first = pairs.iter().take(NAMED).map(row).collect::<Vec<_>>().join(", ");
    match pairs.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!("{first} and {more} more"),
        None => first,
    }
}
