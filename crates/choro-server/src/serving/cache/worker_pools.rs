//! A pool of threads for each kind of work.

use super::{
    cost::WorkKind,
    worker_pool::{PoolPlan, WorkerPool},
};

/// A pool for each kind of work. Documents at full detail take memory, drawings too, so few are made at one time; a legend waits
/// for a disk rather than for a processor.
#[derive(Debug)]
pub(crate) struct WorkerPools {
    legends: WorkerPool,
    documents: WorkerPool,
    drawings: WorkerPool,
}

impl WorkerPools {
    /// Begins their threads.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self {
            legends: WorkerPool::new(PoolPlan { name: "legend", threads: 4, queue: 512, nice: 5 })?,
            documents: WorkerPool::new(PoolPlan { name: "document", threads: 2, queue: 512, nice: 10 })?,
            drawings: WorkerPool::new(PoolPlan { name: "drawing", threads: 2, queue: 256, nice: 10 })?,
        })
    }

    /// The pool of a kind of work.
    pub(super) fn of(&self, work: WorkKind) -> &WorkerPool {
        match work {
            WorkKind::Legend => &self.legends,
            WorkKind::Document => &self.documents,
            WorkKind::Drawing => &self.drawings,
        }
    }
}
