//! Why an area cannot be made valid.

/// Why there are no valid parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defeat {
    /// Rounding takes back what was mended.
    Rounding,
    /// There are too many crossings.
    Growth,
}
