//! Areas without a value or without a polygon.

use crate::join::known_area::KnownArea;
use serde::Serialize;

/// An area of which something is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaGap {
    /// Its code.
    pub code: String,
    /// Its first name.
    pub name: String,
    /// What there is.
    pub gap: WhyNoValue,
}

/// What an area has instead of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNoValue {
    /// No row of the file.
    NoRow,
    /// Rows, but with states only.
    OnlyStates,
}

impl AreaGap {
    pub(crate) fn new(area: &KnownArea, gap: WhyNoValue) -> Self {
        Self { code: area.code.to_string(), name: area.names.first().cloned().unwrap_or_default(), gap }
    }
}
