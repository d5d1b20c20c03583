//! Further columns of areas beside the column of labels.

use super::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};

/// A second column of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondAreas {
    pub column: usize,
    pub kind: SecondKind,
}

/// What a second column of areas is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondKind {
    /// The labels of another table, to the right of values.
    SideTable,
    /// Each label has one other area: the codes of another list, or flows.
    Contradiction(usize),
    /// Origins and destinations.
    Flows,
}

/// The second column of areas that does not merely name those of the labels in another way.
pub fn second_areas(survey: &Survey<'_>, values: &[usize]) -> Option<SecondAreas> {
    let columns = (0..survey.width).filter(|column| *column != survey.label);
    columns.filter_map(|column| Some(SecondAreas { column, kind: kind(survey, values, column)? })).next()
}

fn kind(survey: &Survey<'_>, values: &[usize], column: usize) -> Option<SecondKind> {
    let beside = values.iter().any(|value| *value > survey.label && *value < column);
    if beside && has_heading_of_labels(survey, column) {
        return other_row(survey, column, true).map(|_| SecondKind::SideTable);
    }
    if !holds_areas(survey, column) {
        return None;
    }
    let row = other_row(survey, column, false)?;
    Some(match () {
        () if beside => SecondKind::SideTable,
        () if is_one_to_one(survey, column) => SecondKind::Contradiction(row),
        () => SecondKind::Flows,
    })
}

/// Whether two texts at least, and a tenth of all, are areas. Figures count only beside labels that are figures: a value may look
/// like a code.
fn holds_areas(survey: &Survey<'_>, column: usize) -> bool {
    let texts = survey.texts(column);
    let known: Vec<&String> = texts.iter().filter(|text| survey.is_known(text)).collect();
    let has_words = |column: usize| survey.rows().any(|row| survey.is_word(row, column));
    let long = known.iter().all(|text| text.len() > 2);
    let may_be = has_words(column) || (long && !has_words(survey.label));
    may_be && known.len() >= 2 && known.len() * 10 >= texts.len()
}

/// Whether the column has the heading of the labels, and words.
fn has_heading_of_labels(survey: &Survey<'_>, column: usize) -> bool {
    let headings = survey.heading_texts(survey.label);
    !headings.is_empty() && headings == survey.heading_texts(column) && survey.rows().any(|row| survey.is_word(row, column))
}

/// The first row in which the column names another area than the label, or, where areas need not be known, has another text.
fn other_row(survey: &Survey<'_>, column: usize, by_text: bool) -> Option<usize> {
    survey.rows().find(|row| {
        let (here, there) = (survey.areas(*row, survey.label), survey.areas(*row, column));
        let differ = !here.is_empty() && !there.is_empty() && here.iter().all(|area| !there.contains(area));
        let text = survey.text(*row, column);
        differ || (by_text && !text.is_empty() && text != survey.text(*row, survey.label))
    })
}

/// Whether each label has one text of the column, and each text one label.
pub fn is_one_to_one(survey: &Survey<'_>, column: usize) -> bool {
    let pairs: BTreeSet<(String, String)> =
        survey.rows().map(|row| (survey.text(row, survey.label), survey.text(row, column))).collect();
    let (mut left, mut right) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, usize>::new());
    for (label, text) in pairs.iter().filter(|(label, text)| !label.is_empty() && !text.is_empty()) {
        *left.entry(label).or_default() += 1;
        *right.entry(text).or_default() += 1;
    }
    left.values().chain(right.values()).all(|count| *count == 1)
}
