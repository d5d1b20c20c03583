//! A table -> a proposed mapping, and what is open in it.

use super::{
    draft::{IndicatorDraft, MappingDraft, PeriodDraft},
    render, survey,
};
use crate::statistics::{file::table::CellTable, mapping::Mapping};
use choro_model::Indicator;

/// How many of a file's rows a proposal looks at.
pub const ROWS: usize = survey::HEAD + survey::SAMPLE;

/// A proposed mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The mapping with comments and a preview of the first rows.
    pub toml: String,
    /// What the operator must fill in first; empty when the mapping works as it is.
    pub open: Vec<String>,
    /// The mapping itself, when nothing is open.
    pub mapping: Option<Mapping>,
}

/// Proposes a mapping. `known` says whether a label (see [`comparison_key`](crate::statistics::comparison_key)) is that of an area.
#[must_use]
pub fn propose(table: &CellTable, indicators: &[Indicator], known: &dyn Fn(&str) -> bool) -> Proposal {
    let Some(draft) = MappingDraft::new(table, indicators, known) else {
        let open = vec!["no row with a label and a number was found: is it the right file and sheet?".to_owned()];
        return Proposal { toml: render::preview(table, 0), open, mapping: None };
    };
    let mut open = Vec::new();
    if let Some(row) = draft.across {
        open.push(format!(
            "the headings of row {} are areas: where the rows are areas too, this is a table of flows, which is no map yet: \
             name its column of totals in value.columns; where the rows are periods, write area.header_row for area.column",
            row + 1
        ));
    }
    if matches!(draft.indicator, IndicatorDraft::Open) {
        let ids: Vec<&str> = indicators.iter().take(40).map(|indicator| indicator.id.as_str()).collect();
        open.push(format!("indicator.value: which indicator this is, one of {}", ids.join(", ")));
    }
    if matches!(draft.period, PeriodDraft::Open) {
        open.push("period.value: which period this is, e.g. 2014 or 2014-Q3".to_owned());
    }
    let toml = render::mapping(table, &draft, &open);
    let mapping = if open.is_empty() { Mapping::parse(&toml, "proposal").ok() } else { None };
    Proposal { toml, open, mapping }
}
