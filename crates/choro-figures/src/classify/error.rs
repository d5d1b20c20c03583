//! Why values cannot be classified as asked.

/// What is wrong with a classification's options, and how to mend it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ClassifyError {
    /// The number of classes is out of range.
    #[error("classes {0} is not valid: expected 3 to 9")]
    ClassCount(u8),
    /// The number of classes is no number of one digit.
    #[error("classes is not valid: expected a whole number from 3 to 9")]
    ClassCountText,
    /// No such method.
    #[error("method {got:?} is not valid: expected quantile, equal, ckmeans or manual")]
    UnknownMethod {
        /// The name as received, cut to 40 characters.
        got: String,
    },
    /// No such scope.
    #[error("scope {got:?} is not valid: expected all or period")]
    UnknownScope {
        /// The name as received, cut to 40 characters.
        got: String,
    },
    /// No such palette.
    #[error("palette {got:?} is not valid: expected one of {valid}")]
    UnknownPalette {
        /// The name as received, cut to 40 characters.
        got: String,
        /// The palettes that there are.
        valid: String,
    },
    /// A sequential palette for an indicator that diverges, or the other way round.
    #[error("palette {got} does not fit the indicator: expected one of {valid}")]
    PaletteKind {
        /// The palette asked for.
        got: &'static str,
        /// The palettes that fit.
        valid: String,
    },
    /// Manual classes without breaks.
    #[error("method manual needs breaks: give 1 to 8 ascending numbers, e.g. breaks=10,20,50")]
    BreaksMissing,
    /// Breaks given to a method that finds its own.
    #[error("breaks belong to method manual, got method {0}: leave breaks out or choose method=manual")]
    BreaksNotWanted(&'static str),
    /// Breaks that are no numbers.
    #[error("breaks are not valid: expected 1 to 8 ascending numbers, e.g. breaks=10,20,50")]
    BreaksText,
    /// Breaks that are too many, not finite or not ascending.
    #[error("breaks are not valid: {0}; expected 1 to 8 ascending numbers, e.g. breaks=10,20,50")]
    BreaksInvalid(String),
    /// A class would hold values of both signs of an indicator that diverges.
    #[error("breaks of an indicator that diverges must hold 0, got none between {below} and {above}: add 0")]
    NoZeroBreak {
        /// The class's lower limit.
        below: f64,
        /// Its upper limit.
        above: f64,
    },
    /// One side of zero has more classes than its arm of the palette has colours.
    #[error("{got} classes on one side of zero are too many: expected at most 5")]
    ArmTooLong {
        /// How many there are.
        got: usize,
    },
    /// A value is NaN or infinite.
    #[error("value {position} is {value}: expected a finite number")]
    NotFinite {
        /// Its position among the values, from 0.
        position: usize,
        /// The value.
        value: f64,
    },
    /// The clustering refused its input, which the checks before it should have excluded.
    #[error("ckmeans of {values} values in {classes} classes failed: {reason}; choose another method")]
    Clustering {
        /// How many values.
        values: usize,
        /// How many classes.
        classes: usize,
        /// What the algorithm said.
        reason: String,
    },
}

/// A name of the caller's, short enough for a message.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
