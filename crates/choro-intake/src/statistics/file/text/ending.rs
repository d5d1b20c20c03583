//! Compares how a text file ends with how its other rows end. Where a transfer broke off, nothing else tells it.
//!
//! Of rows A `01;12,50`, B `02;7,25` and C `03;1`, C has no line end and fewer decimals than A and B.

use super::super::table::{CellContent, CellTable};
use crate::statistics::doubt::{Doubt, DoubtKind};
use std::ops::Range;

/// How many values it takes to see a pattern in them.
const FEW: usize = 3;

/// What the rows have in common, without the last one.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    rows: usize,
    last: Option<RowFigures>,
    /// The width of all rows, as long as they have one width.
    width: CommonFigure,
    /// The length of the last cells that are numbers, as long as they have one length.
    length: CommonFigure,
    values: usize,
    fewest_decimals: Option<usize>,
}

/// What is compared of a row.
#[derive(Debug, Clone, Copy)]
struct RowFigures {
    number: usize,
    width: usize,
    /// Of the last cell, if that is a number: its characters, and those behind the decimal sign.
    value: Option<(usize, usize)>,
}

/// A figure that all rows have in common, or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum CommonFigure {
    #[default]
    Unknown,
    Always(usize),
    Never,
}

impl CommonFigure {
    fn add(&mut self, value: usize) {
        *self = match self {
            Self::Unknown => Self::Always(value),
            Self::Always(known) if *known == value => return,
            Self::Always(_) | Self::Never => Self::Never,
        };
    }

    fn is_above(self, value: usize) -> bool {
        matches!(self, Self::Always(known) if known > value)
    }
}

impl Ending {
    /// Adds rows of a table.
    pub(crate) fn add(&mut self, table: &CellTable, rows: Range<usize>) {
        for number in rows.filter(|row| !table.is_blank(*row)) {
            let width = table.row_width(number);
            let value = width.checked_sub(1).and_then(|column| figures(table.get(number, column)));
            if let Some(before) = self.last.replace(RowFigures { number, width, value }) {
                self.fold(before);
            }
            self.rows += 1;
        }
    }

    fn fold(&mut self, row: RowFigures) {
        self.width.add(row.width);
        // The first row is a heading.
        if let Some((length, decimals)) = row.value.filter(|_| self.rows > 1) {
            self.length.add(length);
            self.values += 1;
            self.fewest_decimals = Some(self.fewest_decimals.map_or(decimals, |fewest| fewest.min(decimals)));
        }
    }

    /// The doubts about the end. `has_line_end` says whether the last row has one, and `open_row` is that in which a quote
    /// never closes.
    pub(crate) fn doubts(&self, has_line_end: bool, open_row: Option<usize>) -> Vec<Doubt> {
        let Some(last) = self.last.filter(|_| self.rows > 1) else { return Vec::new() };
        let row = last.number + 1;
        let mut doubts = Vec::new();
        if let Some(open) = open_row {
            doubts.push(Doubt::new(DoubtKind::OpenQuote, format!("row {}: a quoted cell never closes", open + 1)));
        }
        if has_line_end {
            return doubts;
        }
        doubts
            .push(Doubt::new(DoubtKind::NoLineEnd, format!("row {row}, the last one, has no line end, as all others have")));
        if self.width.is_above(last.width) {
            let what = format!("row {row}, the last one, has {} cells, fewer than all others", last.width);
            doubts.push(Doubt::new(DoubtKind::ShortRow, what));
        } else if let Some((length, decimals)) = last.value.filter(|_| self.values >= FEW)
            && (self.length.is_above(length) || self.fewest_decimals.is_some_and(|fewest| fewest > decimals))
        {
            let what = format!("row {row}: the last value is shorter than all above it");
            doubts.push(Doubt::new(DoubtKind::ShortValue, what));
        }
        doubts
    }
}

/// A number's characters, and those behind its last sign.
fn figures(value: CellContent<'_>) -> Option<(usize, usize)> {
    let CellContent::Text(text) = value else { return None };
    let text = text.trim();
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' ' | '\u{a0}' | '\u{202f}');
    if text.is_empty() || !text.contains(|c: char| c.is_ascii_digit()) || !text.chars().all(is_figure) {
        return None;
    }
    let decimals = text.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.chars().count());
    Some((text.chars().count(), decimals))
}

#[cfg(test)]
mod tests {
    fn doubts(text: &str) -> Vec<&'static str> {
        let table = crate::statistics::file::parse("t.csv", text.as_bytes().to_vec(), &Default::default()).unwrap();
        table.doubts.iter().map(|doubt| doubt.kind.as_str()).collect()
    }

    #[test]
    fn an_end_unlike_the_others_is_doubtful() {
        let rows = "code;x;y\n01;1,50;2,25\n02;1,75;12,50\n03;2,00;7,00\n";
        for (end, expected) in [
            ("", &[][..]),
            ("04;1,00;3,50\n", &[]),
            ("04;1,00;3,50\r\n", &[]),
            ("\n\n", &[]),
            ("note\n", &[]),
            ("04;1,00;3,50", &["no-line-end"]),
            ("04;1,00;3,5", &["no-line-end", "short-value"]),
            ("04;1,00;3", &["no-line-end", "short-value"]),
            ("04;1,00;", &["no-line-end"]),
            ("04;1,00", &["no-line-end", "short-row"]),
            ("0", &["no-line-end", "short-row"]),
            ("04;1,00;\"3,50", &["open-quote", "no-line-end"]),
            ("04;1,00;\"3,50\n", &["open-quote"]),
            ("04;1,00;\"a \"\" b\"\n", &[]),
            ("04;1,00;5\" pipe\n", &[]),
        ] {
            assert_eq!(doubts(&format!("{rows}{end}")), expected, "{end:?}");
        }
        assert_eq!(doubts("a;b"), [""; 0], "a single line has no others");
        assert_eq!(doubts("a,2020\nx,2000\ny,1999\nz,2001\nw,20"), ["no-line-end", "short-value"]);
        assert_eq!(doubts("a,2020\nx,2000\ny,999\nz,2001\nw,20"), ["no-line-end"]);
    }
}
