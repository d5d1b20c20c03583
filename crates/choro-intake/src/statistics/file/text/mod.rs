//! Delimited text: CSV, TSV and their kin.

pub mod delimited;
mod delimiter;
mod ending;
mod quoted_rows;
mod row_reader;
mod split;
