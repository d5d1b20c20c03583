//! Several sheets of one layout -> one intake: one import, one report.

use super::{
    cells::{LabelledCell, SpoolError},
    layout::IntakeError,
    reading::{self, Intake, Label},
    reject::Reject,
};
use crate::statistics::{
    file::table::{self, TableError},
    mapping::Mapping,
};
use choro_model::{Indicator, Selection};
use rustc_hash::FxHashMap;
use std::path::Path;

/// Why a file gives nothing.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The mapping does not fit it.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// There is no room for its cells.
    #[error(transparent)]
    Spool(#[from] SpoolError),
}

/// Reads a file by its mapping: one table, or every sheet that the mapping names. Delimited text is read a part at a time,
/// unless a row is a total by what stands below it, which may be far away.
pub fn read_file(path: &Path, mapping: &Mapping, indicators: &[Indicator]) -> Result<Intake, FileError> {
    if mapping.sheets.is_empty() {
        let options = mapping.table_options();
        return match mapping.looks_ahead() {
            true => reading::read(&table::read(path, &options)?, mapping, indicators),
            false => reading::read(&*table::open(path, &options, mapping.head_rows())?, mapping, indicators),
        };
    }
    let mut whole = Merged::default();
    for table in table::read_sheets(path, &mapping.sheets)? {
        let intake = reading::read(&table, mapping, indicators).map_err(|error| on_sheet(error, table.sheet.as_deref()))?;
        whole.add(intake, table.sheet.unwrap_or_default())?;
    }
    Ok(whole.intake)
}

/// Names the sheet in the error's place.
fn on_sheet(error: FileError, sheet: Option<&str>) -> FileError {
    let place = |file: String| format!("{file}: sheet {:?}", sheet.unwrap_or_default());
    let FileError::Intake(error) = error else { return error };
    FileError::Intake(match error {
        IntakeError::Column { file, key, what, columns } => IntakeError::Column { file: place(file), key, what, columns },
        IntakeError::Mapping { file, key, what } => IntakeError::Mapping { file: place(file), key, what },
    })
}

#[derive(Default)]
struct Merged {
    intake: Intake,
    labels: FxHashMap<String, u32>,
    selections: FxHashMap<Selection, u32>,
}

impl Merged {
    fn add(&mut self, part: Intake, sheet: String) -> Result<(), SpoolError> {
        let number = u16::try_from(self.intake.sheets.len()).unwrap_or(u16::MAX);
        let labels: Vec<u32> = part.labels.into_iter().map(|label| self.label(label)).collect();
        let selections: Vec<u32> = part.selections.into_iter().map(|selection| self.selection(selection)).collect();
        let whole = &mut self.intake;
        whole.file = part.file;
        whole.restore = part.restore;
        whole.notes.extend(part.notes.into_iter().map(|note| format!("sheet {sheet:?}: {note}")));
        whole.rows += part.rows;
        whole.blank_rows += part.blank_rows;
        whole.left_out += part.left_out;
        let at = |list: &[u32], index: u32| list.get(index as usize).copied().unwrap_or_default();
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

    fn label(&mut self, label: Label) -> u32 {
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
