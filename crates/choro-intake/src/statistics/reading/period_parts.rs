//! The period of each value, of the texts of one cell or of several: `2014` above `January`, or `2014` beside `Q1`.

use super::{
    columns::TableColumns, error::IntakeError, layout::Layout, marks::Marks, reject::UnplacedReject,
    selection_part::SelectionPart,
};
use crate::statistics::{
    comparison::comparison_key,
    mapping::{PeriodMapping, TextMapping},
    period_text::{
        open::OpenPeriod,
        spelled::{self, SpelledPeriod},
        split_years,
    },
    scrutiny::periods::PeriodText,
    toml_text::toml_text,
    vocabulary::{
        calendar::{CalendarWord, meaning},
        folded::folded,
    },
};
use choro_model::{Period, nearest};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Most periods in words that are told.
const TOLD: usize = 12;

/// The parts of a period, and what was read of them.
pub struct PeriodParts {
    pub parts: Vec<SelectionPart>,
    /// What stands before the bare number of each part: `M` where the heading of its column says that it is a month.
    unit: Vec<&'static str>,
    /// What each text stands for, where the mapping says it.
    values: Option<BTreeMap<String, String>>,
    /// What was read: the text, and its period.
    read: FxHashMap<String, Option<Period>>,
}

impl PeriodParts {
    /// Finds where the parts stand.
    pub fn new(
        columns: &TableColumns<'_>,
        layout: &Layout,
        mapping: &PeriodMapping,
        marks: &Marks,
    ) -> Result<Self, IntakeError> {
        let values = mapping.values.as_ref();
        let values = values.map(|map| map.iter().map(|(text, id)| (comparison_key(text), id.clone())).collect());
        let (mut parts, mut unit) = (Vec::new(), Vec::new());
        for from in &mapping.parts {
            let text = TextMapping { from: from.clone(), values: None };
            let part = SelectionPart::new(columns, layout, "period", &text, marks)?;
            unit.push(part.column().map_or("", |column| unit_of(&columns.heading(column))));
            parts.push(part);
        }
        Ok(Self { parts, unit, values, read: FxHashMap::default() })
    }

    /// The period of the texts of these numbers, one for each part.
    pub fn period(&mut self, numbers: &[u32]) -> Result<Period, UnplacedReject> {
        let text = self.joined(numbers);
        let meaning = self.meaning(numbers, &text)?;
        let read = match meaning.parse() {
            Ok(period) => Ok(period),
            Err(_) => match spelled::read(&meaning) {
                Some(SpelledPeriod::Period(period)) => Ok(period),
                Some(SpelledPeriod::Open(open)) => Err(self.open(&meaning, open)),
                None => Err(UnplacedReject::new("period", &meaning, "period.not_valid", NOT_VALID)),
            },
        };
        if self.declared(&text).is_none() {
            self.read.insert(text, read.as_ref().ok().copied());
        }
        read
    }

    /// The texts that the mapping does not translate, each with its period.
    pub fn texts_read(&self) -> Vec<PeriodText<'_>> {
        let mut all: Vec<PeriodText<'_>> =
            self.read.iter().map(|(text, period)| PeriodText { text, period: *period }).collect();
        all.sort_by_key(|read| read.text);
        all
    }

    /// For the report: the texts that were read by their words.
    pub fn told(&self) -> Option<String> {
        let read = self.texts_read();
        let in_words = read.iter().filter_map(|read| Some((read.period?, read.text)));
        let in_words = in_words.filter(|(period, text)| period.to_string() != *text);
        let all: Vec<String> = in_words.map(|(period, text)| format!("{text:?} is {period}")).collect();
        let more = all.len().checked_sub(TOLD + 1).map(|more| format!(" and {} more", more + 1)).unwrap_or_default();
        let first: Vec<&str> = all.iter().take(TOLD).map(String::as_str).collect();
        (!all.is_empty()).then(|| format!("periods read by their words: {}{more}", first.join(", ")))
    }

    fn joined(&self, numbers: &[u32]) -> String {
        let texts = self.parts.iter().zip(numbers).map(|(part, number)| part.text(*number));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn declared(&self, text: &str) -> Option<&String> {
        self.values.as_ref()?.get(text)
    }

    /// What the texts stand for together.
    fn meaning(&self, numbers: &[u32], joined: &str) -> Result<String, UnplacedReject> {
        match (self.declared(joined), &self.values) {
            (Some(meaning), _) => Ok(meaning.clone()),
            (None, Some(values)) if self.parts.len() == 1 => {
                let hint = nearest(joined, values.keys().map(String::as_str)).map(|near| format!("; near it is {near:?}"));
                let remedy = format!("add it to the values of period in the mapping{}", hint.unwrap_or_default());
                Err(UnplacedReject::new("period", joined, "text.not_in_values", remedy))
            }
            _ => self.each_meaning(numbers, joined),
        }
    }

    /// The texts, each translated if it can be, and with its unit if it is a bare number. A year whose month is left empty may be
    /// the whole year, or lack its month.
    fn each_meaning(&self, numbers: &[u32], joined: &str) -> Result<String, UnplacedReject> {
        let texts = self.parts.iter().zip(&self.unit).zip(numbers).map(|((part, unit), number)| {
            let text = part.text(*number);
            let is_bare = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            match self.declared(text) {
                Some(meaning) => meaning.clone(),
                None if is_bare => format!("{unit}{text}"),
                None => text.to_owned(),
            }
        });
        let texts: Vec<String> = texts.collect();
        if texts.len() > 1 && texts.iter().any(String::is_empty) && !joined.is_empty() {
            let remedy = format!(
                "one of the cells of the period is empty: fill it, or say in period.values what the other stands for alone, e.g. \
                 {0} = {0}",
                toml_text(joined)
            );
            return Err(UnplacedReject::new("period", joined, "period.part_is_empty", remedy));
        }
        Ok(texts.join(" "))
    }

    fn open(&self, text: &str, open: OpenPeriod) -> UnplacedReject {
        let met = self.parts.iter().flat_map(SelectionPart::texts_met).map(String::as_str);
        let line = split_years::translated(met).map(|line| format!(": period.values = {line}"));
        let line = line.filter(|_| matches!(open, OpenPeriod::SplitYear { .. })).unwrap_or_default();
        UnplacedReject::new("period", text, "period.open", format!("{open}{line}"))
    }
}

/// The remedy of a text that is no period.
const NOT_VALID: &str =
    "write 2014, 2014-S1, 2014-T2, 2014-Q3, 2014-07, 2014-W05 or 2014-07-01, or translate it in period.values";

/// What a bare number under a heading counts.
fn unit_of(heading: &str) -> &'static str {
    match meaning(&folded(heading.trim_end_matches('.'))) {
        Some(CalendarWord::MonthNumber | CalendarWord::Months) => "M",
        Some(CalendarWord::Quarter) => "Q",
        Some(CalendarWord::Half) => "S",
        _ => "",
    }
}
