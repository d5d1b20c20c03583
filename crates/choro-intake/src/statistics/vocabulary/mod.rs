//! The words that tables of other people are written in, by their meaning. A further language is a further word in these lists.
//!
//! Words are written here in any case and with their accents; they are compared as [`folded::folded`] gives them.

pub(crate) mod area_nouns;
pub(in crate::statistics) mod calendar;
pub(in crate::statistics) mod categories;
pub(crate) mod folded;
pub(crate) mod latin;
