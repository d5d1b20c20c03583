//! Which column of one indicator belongs to a column of another.
//!
//! ```text
//! a rate of women    people by sex and age -> women of all ages
//!                    people by age         -> none: they are not broken down as far
//! ```

use choro_model::{Code, Dimension, Indicator};

/// The codes of `other` that say of whom a column of `indicator` is: each dimension takes the code of the same dimension, or its
/// total where there is no such dimension. `None` where `other` is not broken down as far.
pub(super) fn codes_of(other: &Indicator, indicator: &Indicator, codes: &[Code]) -> Option<Vec<Code>> {
    let code = |id: &_| indicator.dimensions.iter().zip(codes).find(|(dimension, _)| dimension.id == *id);
    let is_known = |(dimension, code): (&Dimension, &Code)| {
        *code == dimension.total || other.dimensions.iter().any(|own| own.id == dimension.id)
    };
    if !indicator.dimensions.iter().zip(codes).all(is_known) {
        return None;
    }
    let taken = other.dimensions.iter().map(|own| match code(&own.id) {
        Some((dimension, code)) if *code != dimension.total => code.clone(),
        _ => own.total.clone(),
    });
    Some(taken.collect())
}
