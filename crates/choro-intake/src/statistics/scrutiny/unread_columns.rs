//! What stands in the columns that a mapping does not name, beside the labels and figures that it does.
//!
//! Of the rows A `North F 5`, B `North M 6`, without the second column both are the one figure of North.

use crate::statistics::file::table::{CellContent, CellTable};
use rustc_hash::FxHashMap;

/// Most columns that are watched.
const MAX_COLUMNS: usize = 32;
/// Most different texts of a column.
const MAX_TEXTS: usize = 50_000;
/// Most pairs of label and text, of all columns together.
const MAX_PAIRS: usize = 400_000;
/// Labels of greater numbers are not watched.
const MAX_LABELS: u32 = 100_000;
/// Longest text that is compared, bytes.
const LONGEST: usize = 200;
/// Rows among which those of one figure are sought.
const SAMPLE: usize = 20_000;
/// Texts that are numbers with signs, after which a column is one of figures.
const FIGURES: u32 = 20;
/// No text.
const NONE: u32 = u32::MAX;

/// A column that is not read, as far as it was watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnreadColumn {
    /// Its letters and heading, as in messages: `B "sex"`.
    pub name: String,
    /// Its letters.
    pub letters: String,
    /// Its heading.
    pub heading: String,
    /// The different texts in it, without blanks around them, and without the empty one.
    pub texts: Vec<String>,
    /// Whether some rows have no text there.
    pub has_blanks: bool,
    /// Each label with each of its texts.
    pub pairs: Vec<LabelText>,
    /// Each label with the text above it, where it has none of its own, as in merged cells.
    pub filled: Vec<LabelText>,
    /// Rows of one label and selection that differ in this column: the first two.
    pub parted: Option<(u32, u32)>,
    /// Whether nothing more is to be told of it.
    pub is_settled: bool,
}

/// A label and a text in a row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelText {
    /// The number of the label.
    pub label: u32,
    /// The index of the text.
    pub text: u32,
    /// The first row that has both, from 1.
    pub row: u32,
}

/// The columns while rows come.
pub struct UnreadColumns {
    columns: Vec<WatchedColumn>,
    pairs: usize,
    /// By label and selection, the first row among the sampled.
    first: FxHashMap<(u32, u32), SampledRow>,
    /// The texts of the row at hand, one for each column.
    texts: Vec<u32>,
}

struct WatchedColumn {
    index: usize,
    found: UnreadColumn,
    numbers: FxHashMap<String, u32>,
    pairs: FxHashMap<(u32, u32), ()>,
    filled: FxHashMap<(u32, u32), ()>,
    /// The text of the nearest row above that has one.
    above: u32,
    /// By label, its last text.
    last: Vec<u32>,
    figures: u32,
    /// Whether it is watched no more, since it holds figures or too many texts.
    is_dropped: bool,
}

/// A row, by its number from 1 and its texts.
struct SampledRow {
    row: u32,
    texts: Vec<u32>,
}

impl UnreadColumns {
    /// Columns by index, letters and heading, with how messages name them.
    pub fn new(columns: impl Iterator<Item = (usize, UnreadColumn)>) -> Self {
        let columns = columns.take(MAX_COLUMNS).map(|(index, found)| WatchedColumn::new(index, found)).collect();
        Self { columns, pairs: 0, first: FxHashMap::default(), texts: Vec::new() }
    }

    /// Whether any column is still watched.
    pub fn has_columns(&self) -> bool {
        self.columns.iter().any(|column| !column.is_dropped)
    }

    /// Takes a row of an area, with the number of its label and, if it has one, of a selection.
    pub fn enter(&mut self, table: &CellTable, row: usize, label: u32, selection: Option<u32>) {
        if label >= MAX_LABELS {
            return;
        }
        let number = u32::try_from(row + 1).unwrap_or(u32::MAX);
        self.texts.clear();
        for column in &mut self.columns {
            let has_room = self.pairs < MAX_PAIRS;
            let (text, is_new) = column.enter(table.get(row, column.index), label, number, has_room);
            self.pairs += usize::from(is_new);
            self.texts.push(text);
        }
        if let Some(selection) = selection {
            self.compare(label, selection, number);
        }
    }

    /// Compares the row at hand with the first one of its label and selection.
    fn compare(&mut self, label: u32, selection: u32, row: u32) {
        let Some(first) = self.first.get(&(label, selection)) else {
            if self.first.len() < SAMPLE {
                self.first.insert((label, selection), SampledRow { row, texts: self.texts.clone() });
            }
            return;
        };
        for (column, (a, b)) in self.columns.iter_mut().zip(first.texts.iter().zip(&self.texts)) {
            if a != b && *a != NONE && *b != NONE {
                column.found.parted.get_or_insert((first.row, row));
            }
        }
    }

