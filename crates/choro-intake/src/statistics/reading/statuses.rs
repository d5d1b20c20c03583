//! The columns beside a value that say something about it: its status, and whether it may be told.

use super::{columns::TableColumns, error::IntakeError, meaning::StatusMeaning, reject::UnplacedReject};
use crate::statistics::{
    comparison::comparison_key,
    file::table::CellTable,
    mapping::{ConfidentialityMapping, StatusMapping},
};
use choro_model::{Cell, ObsStatus, State};
use rustc_hash::{FxHashMap, FxHashSet};

/// The columns that say something about the value of a row, resolved.
pub(crate) struct Statuses {
    status: Option<(usize, FxHashMap<String, StatusMeaning>)>,
    confidentiality: Option<(usize, FxHashSet<String>)>,
    /// Numbers that were dropped, since their row says that they are confidential.
    pub withheld: u64,
}

/// Codes of SDMX CL_OBS_STATUS 2.2: those that say nothing, one of the flags that are kept, or why there is no value.
const SDMX: [(&str, &str); 10] = [
    ("", ""),
    ("A", ""),
    ("B", "B"),
    ("E", "E"),
    ("P", "P"),
    ("H", "missing"),
    ("L", "missing"),
    ("O", "missing"),
    ("M", "invalid"),
    ("Q", "secrecy"),
];

impl Statuses {
    pub(crate) fn new(
        columns: &TableColumns<'_>,
        status: Option<&StatusMapping>,
        confidentiality: Option<&ConfidentialityMapping>,
    ) -> Result<Self, IntakeError> {
        let status = status.map(|status| Self::status(columns, status)).transpose()?;
        let confidentiality = confidentiality.map(|mapping| {
            let column = columns.find("confidentiality.column", &mapping.column)?;
            Ok((column, mapping.public.iter().map(|text| comparison_key(text)).collect()))
        });
        Ok(Self { status, confidentiality: confidentiality.transpose()?, withheld: 0 })
    }

    fn status(
        columns: &TableColumns<'_>,
        mapping: &StatusMapping,
    ) -> Result<(usize, FxHashMap<String, StatusMeaning>), IntakeError> {
        let column = columns.find("status.column", &mapping.column)?;
        let declared = mapping.values.iter().flatten().map(|(text, meaning)| (text.as_str(), meaning.as_str()));
        let mut meanings = FxHashMap::default();
        for (text, meaning) in SDMX.into_iter().chain(declared) {
            let meaning = StatusMeaning::parse(meaning).map_err(|what| columns.error("status.values", what))?;
            meanings.insert(comparison_key(text), meaning);
        }
        Ok((column, meanings))
    }

    /// The columns that are read for them.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        let status = self.status.as_ref().map(|(column, _)| *column);
        status.into_iter().chain(self.confidentiality.as_ref().map(|(column, _)| *column))
    }

    /// Applies to a cell what its row says about it. What is wrong comes with its column. `flag` is what a footnote has said already.
    pub(crate) fn apply(
        &mut self,
        table: &CellTable,
        row: usize,
        cell: Cell,
        flag: Option<ObsStatus>,
    ) -> Result<(Cell, Option<ObsStatus>), (UnplacedReject, usize)> {
        if let Some((column, public)) = &self.confidentiality
            && !public.contains(&comparison_key(&table.get(row, *column).to_string()))
        {
            self.withheld += u64::from(cell.number().is_some());
            return Ok((Cell::State(State::Secrecy), None));
        }
        let Some((column, meanings)) = &self.status else { return Ok((cell, flag)) };
        let text = comparison_key(&table.get(row, *column).to_string());
        let meaning = meanings.get(&text).ok_or_else(|| {
            let remedy = "say in status.values what it stands for: B, E, P, missing, secrecy, invalid or nothing";
            (UnplacedReject::new("status", &text, "status.unknown", remedy), *column)
        })?;
        let (cell, status) = meaning.apply(cell, &text).map_err(|problem| (problem, *column))?;
        Ok((cell, status.or(flag)))
    }
}
