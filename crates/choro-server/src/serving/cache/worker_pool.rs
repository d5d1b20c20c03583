//! Threads with one queue.
//!
//! ```text
//! a and b run on two threads, c waits -> d waits too, or is refused where the queue is full
//! nobody waits for c any more         -> c is dropped and never runs
//! ```

use crate::serving::error::ServeError;
use rustix::{process::setpriority_process, thread::gettid};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// When a client that found the queue full should ask again.
const RETRY: Duration = Duration::from_secs(2);

/// A piece of work for a thread.
pub(super) trait Task: Send {
    /// Whether anybody still waits for its result.
    fn is_wanted(&self) -> bool;
    /// Does the work.
    fn run(self: Box<Self>);
}

/// How a pool is set up.
#[derive(Debug, Clone, Copy)]
pub(super) struct PoolPlan {
    pub name: &'static str,
    pub threads: usize,
    /// How many tasks may wait in the queue.
    pub queue: usize,
    /// The nice value of the threads (setpriority(2)). The threads that answer tiles have 0, and go first.
    pub nice: i32,
}

/// The state that the threads and those who give them tasks share.
#[derive(Default)]
struct Queue {
    tasks: VecDeque<Box<dyn Task>>,
    running: usize,
    closed: bool,
}

/// Threads that take one task after the other.
pub(super) struct WorkerPool {
    plan: PoolPlan,
    shared: Arc<(Mutex<Queue>, Condvar)>,
}

impl std::fmt::Debug for WorkerPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorkerPool").field("plan", &self.plan).finish_non_exhaustive()
    }
}

impl WorkerPool {
    pub fn new(plan: PoolPlan) -> std::io::Result<Self> {
        let shared = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        // The pool is made first. If a later thread cannot begin, dropping the pool ends those that have.
        let pool = Self { plan, shared };
        for _ in 0..plan.threads {
            let shared = Arc::clone(&pool.shared);
            std::thread::Builder::new().name(plan.name.to_owned()).spawn(move || work(plan, &shared))?;
        }
        Ok(pool)
    }

    /// Whether one more task may wait.
    ///
    /// # Errors
    /// The queue is full of tasks that somebody waits for.
    pub fn room(&self) -> Result<(), ServeError> {
        let mut queue = lock(&self.shared.0);
        if queue.tasks.len() >= self.plan.queue {
            queue.tasks.retain(|task| task.is_wanted());
        }
        if queue.tasks.len() < self.plan.queue { Ok(()) } else { Err(ServeError::Busy { retry_after: RETRY }) }
    }

    /// Puts a task at the end of the queue. Call [`Self::room`] first.
    pub fn push(&self, task: Box<dyn Task>) {
        let (queue, bell) = &*self.shared;
        lock(queue).tasks.push_back(task);
        bell.notify_one();
    }

    /// How many tasks wait, and how many run.
    #[cfg(test)]
    pub fn load(&self) -> [usize; 2] {
        let queue = lock(&self.shared.0);
        [queue.tasks.len(), queue.running]
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        let (queue, bell) = &*self.shared;
        let mut queue = lock(queue);
        queue.closed = true;
        queue.tasks.clear();
        bell.notify_all();
    }
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What each thread does until the pool is dropped.
fn work(plan: PoolPlan, (queue, bell): &(Mutex<Queue>, Condvar)) {
    // On Linux each thread has a priority of its own. With the id of this thread, only its own is changed.
    if let Err(error) = setpriority_process(Some(gettid()), plan.nice) {
        tracing::debug!(thread = plan.name, %error, "the priority of a thread stays as it is");
    }
    loop {
        let idle = |queue: &mut Queue| queue.tasks.is_empty() && !queue.closed;
        let mut held = bell.wait_while(lock(queue), idle).unwrap_or_else(PoisonError::into_inner);
        let Some(task) = held.tasks.pop_front() else { return };
        held.running += 1;
        drop(held);
        if !task.is_wanted() {
            drop(task);
        } else if catch_unwind(AssertUnwindSafe(|| task.run())).is_err() {
            // Those who wait learn of it, because the task is dropped with its channel.
            tracing::error!(thread = plan.name, "an answer ended in a panic");
        }
        lock(queue).running -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    };

    const TINY: PoolPlan = PoolPlan { name: "tiny", threads: 1, queue: 2, nice: 0 };

    /// A task that waits until it may go on, and then counts itself as done.
    struct Counted {
        wanted: bool,
        go: Option<mpsc::Receiver<()>>,
        done: Arc<AtomicUsize>,
    }

    impl Task for Counted {
        fn is_wanted(&self) -> bool {
            self.wanted
        }

        fn run(self: Box<Self>) {
            if let Some(go) = &self.go {
                go.recv().unwrap();
            }
            self.done.fetch_add(1, SeqCst);
        }
    }

    fn until(what: impl Fn() -> bool) {
        while !what() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn a_full_queue_refuses_and_one_of_forsaken_tasks_is_not_full() {
        let pool = WorkerPool::new(TINY).unwrap();
        let done = Arc::new(AtomicUsize::new(0));
        let task = |wanted, go| Box::new(Counted { wanted, go, done: Arc::clone(&done) });
        let (go, wait) = mpsc::channel();
        pool.push(task(true, Some(wait)));
        until(|| pool.load() == [0, 1]);
        for wanted in [true, false, true] {
            pool.room().unwrap();
            pool.push(task(wanted, None));
        }
        let refused = pool.room().unwrap_err();
        assert!(matches!(refused, ServeError::Busy { .. }), "{refused}");
        assert_eq!(pool.load(), [2, 1]);
        go.send(()).unwrap();
        until(|| pool.load() == [0, 0]);
        assert_eq!(done.load(SeqCst), 3, "what nobody waits for is not done");
    }

    #[test]
    fn a_thread_outlives_a_task_that_panics() {
        let pool = WorkerPool::new(TINY).unwrap();
        let done = Arc::new(AtomicUsize::new(0));
        let (sender, wait) = mpsc::channel();
        drop(sender);
        for go in [Some(wait), None] {
            pool.push(Box::new(Counted { wanted: true, go, done: Arc::clone(&done) }));
        }
        until(|| done.load(SeqCst) == 1);
    }
}
