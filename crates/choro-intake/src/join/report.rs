//! The join report: what became of every row and every area.

use super::{KnownArea, candidates::Candidate, correction, matching::MatchedBy};
use crate::statistics::{Doubt, DoubtKind, Intake, LabelledCell, Rejects};
use choro_model::{Cell, IndicatorId, Period, Selection, State};
use serde::Serialize;
use std::collections::BTreeMap;

mod print;

/// Rows named of one conflict.
const MAX_PLACES: usize = 10;

/// What became of every row and every area.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct JoinReport {
    /// The statistics file.
    pub file: String,
    /// Rows of data with a label.
    pub rows: u64,
    /// Different labels.
    pub labels: u64,
    /// Observations joined.
    pub observations: u64,
    /// What was found rather than declared.
    pub notes: Vec<String>,
    /// What the import asks about before it stores.
    pub doubts: Vec<Doubt>,
    /// Labels that found their area, and by which step.
    pub matched: Vec<Matched>,
    /// Labels that found none.
    pub unmatched: Vec<Unmatched>,
    /// Unmatched labels that were not compared with all areas, since there were too many.
    pub not_compared: u64,
    /// Totals and groups, by the mapping.
    pub groups: Vec<GroupRow>,
    /// Rows whose values an area takes instead of the larger row's, by the mapping.
    pub parts: Vec<PartRow>,
    /// Rows that several areas share, by the mapping: their figures are nobody's alone.
    pub joints: Vec<JointRow>,
    /// Areas and selections whose cells contradict each other, named or not. An import with any is refused.
    pub contradictions: u64,
    /// The first ten thousand of them.
    pub conflicts: Vec<Duplicate>,
    /// Cells that repeat another cell of the same area and selection; they count once.
    pub repeated: u64,
    /// Areas of the set without a value.
    pub areas_without_value: Vec<AreaGap>,
    /// Areas with observations but without a polygon: they are in tables, not on the map.
    pub areas_without_polygon: Vec<AreaGap>,
    /// Values and states by indicator and period.
    pub by_period: Vec<PeriodCount>,
    /// Cells that could not be read.
    pub rejects: Rejects,
}

/// A label that found its area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// The area.
    pub code: String,
    /// The step.
    pub by: MatchedBy,
}

/// A label that found no area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unmatched {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// How many rows bear it.
    pub rows: u32,
    /// Why.
    #[serde(flatten)]
    pub why: WhyUnmatched,
    /// Areas that may have been meant, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Why a label found no area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyUnmatched {
    /// No code or name is equal.
    Unknown,
    /// The crosswalk has the label with an empty code.
    BlankInCrosswalk,
    /// The crosswalk gives a code that the boundary set does not have.
    CodeNotInSet {
        /// That code.
        code: String,
    },
    /// Several areas have that name.
    Ambiguous,
}

/// A total or a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
}

/// A row whose values an area takes, since its polygon excludes its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartRow {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// The label of the larger row.
    pub of: String,
    /// The area.
    pub code: String,
    /// Cells of the larger row that it replaces.
    pub replaced: u64,
    /// Of these, cells where it has no value, so that the area has none.
    pub missing: u64,
}

/// A row that several areas share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointRow {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// The areas, which are missing there.
    pub codes: Vec<String>,
    /// Numbers of the row that are on no map.
    pub values: u64,
}

/// Cells of one area and selection that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Duplicate {
    /// The area.
    pub code: String,
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// The codes of the dimensions.
    pub codes: Vec<String>,
    /// Row, column and content of each, at most ten.
    pub cells: Vec<Contradiction>,
}

/// One of the contradicting cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contradiction {
    /// Row from 1.
    pub row: u32,
    /// Column from 1.
    pub column: u32,
    /// The value or state as text, with the status.
    pub content: String,
}

/// An area of which something is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaGap {
    /// Its code.
    pub code: String,
    /// Its first name.
    pub name: String,
    /// What there is.
    pub gap: Gap,
}

/// What an area has instead of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// No row of the file.
    NoRow,
    /// Rows, but with states only.
    OnlyStates,
}

/// Values and states of one indicator and period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PeriodCount {
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// Cells with a value.
    pub values: u64,
    /// Cells of each state.
    pub missing: u64,
    /// Withheld.
    pub secrecy: u64,
    /// Cannot occur.
    pub invalid: u64,
}

