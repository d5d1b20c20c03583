//! Breaks that a client gives.

use super::error::ClassifyError;

/// Inner breaks of a client's own: 1 to 8 finite numbers that ascend.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ManualBreaks(Vec<f64>);

impl ManualBreaks {
    /// Checks breaks.
    ///
    /// # Errors
    /// They are too many or none, not finite, or do not ascend.
    pub fn new(breaks: Vec<f64>) -> Result<Self, ClassifyError> {
        if !(1..=8).contains(&breaks.len()) {
            return Err(ClassifyError::BreaksInvalid(format!("there are {}", breaks.len())));
        }
        if let Some(bad) = breaks.iter().find(|b| !b.is_finite()) {
            return Err(ClassifyError::BreaksInvalid(format!("{bad} is not finite")));
        }
        match breaks.windows(2).find(|pair| matches!(pair, [a, b] if a >= b)) {
            Some([a, b]) => Err(ClassifyError::BreaksInvalid(format!("{b} comes after {a}"))),
            _ => Ok(Self(breaks)),
        }
    }

    /// The breaks in ascending order; there is at least one.
    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }
}
