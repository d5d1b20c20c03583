//! Files of others become what Choro stores: boundary files areas, statistics files observations of these areas; each reader says what it
//! rejected, repaired or doubts. `synthetic` makes the values of the demo, in place of a file.

pub mod boundary;
pub mod definitions;
pub mod join;
pub mod statistics;
pub mod synthetic;
