//! Several sheets of one layout -> one intake: one import, one report.

use super::{
    cells::{LabelledCell, SpoolError},
    intake::{FileLabel, Intake},
    reject::Reject,
};
use crate::statistics::doubt::Doubt;
use choro_model::Selection;
use rustc_hash::FxHashMap;

/// What was taken from several sheets of one layout, each label and selection once.
#[derive(Default)]
pub struct MergedSheets {
    /// What was taken so far.
    pub intake: Intake,
    labels: FxHashMap<String, u32>,
    selections: FxHashMap<Selection, u32>,
}

impl MergedSheets {
    /// Adds what was taken from one more sheet.
    pub fn add(&mut self, part: Intake, sheet: String) -> Result<(), SpoolError> {
        let at = |list: &[u32], index: u32| list.get(index as usize).copied().unwrap_or_default();
        let number = u16::try_from(self.intake.sheets.len()).unwrap_or(u16::MAX);
        let labels: Vec<u32> = part.labels.into_iter().map(|label| self.label(label)).collect();
        let selections: Vec<u32> = part.selections.into_iter().map(|selection| self.selection(selection)).collect();
        let whole = &mut self.intake;
        whole.file = part.file;
        whole.restore = part.restore;
        whole.split = part.split;
        whole.notes.extend(part.notes.into_iter().map(|note| format!("sheet {sheet:?}: {note}")));
        whole
            .doubts
            .extend(part.doubts.into_iter().map(|doubt| Doubt::new(doubt.kind, format!("sheet {sheet:?}: {}", doubt.what))));
        for mut column in part.unread {
            column.name += &format!(" of sheet {sheet:?}");
            column.pairs.iter_mut().chain(&mut column.filled).for_each(|pair| pair.label = at(&labels, pair.label));
            whole.unread.push(column);
        }
        whole.rows += part.rows;
        whole.rejected_rows += part.rejected_rows;
        whole.blank_rows += part.blank_rows;
        whole.left_out += part.left_out;
        for cell in part.cells.iter() {
            let cell = cell?;
            let (label, selection) = (at(&labels, cell.label), at(&selections, cell.selection));
            whole.cells.push(LabelledCell { label, selection, sheet: number, ..cell })?;
        }
        let on_sheet = |reject: Reject| Reject { column: format!("{} of sheet {sheet:?}", reject.column), ..reject };
        whole.rejects.append(part.rejects, on_sheet);
        whole.sheets.push(sheet);
        Ok(())
    }

    fn label(&mut self, label: FileLabel) -> u32 {
        if let Some(id) = self.labels.get(&label.key) {
            if let Some(known) = self.intake.labels.get_mut(*id as usize) {
                known.rows = known.rows.saturating_add(label.rows);
            }
            return *id;
        }
        let id = u32::try_from(self.intake.labels.len()).unwrap_or(u32::MAX);
        self.labels.insert(label.key.clone(), id);
        self.intake.labels.push(label);
        id
    }

    fn selection(&mut self, selection: Selection) -> u32 {
        if let Some(id) = self.selections.get(&selection) {
            return *id;
        }
        let id = u32::try_from(self.intake.selections.len()).unwrap_or(u32::MAX);
        self.selections.insert(selection.clone(), id);
        self.intake.selections.push(selection);
        id
    }
}
