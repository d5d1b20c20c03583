//! What answers are made from, kept while there is room. Requests and jobs share it.

use super::{columns::ColumnCache, ordered_values::OrderedValues, outlines::OutlineCache};

/// Columns, values in order and outlines.
#[derive(Debug)]
pub(crate) struct KeptData {
    pub columns: ColumnCache,
    pub ordered: OrderedValues,
    pub outlines: OutlineCache,
}
