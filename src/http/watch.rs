//! All open connections, looked at once a tick: one that waits for its client for too long is closed.

use super::{
    Limits,
    guard::{Clock, Guard, Patience},
};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::time::{MissedTickBehavior, interval};

/// The open connections.
#[derive(Debug)]
pub(super) struct Watch {
    clock: Arc<Clock>,
    patience: Patience,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    guards: FxHashMap<u64, Arc<Guard>>,
    next: u64,
}

impl Watch {
    pub fn new(limits: &Limits) -> Self {
        Self { clock: Arc::default(), patience: Patience::new(limits), open: Mutex::default() }
    }

    /// Runs a connection, made with its guard, until it ends or is closed.
    pub fn run<F>(self: &Arc<Self>, connection: impl FnOnce(Arc<Guard>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let guard = Arc::new(Guard::new(Arc::clone(&self.clock)));
        let seat = self.seat(Arc::clone(&guard));
        let connection = connection(Arc::clone(&guard));
        let task = tokio::spawn(async move {
            connection.await;
            drop(seat);
        });
        guard.task.get_or_init(|| task.abort_handle());
    }

    /// Closes what is overdue, tick by tick, until the future is dropped.
    pub async fn tick(&self) {
        let mut ticks = interval(self.patience.tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.clock.tick();
            self.close_overdue();
        }
    }

    fn close_overdue(&self) {
        for guard in self.open().guards.values() {
            if let (Some(why), Some(task)) = (guard.overdue(&self.patience), guard.task.get()) {
                tracing::debug!(why, "connection closed");
                task.abort();
            }
        }
    }

    fn seat(self: &Arc<Self>, guard: Arc<Guard>) -> Seat {
        let mut open = self.open();
        let key = open.next;
        open.next += 1;
        open.guards.insert(key, guard);
        Seat { watch: Arc::clone(self), key }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place in the table, left when its task ends in whatever way.
struct Seat {
    watch: Arc<Watch>,
    key: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.watch.open().guards.remove(&self.key);
    }
}
