//! What is made once and kept while there is room, and the work of making it.
//!
//! ```text
//! a missing document: cost (who pays) -> Jobs (once for all who wait) -> WorkerPool (threads for such work) -> DocumentCache
//! what a job reads:   ColumnCache, OrderedValues, OutlineCache, together KeptData
//! ```

pub(super) mod columns;
pub(super) mod content_tag;
pub(super) mod cost;
pub(super) mod counts;
pub(super) mod documents;
mod insertion_point;
mod jobs;
pub(super) mod kept_data;
pub(super) mod key;
pub(super) mod ordered_values;
pub(super) mod outlines;
mod worker_pool;
pub(super) mod worker_pools;
