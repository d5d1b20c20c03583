//! Periods that are understood, and have no form of their own: somebody must say what they stand for.

use std::fmt;

/// A period of no form here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenPeriod {
    /// `2011-12`, `2011/2012`: a year that begins in one calendar year and ends in the next.
    SplitYear {
        /// The calendar year in which it begins.
        first: u16,
    },
    /// `FY2012`: a year that may begin in any month.
    BudgetYear,
    /// `2009-2011`: several years.
    Years,
    /// `January to September 2016`: months that make no quarter, half-year or year.
    Months {
        /// How many.
        count: u8,
    },
}

impl fmt::Display for OpenPeriod {
    /// What it is, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SplitYear { first } => {
                let next = first + 1;
                write!(
                    f,
                    "it is a year that begins in {first} and ends in {next}: say in period.values for which year it stands"
                )
            }
            Self::BudgetYear => f.write_str(
                "it is a year that may begin in any month: say in period.values for which calendar year it stands",
            ),
            Self::Years => f.write_str("it is several years: leave it out, or say in period.values for which one it stands"),
            Self::Months { count } => {
                write!(f, "it is {count} months, which are no quarter, half-year or year: leave it out")
            }
        }
    }
}
