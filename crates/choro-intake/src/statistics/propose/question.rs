//! What a proposal leaves open.

use std::{collections::BTreeMap, fmt};

/// One thing that cannot be known from the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Where in the mapping the answer is written: its key.
    pub key: String,
    /// What is asked: the place in the file, what stands there, and what to write.
    pub text: String,
    /// What kind of answer it takes.
    pub wants: Wants,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wants {
    /// Whether the sheet that was looked at is the right one. For one of these others the proposal is to be made anew.
    Sheet(Vec<String>),
    /// One of these indicators.
    Indicator(Vec<String>),
    /// One period for the whole file.
    Period,
    /// A period for each of these texts.
    Periods(Vec<String>),
    /// The power of ten by which the values are multiplied.
    Power,
    /// Which of these columns hold values, from 0, each with its name.
    Columns(Vec<(usize, String)>),
    /// Whether a column, from 0, with these texts is one of the dimensions.
    Dimension(usize, Vec<String>, Vec<DimensionChoice>),
    /// What each of these marks means.
    Marks(Vec<String>),
    /// Whether the draft is right as it is; otherwise the mapping is edited.
    Consent,
}

/// A dimension that a column may be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DimensionChoice {
    /// Its id.
    pub id: String,
    /// Its codes.
    pub codes: Vec<String>,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The indicator's id.
    Indicator(String),
    /// The period, as SDMX writes it.
    Period(String),
    /// The period of each text.
    Periods(BTreeMap<String, String>),
    /// The power of ten.
    Power(i32),
    /// The columns that hold values, from 0.
    Columns(Vec<usize>),
    /// The column, from 0, is this dimension; its codes by the texts.
    Dimension(usize, String, BTreeMap<String, String>),
    /// The meaning (missing, secrecy, invalid or zero) of each mark.
    Marks(BTreeMap<String, String>),
    /// The draft is right as it is.
    AsDrafted,
}

impl Question {
    pub(crate) fn new(key: &str, text: impl Into<String>, wants: Wants) -> Self {
        Self { key: key.to_owned(), text: text.into(), wants }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.text)
    }
}
