//! What a status says about a cell: nothing, a flag to keep, or why there is no value.

use super::{
    labels::key,
    layout::{Columns, IntakeError},
    reject::Problem,
};
use crate::statistics::{
    file::table::Table,
    mapping::{ConfidentialityMapping, StatusMapping},
};
use choro_model::{Cell, ObsStatus, State};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Normal,
    Flag(ObsStatus),
    State(State),
}

impl Meaning {
    /// Of a meaning as a mapping writes it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match (text, ObsStatus::parse(text), State::parse(text)) {
            ("", _, _) => Ok(Self::Normal),
            (_, Some(flag), _) => Ok(Self::Flag(flag)),
            (_, _, Some(state)) => Ok(Self::State(state)),
            _ => Err(format!("{text:?} is not valid: expected B, E, P, missing, secrecy, invalid or nothing")),
        }
    }

    /// A status that says why there is no value overrides an empty cell and contradicts a number. `text` is what said so.
    pub(crate) fn apply(self, cell: Cell, text: &str) -> Result<(Cell, Option<ObsStatus>), Problem> {
        match (self, cell) {
            (Self::Normal, cell) => Ok((cell, None)),
            (Self::Flag(flag), cell) => Ok((cell, Some(flag))),
            (Self::State(state), Cell::State(_)) => Ok((Cell::State(state), None)),
            (Self::State(_), Cell::Value(_)) => {
                let remedy = "the status says that there is no value, but there is one: correct either";
                Err(Problem::new("status", text, "status.contradicts_value", remedy))
            }
        }
    }
}

/// The columns that say something about the value of a row, resolved.
pub(crate) struct Statuses {
    status: Option<(usize, FxHashMap<String, Meaning>)>,
    confidentiality: Option<(usize, FxHashSet<String>)>,
    /// Numbers that were dropped, since their row says that they are confidential.
    pub withheld: u64,
}

/// SDMX CL_OBS_STATUS 2.2, those codes that say either nothing, one of the kept flags, or why there is no value.
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
        columns: &Columns<'_>,
        status: Option<&StatusMapping>,
        confidentiality: Option<&ConfidentialityMapping>,
    ) -> Result<Self, IntakeError> {
        let status = status.map(|status| Self::status(columns, status)).transpose()?;
        let confidentiality = confidentiality.map(|mapping| {
            let column = columns.find("confidentiality.column", &mapping.column)?;
            Ok((column, mapping.public.iter().map(|text| key(text)).collect()))
        });
        Ok(Self { status, confidentiality: confidentiality.transpose()?, withheld: 0 })
    }

    fn status(columns: &Columns<'_>, mapping: &StatusMapping) -> Result<(usize, FxHashMap<String, Meaning>), IntakeError> {
        let column = columns.find("status.column", &mapping.column)?;
        let declared = mapping.values.iter().flatten().map(|(text, meaning)| (text.as_str(), meaning.as_str()));
        let mut meanings = FxHashMap::default();
        for (text, meaning) in SDMX.into_iter().chain(declared) {
            let meaning = Meaning::parse(meaning).map_err(|what| columns.error("status.values", what))?;
            meanings.insert(key(text), meaning);
        }
        Ok((column, meanings))
    }

    /// What the row says about its cell. The problem comes with its column. `flag` is what a footnote said already.
    pub(crate) fn apply(
        &mut self,
        table: &Table,
        row: usize,
        cell: Cell,
        flag: Option<ObsStatus>,
    ) -> Result<(Cell, Option<ObsStatus>), (Problem, usize)> {
        if let Some((column, public)) = &self.confidentiality
            && !public.contains(&key(&table.get(row, *column).to_string()))
        {
            self.withheld += u64::from(cell.number().is_some());
            return Ok((Cell::State(State::Secrecy), None));
        }
        let Some((column, meanings)) = &self.status else { return Ok((cell, flag)) };
        let text = key(&table.get(row, *column).to_string());
        let meaning = meanings.get(&text).ok_or_else(|| {
            let remedy = "say in status.values what it stands for: B, E, P, missing, secrecy, invalid or nothing";
            (Problem::new("status", &text, "status.unknown", remedy), *column)
        })?;
        let (cell, status) = meaning.apply(cell, &text).map_err(|problem| (problem, *column))?;
        Ok((cell, status.or(flag)))
    }
}