impl JoinReport {
    pub(super) fn of(intake: &Intake) -> Self {
        Self {
            file: intake.file.clone(),
            rows: intake.rows,
            labels: intake.labels.len() as u64,
            notes: intake.notes.clone(),
            doubts: intake.doubts.clone(),
            ..Self::default()
        }
    }

    /// Labels matched by each step.
    #[must_use]
    pub fn matched_by(&self, by: MatchedBy) -> usize {
        self.matched.iter().filter(|matched| matched.by == by).count()
    }

    /// Whether every row found its place: nothing unmatched, contradicted or rejected.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.unmatched.is_empty() && self.contradictions == 0 && self.rejects.is_empty()
    }

    /// The doubts that are not among those accepted.
    #[must_use]
    pub fn open_doubts(&self, accepted: &[DoubtKind]) -> Vec<DoubtKind> {
        let mut kinds: Vec<DoubtKind> = self.doubts.iter().map(|doubt| doubt.kind).collect();
        kinds.retain(|kind| !accepted.contains(kind));
        kinds.dedup();
        kinds
    }

    /// The codes of areas without a row.
    #[must_use]
    pub fn areas_without_row(&self) -> Vec<&str> {
        let rowless = self.areas_without_value.iter().filter(|area| area.gap == Gap::NoRow);
        rowless.map(|area| area.code.as_str()).collect()
    }

    /// The report for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        print::text(self)
    }

    /// All labels with their codes, to correct and hand back as `FILE:label=code`.
    #[must_use]
    pub fn correction_csv(&self) -> String {
        correction::write(self)
    }
}

/// Counts values and states by selection.
pub(super) struct Counts(Vec<PeriodCount>);

impl Counts {
    pub(super) fn new(selections: usize) -> Self {
        Self(vec![PeriodCount::default(); selections])
    }

    pub(super) fn add(&mut self, selection: u32, cell: Cell) {
        if let Some(count) = self.0.get_mut(selection as usize) {
            match cell {
                Cell::Value(_) => count.values += 1,
                Cell::State(State::Missing) => count.missing += 1,
                Cell::State(State::Secrecy) => count.secrecy += 1,
                Cell::State(State::Invalid) => count.invalid += 1,
            }
        }
    }

    /// The sum of all, and sums in the order of indicators and periods.
    pub(super) fn of(self, selections: &[Selection]) -> (u64, Vec<PeriodCount>) {
        let mut sums: BTreeMap<(&IndicatorId, Period), PeriodCount> = BTreeMap::new();
        for (selection, count) in selections.iter().zip(&self.0).filter(|(_, count)| count.total() > 0) {
            sums.entry((&selection.indicator, selection.period)).or_default().add(count);
        }
        let named = |((indicator, period), count): ((&IndicatorId, Period), PeriodCount)| PeriodCount {
            indicator: indicator.to_string(),
            period: period.to_string(),
            ..count
        };
        (self.0.iter().map(PeriodCount::total).sum(), sums.into_iter().map(named).collect())
    }
}

impl PeriodCount {
    fn total(&self) -> u64 {
        self.values + self.missing + self.secrecy + self.invalid
    }

    fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.missing += other.missing;
        self.secrecy += other.secrecy;
        self.invalid += other.invalid;
    }
}

impl Duplicate {
    pub(super) fn new(area: Option<&KnownArea>, selection: Option<&Selection>) -> Self {
        Self {
            code: area.map(|area| area.code.to_string()).unwrap_or_default(),
            indicator: selection.map(|s| s.indicator.to_string()).unwrap_or_default(),
            period: selection.map(|s| s.period.to_string()).unwrap_or_default(),
            codes: selection.map(|s| s.codes.iter().map(ToString::to_string).collect()).unwrap_or_default(),
            cells: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, cell: &LabelledCell, sheets: &[String]) {
        if self.cells.len() >= MAX_PLACES {
            return;
        }
        let value = match cell.cell {
            Cell::Value(number) => number.to_string(),
            Cell::State(state) => state.to_string(),
        };
        let content = cell.status.map_or(value.clone(), |status| format!("{value} ({})", status.as_str()));
        let sheet = sheets.get(usize::from(cell.sheet)).map(|sheet| format!(" on sheet {sheet:?}")).unwrap_or_default();
        let content = content + &sheet;
        self.cells.push(Contradiction { row: cell.row, column: cell.column, content });
    }
}

impl AreaGap {
    pub(super) fn new(area: &KnownArea, gap: Gap) -> Self {
        Self { code: area.code.to_string(), name: area.names.first().cloned().unwrap_or_default(), gap }
    }
}
