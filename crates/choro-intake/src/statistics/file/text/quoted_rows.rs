//! Quotes that hold several rows together: meant, as with a note of two lines, or a sign that somebody forgot to double.
//!
//! Of the lines `"A,1,2`, `B,3,4`, `C",5,6` the middle one is a row, and the first looks like the beginning of one.

use crate::statistics::doubt::{Doubt, DoubtKind};

/// How many doubts name their lines.
const NAMED: usize = 10;

/// What was found so far.
#[derive(Debug, Default)]
pub struct QuotedRows {
    /// The cells of the first row that has any.
    width: usize,
    found: Vec<(usize, usize)>,
    more: usize,
}

impl QuotedRows {
    /// Takes note of how many cells rows have.
    pub fn row(&mut self, cells: usize) {
        if self.width == 0 {
            self.width = cells;
        }
    }

    /// Looks at a cell that goes on over line ends, in a column from 0, beginning in a line from 1.
    pub fn cell(&mut self, column: usize, line: usize, inner: &str, delimiter: u8) {
        let lines = lines(inner);
        let whole = self.width.saturating_sub(1);
        let needed = |index: usize| if index == 0 { whole.saturating_sub(column) } else { whole };
        // The last line is the rest of a row, of which the cells behind the quotes are counted already.
        let before_last = lines.len().saturating_sub(1);
        let is_row =
            lines.iter().take(before_last).enumerate().any(|(index, text)| looks_like_row(text, needed(index), delimiter));
        match (is_row, self.found.len() < NAMED) {
            (true, true) => self.found.push((line, line + before_last)),
            (true, false) => self.more += 1,
            (false, _) => {}
        }
    }

    /// The doubts.
    pub fn doubts(&self) -> Vec<Doubt> {
        let doubt = |(first, last): &(usize, usize)| {
            let what = format!(
                "lines {first} to {last} are one cell between quotes, though they look like rows; if they are rows, close the \
                 quote or write it twice, or say quotes = false in the mapping"
            );
            Doubt::new(DoubtKind::RowsInAQuote, what)
        };
        let more = (self.more > 0).then(|| Doubt::new(DoubtKind::RowsInAQuote, format!("and {} cells more", self.more)));
        self.found.iter().map(doubt).chain(more).collect()
    }
}

/// The lines of a text, whatever ends them.
pub fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    if lines.len() == 1 {
        lines = text.split('\r').collect();
    }
    lines
}

/// Whether a line has as many delimiters as a row. A single one stands in many sentences, so then there must be a number too.
fn looks_like_row(line: &str, needed: usize, delimiter: u8) -> bool {
    let cells: Vec<&str> = line.split(char::from(delimiter)).collect();
    let is_number = |cell: &str| {
        let cell = cell.trim().trim_matches('"');
        cell.contains(|c: char| c.is_ascii_digit())
            && cell.chars().all(|c| c.is_ascii_digit() || " .,-+'\u{a0}\u{202f}".contains(c))
    };
    needed > 0 && cells.len() > needed && (needed > 1 || cells.iter().any(|cell| is_number(cell)))
}

#[cfg(test)]
mod tests {
    use crate::statistics::file::parse;

    /// The kinds of doubts about a text, and what they say of lines.
    fn doubts(text: &str) -> Vec<String> {
        let table = parse("t.csv", text.as_bytes().to_vec(), &Default::default()).unwrap();
        table.doubts.iter().map(|doubt| format!("{} {}", doubt.kind, doubt.what.split(" are ").next().unwrap())).collect()
    }

    #[test]
    fn rows_between_quotes_are_doubtful_and_sentences_are_not() {
        let swallowed = ["rows-in-a-quote lines 2 to 4".to_owned()];
        for (text, expected) in [
            ("region,2014,2015\n\"Isles,95,118\nEast,234,241\nWest\",77,80\n", &swallowed[..]),
            ("region,2014,note\nIsles,95,\"so\nEast,234,\nWest\",x\n", &swallowed),
            ("region,2014\n\"Isles,95\nEast,234\nWest\",77\n", &swallowed),
            ("region,2014\n\"North, upper\npart\",95\nSouth,5\n", &[]),
            ("region,2014,note\nIsles,95,\"one\ntwo, three\nfour\"\nEast,1,\n", &[]),
            ("\"region\r\n(name)\",\"2014\"\r\n\"Isles\",\"95\"\r\n", &[]),
        ] {
            assert_eq!(doubts(text), expected, "{text:?}");
        }
    }
}
