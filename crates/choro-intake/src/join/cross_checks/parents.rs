//! A column of the areas that contain others, compared with the areas that the labels found.
//!
//! It is known by the names of the parents, if the set has them; else by codes that begin with it, as A-1 with A; else by its heading.

use super::matched_pairs::{CheckedFile, ColumnSays, MatchedPair, labels};
use crate::{
    join::labels::folding::fold,
    statistics::{UnreadColumn, vocabulary::area_nouns::is_area_noun},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Most texts of a column that is compared with the beginnings of codes.
const MAX_PARENTS: usize = 2_000;

/// What a column says of the areas that were matched, if it holds areas that contain others.
///
/// `filled` are the pairs in which an empty cell takes the text above it: an area that contains others often stands in merged cells.
pub fn says<'a>(
    column: &UnreadColumn,
    pairs: &[MatchedPair<'a>],
    filled: &[MatchedPair<'a>],
    file: CheckedFile<'_>,
) -> ColumnSays<'a> {
    match by_parents(filled, file) {
        ColumnSays::Nothing => {}
        said => return said,
    }
    match by_codes(filled, file) {
        ColumnSays::Nothing => by_heading(column, pairs),
        said => said,
    }
}

/// By the codes and names of the parents.
fn by_parents<'a>(pairs: &[MatchedPair<'a>], file: CheckedFile<'_>) -> ColumnSays<'a> {
    let names = |area: usize| file.areas.get(area).into_iter().flat_map(|area| &area.parent).map(|name| fold(name));
    let all: FxHashSet<String> = (0..file.areas.len()).flat_map(names).collect();
    let known: Vec<&MatchedPair<'a>> = pairs.iter().filter(|pair| all.contains(&fold(pair.text))).collect();
    if known.is_empty() || known.len() * 2 < pairs.len() {
        return ColumnSays::Nothing;
    }
    let is_whole = known.len() == pairs.len();
    let (same, other): (Vec<_>, Vec<_>) =
        known.into_iter().partition(|pair| names(pair.area).any(|name| name == fold(pair.text)));
    of_parts(same.len(), other, |same, other| is_whole || same >= other)
}

/// By codes that begin with the text: `A-1` with `A`, or `01001` with `01`.
fn by_codes<'a>(pairs: &[MatchedPair<'a>], file: CheckedFile<'_>) -> ColumnSays<'a> {
    let mut codes: Vec<&str> = file.areas.iter().map(|area| area.code.as_str()).collect();
    codes.sort_unstable();
    let texts: FxHashSet<&str> = pairs.iter().map(|pair| pair.text).collect();
    if !(2..=MAX_PARENTS).contains(&texts.len()) {
        return ColumnSays::Nothing;
    }
    // Each text must begin some code. Where always a sign stands behind it, one letter is enough.
    let mut signed = true;
    for text in &texts {
        let first = codes.partition_point(|code| *code <= *text);
        let mut longer = codes.iter().skip(first).map_while(|code| code.strip_prefix(*text)).peekable();
        if longer.peek().is_none() {
            return ColumnSays::Nothing;
        }
        signed &= longer.all(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()));
    }
    if !signed && texts.iter().any(|text| text.len() < 2) {
        return ColumnSays::Nothing;
    }
    let begins = |pair: &&MatchedPair<'a>| {
        let code = file.areas.get(pair.area).map(|area| area.code.as_str()).unwrap_or_default();
        code.len() > pair.text.len() && code.starts_with(pair.text)
    };
    let (same, other): (Vec<_>, Vec<_>) = pairs.iter().partition(begins);
    of_parts(same.len(), other, |same, other| same > 0 && if signed { same >= other } else { same >= 3 * other })
}

/// By a heading such as `oblast`, or texts with such a word: most labels have one text each, and some have two.
fn by_heading<'a>(column: &UnreadColumn, pairs: &[MatchedPair<'a>]) -> ColumnSays<'a> {
    let has_noun = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '-').any(is_area_noun);
    if !has_noun(&column.heading) && !column.texts.iter().any(|text| has_noun(text)) {
        return ColumnSays::Nothing;
    }
    let mut first: FxHashMap<u32, usize> = FxHashMap::default();
    let other: Vec<&MatchedPair<'a>> =
        pairs.iter().filter(|pair| *first.entry(pair.number).or_insert(pair.index) != pair.index).collect();
    let several = other.iter().map(|pair| pair.number).collect::<FxHashSet<_>>().len();
    let labels = labels(pairs);
    of_parts(labels - several.min(labels), other, |single, _| single >= several)
}

fn of_parts<'a>(same: usize, other: Vec<&MatchedPair<'a>>, is_trusted: impl FnOnce(usize, usize) -> bool) -> ColumnSays<'a> {
    match other.len() {
        0 => ColumnSays::Same,
        count if is_trusted(same, count) => ColumnSays::Other(other.into_iter().copied().collect()),
        _ => ColumnSays::Nothing,
    }
}
