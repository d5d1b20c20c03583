//! Values in order: sorted once, they are put into classes any number of times, which costs hardly more than the classes.
//!
//! ```text
//! 3, -1, 0, 0, 2  ->  -1, 0, 0, 2, 3; without zeros: -1, 2, 3
//! ```

use super::{
    breaks,
    classification::{Classification, Zero, count},
    error::ClassifyError,
    options::Options,
};
use choro_model::{Indicator, Kind};
use std::ops::Range;

/// Classifies `values`, which are those of all periods unless `options.scope` says otherwise.
///
/// Breaks are readable numbers, found by `round`. There are fewer classes than asked for where there are fewer distinct values
/// or where ties leave no place for a break. Where the indicator diverges, breaks stand at zero and at equal distances on
/// both sides of it, so that the same depth of colour means the same distance from zero; `options.classes` is then shared
/// by two arms, an odd number rounded up.
///
/// # Errors
/// Options that do not fit the indicator, or a value that is not finite.
pub fn classify(values: &[f64], indicator: &Indicator, options: &Options) -> Result<Classification, ClassifyError> {
    options.check(indicator.diverging)?;
    Ascending::new(values)?.classify(indicator, options)
}

/// Finite values, ascending, minus zero made zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Ascending {
    all: Vec<f64>,
    /// Where the zeros stand.
    zeros: Range<usize>,
    /// All but the zeros, where those stand in the middle.
    parted: Vec<f64>,
}

impl Ascending {
    /// Sorts values.
    ///
    /// # Errors
    /// A value is not finite.
    pub fn new(values: &[f64]) -> Result<Self, ClassifyError> {
        if let Some((position, value)) = values.iter().enumerate().find(|(_, v)| !v.is_finite()) {
            return Err(ClassifyError::NotFinite { position, value: *value });
        }
        let mut all: Vec<f64> = values.iter().map(|v| v + 0.0).collect();
        all.sort_unstable_by(f64::total_cmp);
        let zeros = all.partition_point(|v| *v < 0.0)..all.partition_point(|v| *v <= 0.0);
        let middle = !zeros.is_empty() && zeros.start > 0 && zeros.end < all.len();
        let nonzero = || all.iter().copied().filter(|v| *v != 0.0).collect();
        let parted = if middle { nonzero() } else { Vec::new() };
        Ok(Self { all, zeros, parted })
    }

    /// The lowest and the highest; none of no values.
    #[must_use]
    pub fn ends(&self) -> Vec<f64> {
        self.all.first().into_iter().chain(self.all.last()).copied().collect()
    }

    /// Memory that it takes, about.
    #[must_use]
    pub fn size(&self) -> usize {
        size_of_val(self.all.as_slice()) + size_of_val(self.parted.as_slice())
    }

    fn nonzero(&self) -> &[f64] {
        match (&self.zeros, self.all.len()) {
            (zeros, _) if zeros.is_empty() => &self.all,
            (Range { start: 0, end }, _) => self.all.get(*end..).unwrap_or_default(),
            (Range { start, end }, len) if *end == len => self.all.get(..*start).unwrap_or_default(),
            _ => &self.parted,
        }
    }

    /// Puts the values into classes: see [`classify`].
    ///
    /// # Errors
    /// Options that do not fit the indicator.
    pub fn classify(&self, indicator: &Indicator, options: &Options) -> Result<Classification, ClassifyError> {
        let settled = options.check(indicator.diverging)?;
        let palette = settled.palette;
        let zeros = self.zeros.len();
        let own_zero = indicator.diverging
            || (zeros > 0 && indicator.kind != Kind::Index && self.all.first().is_some_and(|lowest| *lowest >= 0.0));
        let values = if own_zero { self.nonzero() } else { &self.all };
        let found = breaks::find(values, indicator, settled)?;
        let classes = count(values, &found.all, &palette.of(&found.all, indicator.diverging)?);
        Ok(Classification {
            method: options.breaks.method(),
            scope: options.scope,
            palette: palette.id,
            breaks: found.all,
            classes,
            zero: own_zero.then_some(Zero { count: zeros, colour: palette.zero }),
            sampled: found.sampled,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_left_out_wherever_they_stand() {
        for values in [
            vec![],
            vec![0.0, -0.0],
            vec![0.0, 3.0, 2.0],
            vec![-2.0, 0.0, -3.0],
            vec![3.0, -1.0, 0.0, -0.0, 2.0],
            vec![1.0, -1.0],
        ] {
            let mut expected: Vec<f64> = values.iter().copied().filter(|v| *v != 0.0).collect();
            expected.sort_by(f64::total_cmp);
            let sorted = Ascending::new(&values).unwrap();
            assert_eq!(sorted.nonzero(), expected, "{values:?}");
            assert_eq!(sorted.ends().last(), values.iter().max_by(|a, b| a.total_cmp(b)), "{values:?}");
        }
    }
}
