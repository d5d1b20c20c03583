//! What a classification is.

use super::{
    colour::Colour,
    method::{Method, Scope},
};
use serde::Serialize;

/// One class: `lo <= v < hi`, the last one `lo <= v <= hi`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Class {
    /// Lower limit, in the indicator's unit. Of the lowest class: the lowest value that was classified, unless zero or a break of the
    /// caller's lies below it.
    pub lo: f64,
    /// Upper limit, in the indicator's unit. Of the highest class: the highest value that was classified, unless zero or a break of the
    /// caller's lies above it.
    pub hi: f64,
    /// How many of the classified values fall in it.
    pub count: usize,
    /// Its colour.
    pub colour: Colour,
}

/// The class of the true zeros.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Zero {
    /// How many of the classified values are zero.
    pub count: usize,
    /// Its colour, unlike that of any class or state.
    pub colour: Colour,
}

/// Where a value belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// It is a true zero, and zero has an entry of its own.
    Zero,
    /// The class at this index of [`Classification::classes`].
    Class(usize),
}

/// Classes of the values of a selection, with their colours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Classification {
    /// How the breaks were found.
    pub method: Method,
    /// Whether breaks hold for all periods or for one.
    pub scope: Scope,
    /// Id of the palette.
    pub palette: &'static str,
    /// Breaks in ascending order, outer ones included: one more than classes, or none where there is no class.
    pub breaks: Vec<f64>,
    /// The classes from the lowest to the highest. None where there are no values.
    pub classes: Vec<Class>,
    /// The class of its own that a true zero has: where the indicator diverges, and where zeros stand among values that
    /// are never negative.
    pub zero: Option<Zero>,
    /// How many values `ckmeans` looked at, where they were more than [`CKMEANS_LIMIT`].
    pub sampled: Option<usize>,
}

impl Classification {
    /// The inner breaks: what separates the classes, and the stops of a MapLibre `step`.
    #[must_use]
    pub fn inner(&self) -> &[f64] {
        self.breaks.get(1..self.breaks.len().saturating_sub(1)).unwrap_or_default()
    }

    /// Whether quantiles gave what they are meant to give: as many values in each class, or one more in some. `None`: the breaks were
    /// not found that way, or there is no value. Ties, breaks that were moved to readable numbers, and breaks that are alike on both
    /// sides of zero make unequal counts.
    #[must_use]
    pub fn equal_counts(&self) -> Option<bool> {
        let counts = || self.classes.iter().map(|class| class.count);
        let (least, most) = (counts().min()?, counts().max()?);
        (self.method == Method::Quantile).then_some(most - least <= 1)
    }

    /// Where `value` belongs: `None` for NaN, and where there is no class for it.
    #[must_use]
    pub fn class_of(&self, value: f64) -> Option<Slot> {
        if value.is_nan() {
            return None;
        }
        if value == 0.0 && self.zero.is_some() {
            return Some(Slot::Zero);
        }
        (!self.classes.is_empty()).then(|| Slot::Class(self.inner().partition_point(|b| *b <= value)))
    }

    /// The colour of `value`, by the same rule.
    #[must_use]
    pub fn colour_of(&self, value: f64) -> Option<Colour> {
        match self.class_of(value)? {
            Slot::Zero => self.zero.as_ref().map(|zero| zero.colour),
            Slot::Class(index) => self.classes.get(index).map(|class| class.colour),
        }
    }
}

/// The classes between `breaks`, with the number of `sorted` values in each.
pub(super) fn count(sorted: &[f64], breaks: &[f64], colours: &[Colour]) -> Vec<Class> {
    let last = colours.len().saturating_sub(1);
    let limits = breaks.iter().zip(breaks.iter().skip(1));
    let mut done = 0;
    limits
        .zip(colours)
        .enumerate()
        .map(|(index, ((lo, hi), colour))| {
            let upto = if index == last { sorted.len() } else { sorted.partition_point(|v| v < hi) };
            let class = Class { lo: *lo, hi: *hi, count: upto - done, colour: *colour };
            done = upto;
            class
        })
        .collect()
}
