//! Rows and cells of a text, by its delimiter and its quotes (RFC 4180).
//!
//! Of `A,"B ""b"", c",D` the cells are `A`, `B "b", c` and `D`. A quote counts only where a cell begins with it.

use std::borrow::Cow;

/// Which quotes hold a cell together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Those around a cell, which may go on over line ends.
    Around,
    /// Those around a cell that ends in the same line. All others are signs like any other: between tabs, few programs write quotes.
    WithinLine,
    /// None: quotes are signs like any other.
    Never,
}

/// What stands at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextRow {
    /// A row of so many bytes with its line end, whose cells were taken.
    Row(usize),
    /// A row that goes on beyond the text.
    Incomplete,
    /// The last row of the text, in which a quote at this byte never closes. Its cells were taken.
    Unclosed(usize),
    /// A quote at this byte holds delimiters or line ends, and something else than a delimiter follows where it closes.
    Stray(usize),
}

/// A cell of a row by its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CellSpan {
    /// Where it begins, within its quotes if it has some.
    start: usize,
    /// Where its quotes close; where it ends, if it has none.
    close: usize,
    /// Where the text behind the quotes begins.
    behind: usize,
    /// Where it ends.
    end: usize,
    is_quoted: bool,
}

/// Takes rows apart, one after the other.
#[derive(Debug)]
pub struct RowSplitter {
    delimiter: u8,
    quoting: Quoting,
    cells: Vec<CellSpan>,
}

/// A cell within quotes that close, or not.
enum QuotedCell {
    Cell(CellSpan),
    NoCell,
    Incomplete,
    Unclosed(CellSpan),
    Stray,
}

impl RowSplitter {
    /// For a text with that delimiter.
    pub fn new(delimiter: u8, quoting: Quoting) -> Self {
        Self { delimiter, quoting, cells: Vec::new() }
    }

    /// Takes the row at the start of a text apart. If the text is not the last of the file, a row counts only with its line end.
    pub fn next(&mut self, text: &str, is_last: bool) -> NextRow {
        self.cells.clear();
        let (bytes, mut at) = (text.as_bytes(), 0);
        loop {
            match self.quoted(bytes, at, is_last) {
                QuotedCell::Cell(cell) => self.cells.push(cell),
                QuotedCell::Incomplete => return NextRow::Incomplete,
                QuotedCell::Stray => return NextRow::Stray(at),
                QuotedCell::Unclosed(cell) => {
                    self.cells.push(cell);
                    return NextRow::Unclosed(at);
                }
                QuotedCell::NoCell => match self.end(bytes, at) {
                    None if !is_last => return NextRow::Incomplete,
                    end => {
                        let end = end.unwrap_or(bytes.len());
                        self.cells.push(CellSpan { start: at, close: end, behind: end, end, is_quoted: false });
                    }
                },
            }
            let end = self.cells.last().map_or(bytes.len(), |cell| cell.end);
            if bytes.get(end) == Some(&self.delimiter) {
                at = end + 1;
                continue;
            }
            return match line_end(bytes.get(end..).unwrap_or_default(), is_last) {
                None if !is_last => NextRow::Incomplete,
                length => NextRow::Row(end + length.unwrap_or_default()),
            };
        }
    }

    /// How many cells were taken.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// The cells that were taken from a text.
    pub fn cells<'t>(&self, text: &'t str) -> impl Iterator<Item = Cow<'t, str>> {
        self.cells.iter().map(move |cell| cell.content(text))
    }

    /// Cells within quotes that go on over line ends: the column, from 0, and where in the text they stand.
    pub fn over_line_ends<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, usize, &'t str)> {
        let quoted = self.cells.iter().enumerate().filter(|(_, cell)| cell.is_quoted);
        quoted.filter_map(move |(column, cell)| {
            let inner = text.get(cell.start..cell.close)?;
            inner.contains(['\n', '\r']).then_some((column, cell.start, inner))
        })
    }

    fn end(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let rest = bytes.get(at..)?;
        rest.iter().position(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r')).map(|length| at + length)
    }

    /// The cell at a place, if it stands within quotes.
    fn quoted(&self, bytes: &[u8], at: usize, is_last: bool) -> QuotedCell {
        if self.quoting == Quoting::Never || bytes.get(at) != Some(&b'"') {
            return QuotedCell::NoCell;
        }
        let within_line = self.quoting == Quoting::WithinLine;
        let start = at + 1;
        let Some(close) = closing_quote(bytes, start, within_line) else {
            let ends_line = bytes.get(start..).unwrap_or_default().iter().any(|byte| matches!(byte, b'\n' | b'\r'));
            return match (within_line, is_last) {
                (true, _) if ends_line || is_last => QuotedCell::NoCell,
                (_, false) => QuotedCell::Incomplete,
                _ => QuotedCell::Unclosed(unclosed(bytes, start)),
            };
        };
        match bytes.get(close + 1) {
            None if !is_last => return QuotedCell::Incomplete,
            Some(next) if *next != self.delimiter && !matches!(next, b'\n' | b'\r') => {}
            _ => return QuotedCell::Cell(CellSpan { start, close, behind: close + 1, end: close + 1, is_quoted: true }),
        }
        let inner = bytes.get(start..close).unwrap_or_default();
        if within_line {
            return QuotedCell::NoCell;
        }
        if inner.iter().any(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r')) {
            return QuotedCell::Stray;
        }
        // As spreadsheets read it, what stands behind the quotes is a part of the cell: `"Isles" (old)`.
        match self.end(bytes, close + 1) {
            None if !is_last => QuotedCell::Incomplete,
            end => {
                let end = end.unwrap_or(bytes.len());
                QuotedCell::Cell(CellSpan { start, close, behind: close + 1, end, is_quoted: true })
            }
        }
    }
}

