//! A statistics file, opened by its mapping, or a mapping proposed for it.

use super::observation_import::ObservationImport;
use crate::error::WorkbenchError;
use choro_intake::{
    join::{Crosswalk, KnownArea},
    statistics::{
        self, CellTable, Intake, Mapping, SheetRef, TableError, TableOptions, mapping::SheetChoice, propose::Proposal,
    },
};
use choro_model::Indicator;
use rustc_hash::FxHashMap;
use std::path::Path;

/// What a file gives.
pub(super) enum Taken {
    /// Its cells, the crosswalk, and the text of the mapping.
    Intake(Box<Intake>, Option<Crosswalk>, String),
    /// Nothing yet: it needs a mapping.
    Proposal(Box<Proposal>),
}

/// Opens a file by its mapping; without one, SDMX-CSV by its headings, and for any other file a mapping is proposed.
pub(super) fn take(
    path: &Path,
    how: &ObservationImport,
    indicators: &[Indicator],
    areas: &[KnownArea],
) -> Result<Taken, WorkbenchError> {
    let Some(mapping_path) = &how.mapping else {
        let options = TableOptions { sheet: how.sheet.clone().map(SheetRef::Name), ..TableOptions::default() };
        let rows = statistics::file::open(path, &options, statistics::propose::ROWS)?;
        if !statistics::sdmx::is_sdmx(rows.head()) {
            return Ok(Taken::Proposal(propose(path, rows.head(), how, indicators, areas)?));
        }
        let crosswalk = how.crosswalk.as_ref().map(|spec| Crosswalk::of_spec(spec, &[])).transpose()?;
        let intake = Box::new(statistics::sdmx::read(&*rows, indicators)?);
        return Ok(Taken::Intake(
            intake,
            crosswalk,
            "# SDMX-CSV: read by the ids of its columns, without a mapping\n".to_owned(),
        ));
    };
    let mut mapping = Mapping::read(mapping_path)?;
    let crosswalk = crosswalk(how, &mapping, mapping_path)?;
    let mut text = std::fs::read_to_string(mapping_path)
        .map_err(|source| WorkbenchError::File { path: mapping_path.clone(), source })?;
    if let Some(sheet) = &how.sheet {
        mapping.sheets = SheetChoice::One(Some(SheetRef::Name(sheet.clone())));
        text = format!("# --sheet {sheet:?}\n{text}");
    }
    Ok(Taken::Intake(Box::new(statistics::read_file(path, &mapping, indicators)?), crosswalk, text))
}

fn propose(
    path: &Path,
    table: &CellTable,
    how: &ObservationImport,
    indicators: &[Indicator],
    areas: &[KnownArea],
) -> Result<Box<Proposal>, WorkbenchError> {
    let crosswalk = how.crosswalk.as_ref().map(|spec| Crosswalk::of_spec(spec, &[])).transpose()?;
    let mut by_label: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, area) in areas.iter().enumerate() {
        for label in std::iter::once(area.code.as_str()).chain(area.names.iter().map(String::as_str)) {
            by_label.entry(statistics::comparison_key(label)).or_default().push(index);
        }
    }
    let found = |key: &str| by_label.get(key).cloned().unwrap_or_default();
    let areas_of =
        |key: &str| crosswalk.as_ref().and_then(|crosswalk| crosswalk.code(key)).map_or_else(|| found(key), found);
    let others = if how.sheet.is_none() && table.sheet.is_some() { other_sheets(path) } else { Ok(Vec::new()) };
    let proposed = |table: &CellTable, others: &[CellTable]| statistics::propose(table, others, indicators, &areas_of);
    Ok(Box::new(match others {
        Ok(others) => proposed(table, &others),
        Err(error) => {
            let mut table = table.clone();
            table.notes.push(format!("the other sheets were not looked at: {error}"));
            proposed(&table, &[])
        }
    }))
}

/// Every sheet that is shown. They serve a question only: where they cannot be read, the first one is still worth a proposal.
fn other_sheets(path: &Path) -> Result<Vec<CellTable>, TableError> {
    statistics::file::read_sheets(path, &[SheetRef::Name("*".to_owned())])
}

/// The crosswalk that the command names, else that of the mapping.
pub(super) fn crosswalk(
    how: &ObservationImport,
    mapping: &Mapping,
    mapping_path: &Path,
) -> Result<Option<Crosswalk>, WorkbenchError> {
    let folder = mapping_path.parent().unwrap_or(Path::new(""));
    let of_mapping = || mapping.area.crosswalk.as_ref().map(|crosswalk| crosswalk.spec(folder));
    let spec = how.crosswalk.clone().or_else(of_mapping);
    let joint: Vec<String> = mapping.area.joint.iter().map(|joint| joint.row.clone()).collect();
    Ok(spec.as_ref().map(|spec| Crosswalk::of_spec(spec, &joint)).transpose()?)
}
