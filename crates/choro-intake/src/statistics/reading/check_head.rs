//! Whether headings and constants mean something, before any row is read.

use super::{
    columns::TableColumns,
    error::IntakeError,
    layout::{LabelPlace, Layout},
    reject::UnplacedReject,
    selections::Selections,
};
use std::collections::BTreeSet;

/// Refuses a mapping by which all columns would be one figure, or a heading or constant that means nothing. It would reject every
/// row alike, so it is told as a fault of the mapping.
pub fn check_head(columns: &TableColumns<'_>, layout: &Layout, selections: &mut Selections<'_>) -> Result<(), IntakeError> {
    let are_columns_areas = matches!(layout.labels, LabelPlace::Headings(_));
    if layout.values.len() > 1 && !are_columns_areas && selections.is_independent_of_columns() {
        let what = format!(
            "{} columns, but neither indicator, period nor a dimension is taken from a heading, so that all would be the \
             same figure; where the headings are areas too, this is a table of flows, which is no map yet: take its \
             column of totals, or its row of totals by area.header_row and only",
            layout.values.len()
        );
        return Err(columns.error("value.columns", what));
    }
    if !selections.is_independent_of_rows() {
        return Ok(());
    }
    let wrong =
        layout.values.iter().enumerate().filter_map(|(position, column)| Some((*column, selections.at(position).err()?)));
    let wrong: Vec<(usize, UnplacedReject)> = wrong.collect();
    let Some((column, reject)) = wrong.first() else { return Ok(()) };
    let columns_wrong: BTreeSet<usize> = wrong.iter().map(|(column, _)| *column).collect();
    let right: Vec<usize> = layout.values.iter().copied().filter(|column| !columns_wrong.contains(column)).collect();
    let without = match (reject.field.as_str(), &right[..]) {
        ("period", []) => "; if the whole file is of one period, write it as period.value".to_owned(),
        ("period", right) => format!("; to leave out what is no period, write value.columns = [{}]", columns.ranges(right)),
        _ => String::new(),
    };
    let what = format!("column {}: {:?}: {}{without}", columns.name(*column), reject.got, reject.remedy);
    Err(columns.error(&reject.field, what))
}
