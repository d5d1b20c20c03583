//! How a request wants values to be put into classes.

use crate::serving::error::ServeError;
use choro_figures::classify::{BreakRule, ClassCount, ManualBreaks, Method, Options, Palette, Scope};

/// The parameters of a classification: each is valid, but they may not fit one another. What a request leaves out has its default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClassingQuery {
    /// How breaks are found.
    pub method: Method,
    /// How many classes at most.
    pub classes: ClassCount,
    /// The inner breaks of method `manual`.
    pub breaks: Option<ManualBreaks>,
    /// Which values the breaks are found from.
    pub scope: Scope,
    /// The palette; `None`: the first that fits.
    pub palette: Option<&'static Palette>,
}

impl ClassingQuery {
    /// What they ask for together.
    ///
    /// # Errors
    /// Breaks are given to a method that finds its own, or method `manual` has none.
    pub fn options(&self) -> Result<Options, ServeError> {
        let breaks = BreakRule::new(self.method, self.breaks.clone())?;
        Ok(Options { breaks, classes: self.classes, scope: self.scope, palette: self.palette })
    }
}

/// A text that differs for all different options. It is part of the name of a document.
pub(crate) fn key_of(options: &Options) -> String {
    format!("{options:?}")
}
