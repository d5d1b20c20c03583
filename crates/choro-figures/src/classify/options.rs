//! What is asked of a classification.

use super::{
    break_rule::BreakRule,
    class_count::ClassCount,
    error::ClassifyError,
    method::Scope,
    palette::{Palette, palettes},
};

/// What is asked of a classification. Whether it can be made only depends on the indicator: [`Options::check`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// How breaks are found.
    pub breaks: BreakRule,
    /// How many classes at most. Breaks of a client's own decide for themselves.
    pub classes: ClassCount,
    /// Which values the caller passes; recorded, so that the legend can say it.
    pub scope: Scope,
    /// The palette; by default the first one that fits the indicator.
    pub palette: Option<&'static Palette>,
}

impl Options {
    /// Checks what can be checked before the values are seen, and settles the palette. `diverging`: whether the indicator is.
    ///
    /// # Errors
    /// The palette does not fit the indicator.
    pub fn check(&self, diverging: bool) -> Result<Settled<'_>, ClassifyError> {
        let palette = self.fitting_palette(diverging)?;
        Ok(Settled { breaks: &self.breaks, classes: self.classes.get().into(), palette })
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled<'a> {
    /// How breaks are found.
    pub(super) breaks: &'a BreakRule,
    /// How many classes at most.
    pub(super) classes: usize,
    /// The palette, which fits the indicator.
    pub(super) palette: &'static Palette,
}
