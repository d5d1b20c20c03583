//! The list of texts that the cells of a workbook share.

use super::marked_text::TextRun;
use rustc_hash::FxHashMap;

/// Texts by their numbers. They lie in one buffer, so that a short text costs little more than its letters.
#[derive(Debug, Default)]
pub struct SharedTexts {
    buffer: String,
    ends: Vec<usize>,
    /// The pieces of those texts that have several looks.
    runs: FxHashMap<u32, Vec<TextRun>>,
}

impl SharedTexts {
    /// Appends a text in pieces.
    pub fn push(&mut self, runs: Vec<TextRun>) {
        runs.iter().for_each(|run| self.buffer.push_str(&run.text));
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ends.push(self.buffer.len());
        // A piece without a look of its own looks like its cell, so a text of such pieces has one look.
        if runs.iter().any(|run| run.look.is_some()) {
            self.runs.insert(number, runs);
        }
    }

    /// The text of a number.
    pub fn get(&self, number: u32) -> Option<&str> {
        let index = number as usize;
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.buffer.get(start..*self.ends.get(index)?)
    }

    /// Its pieces, where it has several looks.
    pub fn runs(&self, number: u32) -> Option<&[TextRun]> {
        self.runs.get(&number).map(Vec::as_slice)
    }
}
