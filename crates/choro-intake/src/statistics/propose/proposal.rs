//! A table -> a proposed mapping, and what is open in it.

use super::{
    answers, ask_dimensions, ask_meaning, ask_rows,
    draft::{Findings, MappingDraft, draft},
    first_rows,
    question::{Answer, Question, Wants},
    render,
    survey::{self, AreasOf, Survey},
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
    /// What the operator must answer first; empty when the mapping works as it is.
    pub open: Vec<Question>,
    /// The mapping itself, when nothing is open.
    pub mapping: Option<Mapping>,
    /// What the mapping is written from; none where no table was found.
    draft: Option<MappingDraft>,
}

/// Proposes a mapping for a table. `areas_of` gives the areas that a label (see
/// [`comparison_key`](crate::statistics::comparison_key)) names, by any numbers: none where it is not known. `others` are the other
/// sheets of its workbook.
#[must_use]
pub fn propose(
    table: &CellTable,
    others: &[CellTable],
    indicators: &[Indicator],
    areas_of: &dyn Fn(&str) -> Vec<usize>,
) -> Proposal {
    let Some(survey) = Survey::new(table, areas_of) else {
        let text = "no row with a label and a number was found: is it the right file and sheet?";
        let open = vec![Question::new("first_row", text, Wants::Consent)];
        return Proposal { toml: first_rows::preview(table, 0), open, mapping: None, draft: None };
    };
    let (draft, findings) = draft(&survey, indicators);
    let open = questions(&survey, &draft, &findings, indicators, &sheets(table, others, areas_of));
    Proposal { toml: String::new(), open, mapping: None, draft: Some(draft) }.written()
}

/// The other sheets that hold a table.
fn sheets(table: &CellTable, others: &[CellTable], areas_of: &AreasOf<'_>) -> Vec<String> {
    let holds = |other: &&CellTable| other.sheet != table.sheet && Survey::new(other, areas_of).is_some();
    others.iter().filter(holds).filter_map(|other| other.sheet.clone()).collect()
}

fn questions(
    survey: &Survey<'_>,
    draft: &MappingDraft,
    findings: &Findings,
    indicators: &[Indicator],
    sheets: &[String],
) -> Vec<Question> {
    let rows = ask_rows::areas(survey, draft, findings).into_iter().chain(ask_rows::labels(draft));
    let before = [ask_rows::sheet(survey, sheets), ask_rows::decimal(survey, draft), ask_rows::last_row(survey)];
    let meaning = [
        ask_meaning::indicator(draft, indicators),
        ask_meaning::values(survey, draft, findings),
        ask_meaning::period(survey, draft, findings),
        ask_meaning::power(survey, draft, indicators),
        ask_rows::header_rows(survey, draft, findings, indicators),
        ask_meaning::marks(survey, draft),
        ask_rows::fall_together(survey, draft, findings),
    ];
    let dimensions = ask_dimensions::dimensions(survey, draft, findings, indicators);
    before.into_iter().flatten().chain(rows).chain(meaning.into_iter().flatten()).chain(dimensions).collect()
}

impl Proposal {
    /// The proposal after an answer to its open question of that number: the mapping is written anew.
    #[must_use]
    pub fn answered(mut self, question: usize, answer: Answer) -> Self {
        if question < self.open.len() {
            self.open.remove(question);
        }
        self.draft = self.draft.map(|draft| answers::applied(draft, answer));
        self.written()
    }

    /// The first rows of the file, as comments.
    #[must_use]
    pub fn preview(&self) -> &str {
        self.draft.as_ref().map_or(&self.toml, |draft| &draft.preview)
    }

    /// Whether a table was found, so that answers make a mapping of it.
    #[must_use]
    pub fn has_table(&self) -> bool {
        self.draft.is_some()
    }

    fn written(mut self) -> Self {
        if let Some(draft) = &self.draft {
            self.toml = render::mapping(draft, &self.open);
        }
        self.mapping = if self.open.is_empty() { Mapping::parse(&self.toml, "proposal").ok() } else { None };
        self
    }
}
