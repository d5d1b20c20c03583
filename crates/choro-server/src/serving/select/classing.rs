//! How a request wants values to be put into classes.

use crate::serving::error::ServeError;
use choro_figures::classify::{Options, Palette};

/// The parameters of a classification, as texts. What is left out has its default.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClassingQuery<'a> {
    /// `quantile`, `equal`, `ckmeans` or `manual`.
    pub method: Option<&'a str>,
    /// How many classes, from 3 to 9.
    pub classes: Option<&'a str>,
    /// The inner breaks of method `manual`, separated by commas.
    pub breaks: Option<&'a str>,
    /// Which values the breaks are found from: those of `all` periods, or of the `period` alone.
    pub scope: Option<&'a str>,
    /// The id of the palette.
    pub palette: Option<&'a str>,
}

impl ClassingQuery<'_> {
    pub(crate) fn options(&self) -> Result<Options, ServeError> {
        let mut options = Options::default();
        if let Some(method) = self.method {
            options.method = method.parse()?;
        }
        if let Some(classes) = self.classes {
            let what = || ServeError::parameter("classes", "classes is not valid: expected a whole number from 3 to 9");
            let plain = classes.len() == 1 && classes.bytes().all(|b| b.is_ascii_digit());
            options.classes = if plain { classes.parse().map_err(|_| what())? } else { return Err(what()) };
        }
        if let Some(scope) = self.scope {
            options.scope = scope.parse()?;
        }
        if let Some(palette) = self.palette {
            options.palette = Some(Palette::find(palette)?);
        }
        options.breaks = self.breaks.map(breaks).transpose()?;
        Ok(options)
    }
}

/// Numbers separated by commas. How many there may be, and in which order, is checked by the classification.
fn breaks(text: &str) -> Result<Vec<f64>, ServeError> {
    let what =
        || ServeError::parameter("breaks", "breaks are not valid: expected 1 to 8 ascending numbers, e.g. breaks=10,20,50");
    let number = |part: &str| {
        let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'e' | b'E'));
        if plain { part.parse().map_err(|_| what()) } else { Err(what()) }
    };
    text.split(',').take(64).map(number).collect()
}

/// A text that differs for all different options. It is part of the name of a document.
pub(crate) fn key_of(options: &Options) -> String {
    format!("{options:?}")
}
