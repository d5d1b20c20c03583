//! A table of a page while its tags are met. Tags that are left out are made up for: a cell ends where the next one begins.

use super::{
    super::sheet::{
        cell_look::TextLook,
        marked_text::TextRun,
        place::{CellBlock, CellPlace},
    },
    tags,
};
use html5gum::StartTag;

/// Most rows or columns that one cell spans: as many as browsers take.
const MAX_SPAN: [u32; 2] = [65_534, 1_000];

/// A table of a page.
#[derive(Debug, Default)]
pub struct HtmlTable {
    /// Its caption.
    pub caption: String,
    /// Its cells.
    pub cells: Vec<HtmlCell>,
    /// Its rows that are not shown.
    pub hidden_rows: Vec<u32>,
    /// Whether it is not shown as a whole.
    pub is_hidden: bool,
    /// How many rows have begun.
    rows: u32,
    column: u32,
    /// For how many rows more each column is taken by a cell from above.
    taken: Vec<u32>,
    open: Option<HtmlCell>,
    /// The elements within the open cell that change the look of text.
    looks: Vec<(Vec<u8>, TextLook)>,
    is_in_caption: bool,
}

/// A cell, with what it spans.
#[derive(Debug)]
pub struct HtmlCell {
    /// The cells that it stands for.
    pub block: CellBlock,
    /// Its text.
    pub runs: Vec<TextRun>,
    /// How its text looks by itself.
    pub look: TextLook,
}

impl HtmlTable {
    /// Begins a table.
    pub fn new(tag: &StartTag<()>) -> Self {
        Self { is_hidden: tags::is_hidden(tag), ..Self::default() }
    }

    /// Begins an element within the table.
    pub fn start(&mut self, tag: &StartTag<()>) {
        // The end tag of a caption may be left out before any of these.
        self.is_in_caption &= !tags::is_part_of_table(&tag.name);
        match tag.name.as_slice() {
            b"tr" => self.row(tag),
            b"td" | b"th" => self.cell(tag),
            b"caption" => self.is_in_caption = true,
            name if tags::breaks_line(name) => self.text(" "),
            name => {
                let within = self
                    .looks
                    .last()
                    .map_or_else(|| self.open.as_ref().map_or(TextLook::default(), |open| open.look), |(_, look)| *look);
                if let Some(look) = tags::look(tag, within).filter(|_| self.open.is_some() && !tag.self_closing) {
                    self.looks.push((name.to_owned(), look));
                }
            }
        }
    }

    /// Ends an element within the table.
    pub fn end(&mut self, name: &[u8]) {
        match name {
            b"tr" | b"td" | b"th" => self.end_cell(),
            b"caption" => self.is_in_caption = false,
            name if tags::breaks_line(name) => self.text(" "),
            name if tags::is_of_looks(name) => {
                if let Some(at) = self.looks.iter().rposition(|(open, _)| open == name) {
                    self.looks.truncate(at);
                }
            }
            _ => {}
        }
    }

    /// Adds text. Runs of blanks are one blank, but for those that do not break.
    pub fn text(&mut self, text: &str) {
        if self.is_in_caption {
            push_collapsed(&mut self.caption, text);
        }
        let Some(open) = &mut self.open else { return };
        let look = self.looks.last().map(|(_, look)| *look);
        match open.runs.last_mut() {
            Some(last) if last.look == look => push_collapsed(&mut last.text, text),
            last => {
                let is_after_blank = last.is_none_or(|last| last.text.ends_with(' '));
                let mut piece = String::new();
                push_collapsed(
                    &mut piece,
                    if is_after_blank { text.trim_start_matches(|c: char| c.is_ascii_whitespace()) } else { text },
                );
                if !piece.is_empty() {
                    open.runs.push(TextRun { text: piece, look });
                }
            }
        }
    }

    /// Ends the table.
    pub fn finish(&mut self) {
        self.end_cell();
        self.caption = self.caption.trim().to_owned();
    }

    /// Whether it has at least so many rows and columns with something in them.
    pub fn is_at_least(&self, rows: usize, columns: usize) -> bool {
        let full = || self.cells.iter().filter(|cell| cell.runs.iter().any(|run| !run.text.trim().is_empty()));
        let count = |line: fn(&CellPlace) -> u32| {
            let mut lines: Vec<u32> = full().map(|cell| line(&cell.block.first)).collect();
            lines.sort_unstable();
            lines.dedup();
            lines.len()
        };
        count(|place| place.row) >= rows && count(|place| place.column) >= columns
    }

    fn row(&mut self, tag: &StartTag<()>) {
        self.end_cell();
        self.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        if tags::is_hidden(tag) {
            self.hidden_rows.push(self.rows);
        }
        self.rows = self.rows.saturating_add(1);
        self.column = 0;
    }

    fn cell(&mut self, tag: &StartTag<()>) {
        self.end_cell();
        while self.taken.get(self.column as usize).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let [rows, columns] =
            [("rowspan", MAX_SPAN[0]), ("colspan", MAX_SPAN[1])].map(|(name, most)| tags::span(tag, name, most));
        let end = self.column.saturating_add(columns).min(CellPlace::END.column) as usize;
        if self.taken.len() < end {
            self.taken.resize(end, 0);
        }
        // The row itself counts, since each new row takes one off.
        self.taken.iter_mut().take(end).skip(self.column as usize).for_each(|taken| *taken = rows);
        let first = CellPlace { row: self.rows.saturating_sub(1), column: self.column };
        let look = tags::style_look(tag, TextLook::default());
        self.open = Some(HtmlCell { block: CellBlock::sized(first, rows, columns), runs: Vec::new(), look });
        self.column = self.column.saturating_add(columns);
    }

    fn end_cell(&mut self) {
        self.looks.clear();
        let Some(mut cell) = self.open.take() else { return };
        if let Some(last) = cell.runs.last_mut() {
            let end = last.text.trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
            last.text.truncate(end);
        }
        self.cells.push(cell);
    }
}

/// Appends a text in which each run of ASCII white space is one blank.
fn push_collapsed(to: &mut String, text: &str) {
    for sign in text.chars() {
        match sign.is_ascii_whitespace() {
            true if to.ends_with(' ') => {}
            true => to.push(' '),
            false => to.push(sign),
        }
    }
}
