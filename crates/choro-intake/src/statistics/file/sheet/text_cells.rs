//! Texts of a sheet, without what is put beside them or struck out.

use super::{
    cell_look::{CellLook, TextLook},
    findings::Finding,
    marked_text::{MarkedText, TextRun},
    place::CellPlace,
    shared_texts::SharedTexts,
    sheet_reading::SheetReading,
};
use crate::statistics::file::{error::TableError, table::CellContent};

impl SheetReading<'_> {
    /// A text of one look.
    pub fn text(&mut self, place: CellPlace, text: &str, look: &CellLook) -> Result<(), TableError> {
        if look.text == TextLook::default() {
            return self.text_as_it_is(place, text);
        }
        let marked = MarkedText::of_one_look(text, look.text);
        self.marked_text(place, &marked)
    }

    /// A text in pieces of several looks.
    pub fn runs(&mut self, place: CellPlace, runs: &[TextRun], look: &CellLook) -> Result<(), TableError> {
        self.marked_text(place, &MarkedText::new(runs, look.text))
    }

    /// A text of the workbook's list, by its number there.
    pub fn shared_text(
        &mut self,
        place: CellPlace,
        number: u32,
        texts: &SharedTexts,
        look: &CellLook,
    ) -> Result<(), TableError> {
        let Some(text) = texts.get(number) else {
            let reason = format!("{place} holds text {number}, of which there is none");
            return Err(self.damaged(reason));
        };
        if let Some(runs) = texts.runs(number) {
            return self.runs(place, runs, look);
        }
        if look.text != TextLook::default() {
            return self.text(place, text, look);
        }
        self.count_text(text)?;
        let stored = match self.shared.get(&number) {
            Some(stored) => *stored,
            None => self.table.keep(CellContent::Text(text), place.row as usize)?,
        };
        self.shared.insert(number, stored);
        self.push_kept(place, stored)
    }

    /// True or false.
    pub fn truth(&mut self, place: CellPlace, truth: bool) -> Result<(), TableError> {
        self.text_as_it_is(place, if truth { "TRUE" } else { "FALSE" })
    }

    /// Whether a cell is struck out or superscript as a whole; then it is told, and counts as empty.
    pub(super) fn is_marked_off(&mut self, place: CellPlace, look: TextLook, says: &str) -> bool {
        let finding = match (look.struck, look.raised) {
            (true, _) => Finding::OnlyStruck,
            (false, true) => Finding::OnlyRaised,
            (false, false) => return false,
        };
        self.findings.add(finding, place, || format!("{:?}", cut(says)));
        true
    }

    fn marked_text(&mut self, place: CellPlace, marked: &MarkedText) -> Result<(), TableError> {
        let MarkedText { text, marks, struck } = marked;
        let is_empty = text.trim().is_empty();
        for (piece, part, whole) in
            [(marks, Finding::Raised, Finding::OnlyRaised), (struck, Finding::Struck, Finding::OnlyStruck)]
        {
            if !piece.trim().is_empty() {
                self.findings.add(if is_empty { whole } else { part }, place, || format!("{:?}", cut(piece.trim())));
            }
        }
        if is_empty && !(marks.is_empty() && struck.is_empty()) { Ok(()) } else { self.text_as_it_is(place, text) }
    }

    pub(super) fn text_as_it_is(&mut self, place: CellPlace, text: &str) -> Result<(), TableError> {
        if text.is_empty() {
            return Ok(());
        }
        self.count_text(text)?;
        self.push(place, CellContent::Text(text))
    }
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
