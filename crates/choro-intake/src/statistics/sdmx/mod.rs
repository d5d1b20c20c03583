//! SDMX-CSV as it stands, 1.0 and 2.x: the columns are known by their ids, so that no mapping is needed.
//! <https://github.com/sdmx-twg/sdmx-csv>
//!
//! `DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE` is a mapping already: the area is `REF_AREA` (Eurostat: `geo`), the period
//! `TIME_PERIOD`, the indicator what `INDICATOR` or else the dataflow is called, in lower case. What stands before `OBS_VALUE`
//! and is no dimension of an indicator must be a total: otherwise a part would be taken for the whole.

mod columns;
mod meanings;
mod read;
mod texts_met;
mod to_mapping;
mod without_labels;

#[cfg(test)]
mod tests;

pub use read::{is_sdmx, read};
