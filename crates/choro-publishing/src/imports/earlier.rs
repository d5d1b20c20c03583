//! What an import is compared with: the last one of the same statistics.
//!
//! Last month's file had rows for A, B and C; this month's ends behind B. Each is a good file by itself.

use choro_intake::{
    join::JoinReport,
    statistics::{Doubt, DoubtKind},
};
use choro_store::ImportRecord;
use serde::Deserialize;
use std::collections::HashSet;

/// Areas named of those that are lacking.
const NAMED: usize = 10;

/// What is known of an earlier import.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// By the same mapping, so that rows may be compared.
    rows: Option<(String, u64)>,
    /// The file's name, and its areas.
    areas: Option<(String, HashSet<String>)>,
}

/// What of an earlier report matters here.
#[derive(Debug, Deserialize)]
struct Report {
    rows: u64,
    matched: Vec<Matched>,
    by_period: Vec<OfIndicator>,
}

#[derive(Debug, Deserialize)]
struct Matched {
    code: String,
}

#[derive(Debug, Deserialize)]
struct OfIndicator {
    indicator: String,
}

impl Earlier {
    /// Imports that are looked at, from the last one back.
    pub(super) const LOOKED_AT: u32 = 20;

    /// The last import by the same mapping or, if there is none, with an indicator of this one.
    pub(super) fn of(records: &[ImportRecord], mapping: &str, report: &JoinReport) -> Self {
        let indicators: HashSet<&str> = report.by_period.iter().map(|count| count.indicator.as_str()).collect();
        // A report of an older version of the program may lack something: it cannot be compared.
        let of_record = |record: &ImportRecord| serde_json::from_str::<Report>(&record.report_json).ok();
        let shares = |earlier: &Report| earlier.by_period.iter().any(|count| indicators.contains(count.indicator.as_str()));
        let by_mapping = records.iter().find(|record| record.mapping == mapping);
        let found = by_mapping
            .and_then(|record| Some((record, of_record(record)?)))
            .or_else(|| records.iter().find_map(|record| Some((record, of_record(record).filter(shares)?))));
        let Some((record, earlier)) = found else { return Self::default() };
        let name = || record.file_name.clone();
        Self {
            rows: (record.mapping == mapping).then(|| (name(), earlier.rows)),
            areas: Some((name(), earlier.matched.into_iter().map(|matched| matched.code).collect())),
        }
    }

    /// What this one lacks.
    pub(super) fn doubts(&self, report: &JoinReport) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        // Rows that are rejected or whose labels are at fault are listed as such.
        if let Some((file, rows)) = self.rows.as_ref().filter(|(_, rows)| *rows > report.rows + report.rejected_rows) {
            let what = format!("{} rows, and the last file by this mapping, {file}, had {rows}", report.rows);
            doubts.push(Doubt::new(DoubtKind::FewerRows, what));
        }
        if let Some((file, areas)) = &self.areas {
            let lacking: Vec<&str> = report.areas_without_row().into_iter().filter(|code| areas.contains(*code)).collect();
            if lacking.len() as u64 > report.unmatched.len() as u64 + report.rejected_rows {
                let named = lacking.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
                let what = format!("{} areas have no row, which they had in {file}: {named}", lacking.len());
                doubts.push(Doubt::new(DoubtKind::FewerAreas, what));
            }
        }
        doubts
    }
}
