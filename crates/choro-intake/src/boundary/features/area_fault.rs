//! Why one area of a file cannot be taken.

use crate::boundary::report::Reason;

/// What is wrong with one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaFault {
    /// The rule that it breaks.
    pub reason: Reason,
    /// Where and how.
    pub detail: String,
}

impl AreaFault {
    /// A fault with its detail.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}
