//! Why an area has no value of its own on other borders.

use std::fmt;

/// Why an area has no restated value although every value there is was at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// The area has no predecessor, or no part below it.
    NoSource,
    /// Parts of areas are needed and their weights are not known.
    NoWeights,
    /// Several areas are needed, and the indicator cannot be summed or averaged over areas.
    NotAdditive,
    /// A part of an area is needed, and a rate of a part is not known from the whole.
    NotDivisible,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSource => "nothing corresponds to the area",
            Self::NoWeights => "the correspondence gives no weights for the parts of the areas",
            Self::NotAdditive => {
                "several areas became one, and the indicator is neither additive nor weighted by one that is"
            }
            Self::NotDivisible => "the area takes part of another, and the figure of a part is not known from the whole",
        })
    }
}
