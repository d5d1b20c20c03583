//! Forms of values that several keys of a mapping take: a column, a text, one or a list.

use serde::Deserialize;
use std::fmt;

/// A column by number from 1, or by heading, or by letters as a spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ColumnRef {
    /// From 1.
    Number(u32),
    /// A heading; where there is none such, letters.
    Name(String),
}

impl ColumnRef {
    /// The column at an index from 0.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self::Number(u32::try_from(index + 1).unwrap_or(u32::MAX))
    }
}

/// A text that may be written as a whole number, e.g. a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum TextOrInteger {
    /// `2014`
    Integer(i64),
    /// `"2014-Q1"`
    Text(String),
}

impl fmt::Display for TextOrInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One, or a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// A list.
    Many(Vec<T>),
}

impl<T: Clone> OneOrMany<T> {
    /// As a list.
    #[must_use]
    pub fn to_vec(&self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Many(many) => many.clone(),
        }
    }
}