impl CellSpan {
    fn content<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let inner = text.get(self.start..self.close).unwrap_or_default();
        if !self.is_quoted {
            return Cow::Borrowed(inner);
        }
        let behind = text.get(self.behind..self.end).unwrap_or_default();
        if behind.is_empty() && !inner.contains('"') {
            return Cow::Borrowed(inner);
        }
        Cow::Owned(inner.replace("\"\"", "\"") + behind)
    }
}

/// Where the quotes close that open before `start`. Two quotes are a quote within them.
fn closing_quote(bytes: &[u8], start: usize, within_line: bool) -> Option<usize> {
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => return Some(at),
            b'\n' | b'\r' if within_line => return None,
            _ => at += 1,
        }
    }
}

/// All that follows a quote that never closes, without the last line end.
fn unclosed(bytes: &[u8], start: usize) -> CellSpan {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
    CellSpan { start, close: start + length, behind: bytes.len(), end: bytes.len(), is_quoted: true }
}

/// How many bytes the line end at the start has. `None` where there is none, or where it may go on beyond the text.
fn line_end(bytes: &[u8], is_last: bool) -> Option<usize> {
    match bytes {
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        [b'\r', _, ..] => Some(1),
        [b'\r'] if is_last => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str, delimiter: u8, quoting: Quoting) -> (NextRow, Vec<String>) {
        let mut splitter = RowSplitter::new(delimiter, quoting);
        let next = splitter.next(text, true);
        (next, splitter.cells(text).map(Cow::into_owned).collect())
    }

    #[test]
    fn quotes_hold_a_cell_together_and_stray_ones_are_found() {
        use Quoting::{Around, Never, WithinLine};
        for (text, quoting, next, cells) in [
            ("A,\"B \"\"b\"\", c\",D\nx", Around, NextRow::Row(17), &["A", "B \"b\", c", "D"][..]),
            ("\"a\r\nb\",1\r\n", Around, NextRow::Row(10), &["a\r\nb", "1"]),
            ("5\" pipe,1", Around, NextRow::Row(9), &["5\" pipe", "1"]),
            ("\"Isles\" (old),95", Around, NextRow::Row(16), &["Isles (old)", "95"]),
            ("\"Isles,95\nEast,2\n", Around, NextRow::Unclosed(0), &["Isles,95\nEast,2"]),
            ("a,\"b", Around, NextRow::Unclosed(2), &["a", "b"]),
            ("\"Isles,95\nEast,2\n\"West\"\n", Around, NextRow::Stray(0), &[]),
            ("\"Isles,95\nEast,2\n", Never, NextRow::Row(10), &["\"Isles", "95"]),
            ("\"Isles,95\nEast,2\"\n", WithinLine, NextRow::Row(10), &["\"Isles", "95"]),
            ("\"Isles\" (old),95\n", WithinLine, NextRow::Row(17), &["\"Isles\" (old)", "95"]),
            ("\"a,b\",95\n", WithinLine, NextRow::Row(9), &["a,b", "95"]),
            ("\"a,b", WithinLine, NextRow::Row(4), &["\"a", "b"]),
            ("\n", Around, NextRow::Row(1), &[""]),
            ("a,", Around, NextRow::Row(2), &["a", ""]),
        ] {
            let (found, taken) = split(text, b',', quoting);
            assert_eq!(found, next, "{text:?} {quoting:?}");
            if !matches!(next, NextRow::Stray(_)) {
                assert_eq!(taken, cells, "{text:?} {quoting:?}");
            }
        }
    }

    #[test]
    fn what_may_go_on_is_no_row_yet() {
        for text in ["a,b", "a,\"b\"", "a,\"b", "a\r", "\"a\"x", ""] {
            assert_eq!(RowSplitter::new(b',', Quoting::Around).next(text, false), NextRow::Incomplete, "{text:?}");
        }
    }

    proptest! {
        /// What a careful program writes is read back, as the crate csv does.
        #[test]
        fn rows_that_are_well_formed_read_as_by_the_crate_csv(
            rows in prop::collection::vec(prop::collection::vec("[a\";\n\r ]{0,4}", 1..4), 1..4)
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let (mut rest, mut found) = (text.as_str(), Vec::new());
            let mut splitter = RowSplitter::new(b';', Quoting::Around);
            while !rest.is_empty() {
                let NextRow::Row(length) = splitter.next(rest, true) else { panic!("{rest:?} of {text:?}") };
                found.push(splitter.cells(rest).map(Cow::into_owned).collect::<Vec<_>>());
                rest = &rest[length..];
            }
            prop_assert_eq!(found, rows);
        }
    }
}
