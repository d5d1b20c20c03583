//! What is asked of a classification.

use super::{
    error::{ClassifyError, cut},
    manual::ManualBreaks,
    palette::{Palette, palettes},
};
use serde::Serialize;
use std::str::FromStr;
use utoipa::ToSchema;

/// The name of a way to find breaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// As many values in each class as ties allow.
    #[default]
    Quantile,
    /// Classes of equal width.
    Equal,
    /// Least squared deviation within the classes: optimal one-dimensional k-means (Wang and Song 2011).
    Ckmeans,
    /// Breaks that the caller gives.
    Manual,
}

impl Method {
    /// The method as it stands in URLs and legends.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quantile => "quantile",
            Self::Equal => "equal",
            Self::Ckmeans => "ckmeans",
            Self::Manual => "manual",
        }
    }
}

impl FromStr for Method {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        [Self::Quantile, Self::Equal, Self::Ckmeans, Self::Manual]
            .into_iter()
            .find(|method| method.as_str() == text)
            .ok_or_else(|| ClassifyError::UnknownMethod { got: cut(text) })
    }
}

/// Which values the breaks come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Those of all periods, so that maps of different periods can be compared.
    #[default]
    All,
    /// Those of the period shown.
    Period,
}

impl FromStr for Scope {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        match text {
            "all" => Ok(Self::All),
            "period" => Ok(Self::Period),
            _ => Err(ClassifyError::UnknownScope { got: cut(text) }),
        }
    }
}

/// What a client asks of a classification, parameter by parameter. Parameters may contradict one another; [`Options::check`] makes
/// of them what cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How breaks are found.
    pub method: Method,
    /// How many classes at most: 3 to 9. Manual breaks decide for themselves.
    pub classes: u8,
    /// The inner breaks of method manual; they make one class more than they are.
    pub breaks: Option<Vec<f64>>,
    /// Which values the caller passes; recorded, so that the legend can say it.
    pub scope: Scope,
    /// The palette; by default the first one that fits the indicator.
    pub palette: Option<&'static Palette>,
}

impl Default for Options {
    fn default() -> Self {
        Self { method: Method::default(), classes: 5, breaks: None, scope: Scope::default(), palette: None }
    }
}

impl Options {
    /// Checks what can be checked before the values are seen, and settles the palette. `diverging`: whether the indicator is.
    ///
    /// # Errors
    /// Options that do not fit one another or the indicator.
    pub fn check(&self, diverging: bool) -> Result<Settled, ClassifyError> {
        if !(3..=9).contains(&self.classes) {
            return Err(ClassifyError::ClassCount(self.classes));
        }
        let how = self.how()?;
        Ok(Settled { how, classes: self.classes.into(), palette: self.fitting_palette(diverging)? })
    }

    fn how(&self) -> Result<How, ClassifyError> {
        match (self.method, &self.breaks) {
            (Method::Manual, None) => Err(ClassifyError::BreaksMissing),
            (Method::Manual, Some(breaks)) => Ok(How::Manual(ManualBreaks::new(breaks.clone())?)),
            (method, Some(_)) => Err(ClassifyError::BreaksNotWanted(method.as_str())),
            (Method::Quantile, None) => Ok(How::Found(Finder::Quantile)),
            (Method::Equal, None) => Ok(How::Found(Finder::Equal)),
            (Method::Ckmeans, None) => Ok(How::Found(Finder::Ckmeans)),
        }
    }

    fn fitting_palette(&self, diverging: bool) -> Result<&'static Palette, ClassifyError> {
        let mut fitting = palettes().iter().filter(|palette| palette.diverging() == diverging);
        match self.palette {
            Some(palette) if palette.diverging() == diverging => Ok(palette),
            Some(palette) => {
                let valid: Vec<_> = fitting.map(|p| p.id).collect();
                Err(ClassifyError::PaletteKind { got: palette.id, valid: valid.join(", ") })
            }
            None => fitting.next().ok_or(ClassifyError::UnknownPalette { got: "default".to_owned(), valid: String::new() }),
        }
    }
}

/// A classification that can be made: nothing in it contradicts anything else.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// How breaks are found.
    pub(super) how: How,
    /// How many classes at most.
    pub(super) classes: usize,
    /// The palette, which fits the indicator.
    pub(super) palette: &'static Palette,
}

/// How breaks are found, with all that it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum How {
    /// Out of the values.
    Found(Finder),
    /// As the client gives them.
    Manual(ManualBreaks),
}

/// A way to find breaks out of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finder {
    /// See [`Method::Quantile`].
    Quantile,
    /// See [`Method::Equal`].
    Equal,
    /// See [`Method::Ckmeans`].
    Ckmeans,
}