    /// What was found in those that do not hold figures.
    pub fn finish(self) -> Vec<UnreadColumn> {
        let kept = self.columns.into_iter().filter(|column| !column.is_dropped && !column.found.texts.is_empty());
        kept.map(|column| column.found).collect()
    }
}

impl WatchedColumn {
    fn new(index: usize, found: UnreadColumn) -> Self {
        let (numbers, pairs, filled, last) = Default::default();
        Self { index, found, numbers, pairs, filled, above: NONE, last, figures: 0, is_dropped: false }
    }

    /// The number of the text, and whether it is new beside the label.
    fn enter(&mut self, content: CellContent<'_>, label: u32, row: u32, has_room: bool) -> (u32, bool) {
        if self.is_dropped {
            return (NONE, false);
        }
        let owned;
        let text = match content {
            CellContent::Empty => "",
            CellContent::Text(text) => text.trim(),
            CellContent::Number(_) => {
                owned = content.to_string();
                &owned
            }
        };
        if text.is_empty() {
            self.found.has_blanks = true;
            if self.above != NONE && has_room && self.filled.insert((label, self.above), ()).is_none() {
                self.found.filled.push(LabelText { label, text: self.above, row });
                return (NONE, true);
            }
            return (NONE, false);
        }
        let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text);
        let at = label as usize;
        let last = self.last.get(at).copied().unwrap_or(NONE);
        if self.found.texts.get(last as usize).is_some_and(|known| known == text) {
            self.above = last;
            return (last, false);
        }
        let Some(number) = self.number(text) else { return (NONE, false) };
        self.above = number;
        if self.last.len() <= at {
            self.last.resize(at + 1, NONE);
        }
        self.last.iter_mut().skip(at).take(1).for_each(|last| *last = number);
        let is_new = has_room && self.pairs.insert((label, number), ()).is_none();
        if is_new {
            self.found.pairs.push(LabelText { label, text: number, row });
        }
        (number, is_new)
    }

    /// The number of a text; `None` where the column is dropped with it.
    fn number(&mut self, text: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        self.figures += u32::from(is_figure(text));
        if self.figures >= FIGURES || self.found.texts.len() >= MAX_TEXTS {
            self.is_dropped = true;
            (self.numbers, self.pairs, self.filled, self.last) = Default::default();
            self.found = UnreadColumn::default();
            return None;
        }
        let number = u32::try_from(self.found.texts.len()).unwrap_or(NONE);
        self.numbers.insert(text.to_owned(), number);
        self.found.texts.push(text.to_owned());
        Some(number)
    }
}

/// Whether a text is a number with a sign before it or decimals, as no code is.
fn is_figure(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}');
    let unsigned = text.trim_start_matches(['-', '+', '\u{2212}', '\u{2013}']);
    let is_number =
        unsigned.chars().all(|c| c.is_ascii_digit() || is_sign(c)) && unsigned.ends_with(|c: char| c.is_ascii_digit());
    is_number && (unsigned.len() < text.len() || unsigned.contains(is_sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{
        read,
        tests::{csv, indicators, mapping},
    };

    /// What was found in the columns behind `area` and `v` of a table.
    fn found(text: &str) -> Vec<UnreadColumn> {
        let how = "area = { column = 'area' }\nindicator = { value = 'arrivals' }\nperiod = { value = 2014 }\nvalue = { column = 'v' }\n";
        read(&csv(text), &mapping(how), &indicators()).unwrap().unread
    }

    #[test]
    fn each_label_is_kept_with_each_of_its_texts_and_rows_of_one_figure_that_differ_are_named() {
        let columns = found("area,v,sex,note\nNorth,5,F,x\nNorth,6,M,\nSouth,7, F ,x\nSouth,7,F,x\n");
        let [sex, note] = &columns[..] else { panic!("{columns:?}") };
        assert_eq!(
            (sex.name.as_str(), &sex.texts[..], sex.parted),
            ("C \"sex\"", &["F".to_owned(), "M".to_owned()][..], Some((2, 3)))
        );
        let pairs: Vec<_> = sex.pairs.iter().map(|pair| (pair.label, pair.text, pair.row)).collect();
        assert_eq!(pairs, [(0, 0, 2), (0, 1, 3), (1, 0, 4)]);
        assert_eq!((note.texts.len(), note.has_blanks, note.parted), (1, true, None));
    }

    #[test]
    fn columns_of_figures_are_not_watched() {
        let rows: String = (0..30).map(|n| format!("A{n},1,{n}.5,-{n},{n}\n")).collect();
        let columns = found(&format!("area,v,a,b,code\n{rows}"));
        assert_eq!(columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>(), ["code"]);
    }
}
