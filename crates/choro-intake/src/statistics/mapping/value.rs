//! Where the values stand, and what may stand there or beside them instead of a number.

use super::scalars::ColumnRef;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the values stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ValueKeys")]
pub enum ValueMapping {
    /// In one column (long form).
    Column(ColumnRef),
    /// In several columns (wide form), each by heading, letters or number, or a range `C:H`, `2012:2017`, `C:`.
    Columns(Vec<ColumnRef>),
}

/// The keys as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueKeys {
    column: Option<ColumnRef>,
    columns: Option<Vec<ColumnRef>>,
}

impl TryFrom<ValueKeys> for ValueMapping {
    type Error = &'static str;

    fn try_from(keys: ValueKeys) -> Result<Self, &'static str> {
        match (keys.column, keys.columns) {
            (Some(column), None) => Ok(Self::Column(column)),
            (None, Some(columns)) => Ok(Self::Columns(columns)),
            _ => Err("give either column (long form) or columns (wide form)"),
        }
    }
}

/// Marks by meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarksMapping {
    /// Not collected, reported or known. Marks that are declared here replace those that are understood without a word.
    pub missing: Option<Vec<String>>,
    /// Withheld for confidentiality.
    pub secrecy: Vec<String>,
    /// Cannot occur.
    pub invalid: Vec<String>,
    /// A true zero.
    pub zero: Vec<String>,
    /// Signs behind a number or a label that refer to a footnote: what each says about the number, as in a status.
    pub footnotes: BTreeMap<String, String>,
}

/// Where the observation status stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusMapping {
    /// Its column.
    pub column: ColumnRef,
    /// What each text stands for: `B`, `E`, `P`, nothing, or a state. Default: the codes of SDMX CL_OBS_STATUS.
    pub values: Option<BTreeMap<String, String>>,
}

/// Where it stands whether a value may be told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidentialityMapping {
    /// Its column.
    pub column: ColumnRef,
    /// The texts of values that may be told; with any other text the cell is withheld, and its number is not kept.
    pub public: Vec<String>,
}
