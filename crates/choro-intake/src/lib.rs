//! Files of others become what Choro stores.
//!
//! `boundary` makes areas of boundary files. `statistics` makes labelled cells of statistics files, and `join` makes observations of
//! these for the areas. `definitions` reads what is measured, and
//! `crosswalk_file` the tables that say which code a name stands for. Each reader says what it rejected, repaired or doubts.
//! `synthetic` makes the values of the demo, for which there is no file.

pub mod boundary;
pub mod crosswalk_file;
pub mod definitions;
pub mod join;
pub mod statistics;
pub mod synthetic;
