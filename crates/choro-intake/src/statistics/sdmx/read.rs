//! A table of SDMX-CSV -> what it says of the indicators.

use super::{
    columns::{self, SdmxColumns},
    meanings,
    to_mapping::to_mapping,
    without_labels::WithoutLabels,
};
use crate::statistics::{
    doubt::{Doubt, DoubtKind},
    file::{rows::Rows, table::CellTable},
    reading::{error::FileError, intake::Intake, read::read_known},
    scrutiny::{
        periods::{self, PeriodText},
        unread_columns::UnreadColumn,
    },
};
use choro_model::Indicator;

/// Longest text that is taken for a code.
const LONGEST_CODE: usize = 20;

/// Whether a table begins as SDMX-CSV does.
#[must_use]
pub fn is_sdmx(table: &CellTable) -> bool {
    let id = |column| columns::id(&table.get(0, column).to_string());
    let (first, second) = (id(0), id(1));
    (first == "DATAFLOW" && !second.is_empty())
        || (first == "STRUCTURE" && second == "STRUCTURE_ID")
        || SdmxColumns::new(table).is_whole()
}

/// Takes what an SDMX-CSV file says of the indicators.
///
/// # Errors
///
/// Where a column that every SDMX-CSV file has is absent, or the file cannot be read again.
pub fn read(rows: &dyn Rows, indicators: &[Indicator]) -> Result<Intake, FileError> {
    if columns::have_labels(rows.head()) {
        return read_ids(&WithoutLabels::new(rows)?, indicators);
    }
    read_ids(rows, indicators)
}

fn read_ids(rows: &dyn Rows, indicators: &[Indicator]) -> Result<Intake, FileError> {
    let known = to_mapping(rows, indicators)?;
    let mut intake = read_known(rows, &known.mapping, &known.columns, indicators)?;
    if !known.has_frequency {
        let texts = known.periods.iter().map(|text| PeriodText { text, period: meanings::period(text).parse().ok() });
        intake.doubts.extend(periods::of_texts(&texts.collect::<Vec<_>>()));
        intake.doubts.extend(periods::mixed(&intake.selections));
    }
    let doubts = intake.unread.iter_mut().filter_map(unknown_dimension).collect::<Vec<_>>();
    intake.doubts.extend(doubts);
    intake.notes.splice(0..0, known.notes);
    Ok(intake)
}

/// The doubt about a column of codes of which nothing is known: it may be a dimension.
fn unknown_dimension(column: &mut UnreadColumn) -> Option<Doubt> {
    let is_code = |text: &String| {
        text.len() <= LONGEST_CODE
            && text.contains(|c: char| c.is_ascii_uppercase())
            && text.chars().all(|c| matches!(c, 'A'..='Z' | '0'..='9' | '_' | '-' | '@' | '+'))
    };
    let is_total = |text: &String| meanings::TOTALS.contains(&text.as_str());
    if column.is_settled || !column.texts.iter().all(is_code) {
        return None;
    }
    let text = column.texts.iter().find(|text| !is_total(text))?;
    let what = format!(
        "column {} has codes, as {text:?}, and may be a dimension that no indicator has: add it there, or keep only its total (_T)",
        column.name
    );
    column.is_settled = true;
    Some(Doubt::new(DoubtKind::UnreadDimension, what))
}
