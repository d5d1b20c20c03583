//! What of a file may be a mishap, though nothing in it is wrong: how its figures and periods are written, and what stands in the
//! columns that are not read.

pub(in crate::statistics) mod figure_shapes;
mod left_out_dimension;
pub(in crate::statistics) mod periods;
pub(in crate::statistics) mod said_anyway;
pub(in crate::statistics) mod unread_columns;
pub(in crate::statistics) mod unread_doubts;
