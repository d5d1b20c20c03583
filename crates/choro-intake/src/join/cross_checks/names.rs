//! A column of names or codes of areas, compared with the areas that the labels found.

use super::matched_pairs::{CheckedFile, ColumnSays, MatchedPair, labels, texts};
use crate::{
    join::labels::{
        folding::fold,
        likeness::ComparedName,
        matching::{MatchedBy, Miss},
    },
    statistics::{UnreadColumn, comparison_key},
};
use rustc_hash::FxHashMap;

/// The areas of a text, and whether it is their code.
struct Meant {
    areas: Vec<usize>,
    by_code: bool,
}

/// What a column says of the areas that were matched, if it holds names or codes of areas.
///
/// A name outweighs a code: a label that is a code may be one of another list of codes, as CH is Switzerland in one and China in
/// another. Where both are names, or the column holds codes, it must agree in most rows or be a list of its own.
pub fn says<'a>(column: &UnreadColumn, pairs: &[MatchedPair<'a>], file: CheckedFile<'_>) -> ColumnSays<'a> {
    let meant = meant(column, pairs, file);
    let known: Vec<(&MatchedPair<'a>, &Meant)> =
        pairs.iter().filter_map(|pair| Some((pair, meant.get(&pair.index)?))).collect();
    // A longer form of the name, as Kingdom of Sweden, agrees; it is too little to contradict.
    let longer = pairs.iter().filter(|pair| !meant.contains_key(&pair.index) && is_longer_name(pair, file)).count();
    let (labels, texts) = (labels(pairs), texts(pairs));
    // A name for each area, and an area for a good part of the names, since others may be spelt otherwise: anything else is no second
    // name of the labels.
    let is_of_names = !known.is_empty()
        && (known.len() + longer) * 10 >= pairs.len() * 3
        && (pairs.len() - labels.min(pairs.len())) * 4 <= labels
        && texts * 2 > labels;
    if !is_of_names {
        return ColumnSays::Nothing;
    }
    let (same, other): (Vec<_>, Vec<_>) = known.into_iter().partition(|(pair, meant)| meant.areas.contains(&pair.area));
    if other.is_empty() {
        return ColumnSays::Same;
    }
    let label_is_code = |pair: &MatchedPair<'_>| matches!(pair.by, MatchedBy::Code | MatchedBy::Restored);
    let is_certain = other.iter().all(|(pair, meant)| label_is_code(pair) && !meant.by_code);
    let by_code = other.iter().any(|(_, meant)| meant.by_code);
    let same = same.len() + longer;
    let agrees = if by_code { same >= 4 * other.len() } else { same >= other.len() };
    // Two tables side by side have one list of areas each.
    let is_list = !by_code && texts == pairs.len() && same + other.len() == pairs.len();
    if is_certain || agrees || is_list {
        ColumnSays::Other(other.into_iter().map(|(pair, _)| *pair).collect())
    } else {
        ColumnSays::Nothing
    }
}

/// The areas of each text that means any.
fn meant(column: &UnreadColumn, pairs: &[MatchedPair<'_>], file: CheckedFile<'_>) -> FxHashMap<usize, Meant> {
    let mut meant: FxHashMap<usize, Meant> = FxHashMap::default();
    for pair in pairs {
        if meant.contains_key(&pair.index) {
            continue;
        }
        let Some(text) = column.texts.get(pair.index) else { continue };
        let found = match file.matcher.find(&comparison_key(text)) {
            Ok((area, by)) => Some(Meant { areas: vec![area], by_code: by == MatchedBy::Code }),
            Err(Miss::Ambiguous(areas) | Miss::PartsDiffer(areas)) => Some(Meant { areas, by_code: false }),
            Err(_) => None,
        };
        if let Some(found) = found {
            meant.insert(pair.index, found);
        }
    }
    meant
}

/// Whether the text is the name of the matched area but for nouns such as `kingdom`.
fn is_longer_name(pair: &MatchedPair<'_>, file: CheckedFile<'_>) -> bool {
    let Some(area) = file.areas.get(pair.area) else { return false };
    let core = ComparedName::new(&fold(pair.text)).core;
    area.names.iter().any(|name| ComparedName::new(&fold(name)).core == core)
}
