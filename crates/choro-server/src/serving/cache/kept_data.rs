//! What answers are made from, kept while there is room: columns, values in order, outlines. Requests and jobs share it.

use super::{columns::ColumnCache, ordered_values::OrderedValues, outlines::OutlineCache};

/// What a server keeps.
#[derive(Debug)]
pub(crate) struct KeptData {
    pub columns: ColumnCache,
    pub ordered: OrderedValues,
    pub outlines: OutlineCache,
}
