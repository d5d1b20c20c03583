//! Releases: the list of them, and telling others of a new one.

mod announce;
mod record;

pub use announce::follow;
pub use record::ReleaseRecord;
