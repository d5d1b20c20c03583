//! Why an area cannot be made valid.

use super::area_change::AreaChange;

/// Why there are no valid parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Defeat {
    /// Rounding takes back what was mended.
    Rounding,
    /// There are too many crossings.
    Growth,
    /// Mending changes the area of a part.
    AreaChange(AreaChange),
}
