//! Delimited text: CSV, TSV and their kin.

pub mod delimited;
mod delimiter;
mod ending;
mod row_reader;
