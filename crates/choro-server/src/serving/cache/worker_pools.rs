//! A pool of threads for each kind of work, so that a picture never delays a legend, and neither delays a tile.

use super::{
    cost::WorkKind,
    worker_pool::{PoolPlan, WorkerPool},
};

/// A pool for each kind of work. Documents at full detail and drawings take much memory, so only two of each are made at the same
/// time. A legend mostly waits for the disk, so there are more threads for legends.
#[derive(Debug)]
pub(crate) struct WorkerPools {
    legends: WorkerPool,
    documents: WorkerPool,
    drawings: WorkerPool,
}

impl WorkerPools {
    /// Starts the threads of all pools.
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
