//! Periods as people write them: `Q1 2016`, `I квартал 2016 г.` and `январь-март 2016` are the first quarter of 2016.
//!
//! `tokens` takes a text apart, `spelled` says which period the whole of it is, and `open` names what is a period of no form here: it
//! is never shortened to the year in it.

pub(super) mod open;
pub(super) mod spelled;
pub(super) mod split_years;
mod tokens;
