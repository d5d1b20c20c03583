//! Jobs: what has to be made is made once for all who wait for it, and only for as long as anybody waits.
//!
//! ```text
//! A asks -> pays -> queue -> thread: make -> cache -> A and B have it
//! B asks -> waits for the same, and pays nothing
//! A and B hang up -> the job ends at its next step; until then it keeps what it holds, A's permit too
//! ```

use super::{
    cost::{self, WorkKind, WorkPermit},
    worker_pool::Task,
    worker_pools::WorkerPools,
};
use crate::serving::error::ServeError;
use std::{
    collections::HashMap,
    future::Future,
    hash::Hash,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{runtime::Handle, sync::watch};
use tracing::{Instrument as _, Span};

#[cfg(test)]
mod tests;

/// How a job ends.
type Outcome<V> = Result<V, ServeError>;
type Receiver<V> = watch::Receiver<Option<Outcome<V>>>;

/// A job, shared by those who wait for it and by the code that does it.
#[derive(Debug)]
pub(crate) struct Job<V> {
    outcome: watch::Sender<Option<Outcome<V>>>,
    /// Set where it ended because nobody waited any more.
    forsaken: AtomicBool,
}

impl<V> Job<V> {
    fn is_wanted(&self) -> bool {
        !self.outcome.is_closed()
    }

    /// Called before each long step. Returns an error where nobody waits any more; since nobody waits, nobody sees that error.
    pub fn go_on(&self) -> Result<(), ServeError> {
        if self.is_wanted() {
            return Ok(());
        }
        self.forsaken.store(true, Ordering::Relaxed);
        Err(ServeError::Internal("nobody waits for this answer any more".to_owned()))
    }
}

/// The running jobs, by the key of what they make.
pub(super) struct Jobs<K, V> {
    pools: Arc<WorkerPools>,
    /// Those that run or wait. Entries of ended jobs are removed when the next job begins.
    begun: Mutex<HashMap<K, Weak<Job<V>>>>,
}

impl<K, V> std::fmt::Debug for Jobs<K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jobs").field("pools", &self.pools).finish_non_exhaustive()
    }
}

impl<K, V> Jobs<K, V>
where
    K: Clone + Eq + Hash,
    V: Clone + Send + Sync + 'static,
{
    pub fn new(pools: Arc<WorkerPools>) -> Self {
        Self { pools, begun: Mutex::default() }
    }

    /// Waits for what is made under `key`. If a job makes it already, its result is shared; otherwise a new job begins, and the
    /// client that asks pays for it. `make` runs from its first step to its last on a thread for this kind of work.
    ///
    /// # Errors
    /// The job's own error, or that the queue is full, the client cannot pay, or the job has panicked.
    pub async fn wait<M, F>(&self, key: K, work: WorkKind, make: M) -> Outcome<V>
    where
        M: FnOnce(Arc<Job<V>>) -> F + Send + 'static,
        F: Future<Output = Outcome<V>> + 'static,
    {
        let mut make = Some(make);
        loop {
            let mut outcome = self.join(&key, work, &mut make)?;
            let heard = outcome.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
            if let Some(outcome) = heard {
                return outcome;
            }
            if make.is_none() {
                // This request began the job and has waited since then, so only a panic can have ended it without a result.
                return Err(died());
            }
        }
    }

    /// How many jobs of a kind of work wait, and how many run.
    #[cfg(test)]
    pub fn load(&self, work: WorkKind) -> [usize; 2] {
        self.pools.of(work).load()
    }

    fn join<M, F>(&self, key: &K, work: WorkKind, make: &mut Option<M>) -> Result<Receiver<V>, ServeError>
    where
        M: FnOnce(Arc<Job<V>>) -> F + Send + 'static,
        F: Future<Output = Outcome<V>> + 'static,
    {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = begun.get(key).and_then(Weak::upgrade).filter(|job| job.is_wanted()) {
            return Ok(job.outcome.subscribe());
        }
        let pool = self.pools.of(work);
        pool.room()?;
        let place = cost::pay(work)?;
        let make = make.take().ok_or_else(died)?;
        let (sender, outcome) = watch::channel(None);
        let job = Arc::new(Job { outcome: sender, forsaken: AtomicBool::new(false) });
        begun.retain(|_, job| job.strong_count() > 0);
        begun.insert(key.clone(), Arc::downgrade(&job));
        pool.push(Box::new(Begun { job, make, runtime: Handle::current(), span: Span::current(), place }));
        Ok(outcome)
    }
}

fn died() -> ServeError {
    ServeError::Internal("the answer's job ended without a word: the log has a panic before this line".to_owned())
}

/// A job that waits for a thread.
struct Begun<V, M> {
    job: Arc<Job<V>>,
    make: M,
    runtime: Handle,
    span: Span,
    place: WorkPermit,
}

impl<V, M, F> Task for Begun<V, M>
where
    V: Send + Sync + 'static,
    M: FnOnce(Arc<Job<V>>) -> F + Send,
    F: Future<Output = Outcome<V>>,
{
    fn is_wanted(&self) -> bool {
        self.job.is_wanted()
    }

    fn run(self: Box<Self>) {
        let Self { job, make, runtime, span, place } = *self;
        let span = span.in_scope(|| tracing::debug_span!("make document"));
        let outcome = runtime.block_on(make(Arc::clone(&job)).instrument(span));
        drop(place);
        // A client may join after the last one has gone and before the job ends. It is told nothing here, so that it begins a new
        // job.
        if !job.forsaken.load(Ordering::Relaxed) {
            job.outcome.send_replace(Some(outcome));
        }
    }
}
