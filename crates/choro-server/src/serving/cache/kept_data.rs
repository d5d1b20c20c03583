//! What answers are made from, kept while there is room: columns, values in order, outlines. Requests and jobs share it.

use super::{columns::Columns, ordered_values::Spreads, outlines::Outlines};

/// The stock of a server.
#[derive(Debug)]
pub(crate) struct Stock {
    pub columns: Columns,
    pub spreads: Spreads,
    pub outlines: Outlines,
}
