//! Ids of requests, by which a client's problem is found in the log.

use crate::metrics::Counter;
use std::time::{SystemTime, UNIX_EPOCH};

/// Request ids: the start of the server and a count.
#[derive(Debug)]
pub struct Ids {
    start: u64,
    count: Counter,
}

impl Default for Ids {
    fn default() -> Self {
        let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self { start, count: Counter::default() }
    }
}

impl Ids {
    /// The next one.
    pub fn next(&self) -> RequestId {
        RequestId { start: self.start, count: self.count.add() }
    }
}

/// The id of a request.
#[derive(Debug, Clone, Copy)]
pub struct RequestId {
    start: u64,
    count: u64,
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Of one width, so that a problem document has one length.
        write!(f, "{:x}-{:08x}", self.start, self.count)
    }
}
