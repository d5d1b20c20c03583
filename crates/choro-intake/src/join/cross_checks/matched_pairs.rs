//! The rows of a column that is not read, each with the area that its label found.

use crate::{
    join::{
        known_area::KnownArea,
        labels::matching::{MatchedBy, Matcher},
        roles::Roles,
    },
    statistics::{FileLabel, LabelText, UnreadColumn},
};
use rustc_hash::FxHashSet;

/// What the checks know.
#[derive(Clone, Copy)]
pub struct CheckedFile<'a> {
    pub areas: &'a [KnownArea],
    pub labels: &'a [FileLabel],
    pub roles: &'a Roles,
    pub matcher: &'a Matcher<'a>,
}

/// A label that found an area, beside a text of the column.
#[derive(Debug, Clone, Copy)]
pub struct MatchedPair<'a> {
    pub area: usize,
    pub by: MatchedBy,
    /// The label's number, and the label.
    pub number: u32,
    pub label: &'a str,
    /// The index of the text, and the text.
    pub index: usize,
    pub text: &'a str,
    /// The first row that has both, from 1.
    pub row: u32,
}

/// The pairs of a column whose labels found areas.
pub fn of<'a>(column: &'a UnreadColumn, file: CheckedFile<'a>) -> Vec<MatchedPair<'a>> {
    matched(column, &column.pairs, file)
}

/// The pairs of a column in which an empty cell takes the text above it.
pub fn filled<'a>(column: &'a UnreadColumn, file: CheckedFile<'a>) -> Vec<MatchedPair<'a>> {
    let mut all = matched(column, &column.pairs, file);
    all.extend(matched(column, &column.filled, file));
    all.sort_by_key(|pair| pair.row);
    all
}

fn matched<'a>(column: &'a UnreadColumn, pairs: &[LabelText], file: CheckedFile<'a>) -> Vec<MatchedPair<'a>> {
    let pair = |pair: &LabelText| {
        let (area, by) = file.roles.matched(pair.label)?;
        let label = file.labels.get(pair.label as usize)?.key.as_str();
        let index = pair.text as usize;
        let text = column.texts.get(index)?.as_str();
        Some(MatchedPair { area, by, number: pair.label, label, index, text, row: pair.row })
    };
    pairs.iter().filter_map(pair).collect()
}

/// How many different labels the pairs have.
pub fn labels(pairs: &[MatchedPair<'_>]) -> usize {
    pairs.iter().map(|pair| pair.number).collect::<FxHashSet<_>>().len()
}

/// How many different texts they have.
pub fn texts(pairs: &[MatchedPair<'_>]) -> usize {
    pairs.iter().map(|pair| pair.index).collect::<FxHashSet<_>>().len()
}

/// What a column says of the areas that were matched.
#[derive(Debug)]
pub enum ColumnSays<'a> {
    /// Nothing: it holds something else.
    Nothing,
    /// That they are these areas.
    Same,
    /// That they are other areas, in these pairs.
    Other(Vec<MatchedPair<'a>>),
}
