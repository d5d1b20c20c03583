//! SDMX-CSV 1.0 and 2.x. The columns are known by their ids, so that no mapping is needed.
//! <https://github.com/sdmx-twg/sdmx-csv>
//!
//! The headings `DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE` are a mapping already. The area stands in `REF_AREA` (at Eurostat
//! `geo`), the period in `TIME_PERIOD`. The indicator is called like the code in `INDICATOR` or else like the dataflow, in lower
//! case. Any other column before `OBS_VALUE` that is no dimension of an indicator must hold a total, and so must one behind it that is
//! called like a dimension (`AGE`): otherwise a part would be taken for the whole. Columns of unknown codes behind it are doubted.

mod columns;
mod meanings;
mod read;
mod texts_met;
mod to_mapping;
mod without_labels;

#[cfg(test)]
mod tests;

pub use read::{is_sdmx, read};
