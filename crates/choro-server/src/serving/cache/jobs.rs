//! What has to be made, once for all who wait for it, and no longer than anybody does.
//!
//! ```text
//! A asks -> pays -> queue -> thread: make -> cache -> A and B have it
//! B asks -> waits for the same, and pays nothing
//! A and B hang up -> the job ends at its next step; what it holds, A's place among costly answers too, is its own till then
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

/// What becomes of a job.
type Outcome<V> = Result<V, ServeError>;
type Receiver<V> = watch::Receiver<Option<Outcome<V>>>;

/// A job, as those see it who wait and as it sees itself.
#[derive(Debug)]
pub(crate) struct Job<V> {
    outcome: watch::Sender<Option<Outcome<V>>>,
    /// It ended because nobody waited.
    forsaken: AtomicBool,
}

impl<V> Job<V> {
    fn is_wanted(&self) -> bool {
        !self.outcome.is_closed()
    }

    /// Asked before each step: an error, which nobody sees, where nobody waits any more.
    pub fn go_on(&self) -> Result<(), ServeError> {
        if self.is_wanted() {
            return Ok(());
        }
        self.forsaken.store(true, Ordering::Relaxed);
        Err(ServeError::Internal("nobody waits for this answer any more".to_owned()))
    }
}

/// Jobs by what they make.
pub(super) struct Jobs<K, V> {
    pools: Arc<WorkerPools>,
    /// Those that live, and entries of ended ones till the next is begun.
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

    /// Waits for what is made of `key`: by the job that makes it already, else by one of its own, which whoever asks pays for.
    /// `make` runs on a thread for such work from its first step to its last.
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
                // This one waited for its own job from the beginning: only a panic ends that without a word.
                return Err(died());
            }
        }
    }

    /// How many jobs of a kind of work wait and how many run.
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

/// A job on its way to a thread.
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
        // Who came after the last one had gone asks again, and never hears that nobody was there.
        if !job.forsaken.load(Ordering::Relaxed) {
            job.outcome.send_replace(Some(outcome));
        }
    }
}
