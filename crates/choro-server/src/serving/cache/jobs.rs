//! What has to be made, once for all who wait for it, and no longer than anybody does.
//!
//! ```text
//! A asks -> pays -> queue -> thread: make -> cache -> A and B have it
//! B asks -> waits for the same, and pays nothing
//! A and B hang up -> the job ends at its next step; what it holds, A's place among costly answers too, is its own till then
//! ```

use super::{
    cost::{self, Place, Work},
    pool::{Task, WorkerPools},
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
    pub async fn wait<M, F>(&self, key: K, work: Work, make: M) -> Outcome<V>
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
    pub fn load(&self, work: Work) -> [usize; 2] {
        self.pools.of(work).load()
    }

    fn join<M, F>(&self, key: &K, work: Work, make: &mut Option<M>) -> Result<Receiver<V>, ServeError>
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
    place: Place,
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::{atomic::AtomicUsize, mpsc},
        time::Duration,
    };

    type Tested = Arc<Jobs<&'static str, u8>>;

    fn jobs() -> (Tested, Arc<WorkerPools>) {
        let pools = Arc::new(WorkerPools::new().unwrap());
        (Arc::new(Jobs::new(Arc::clone(&pools))), pools)
    }

    /// Waits in a task of its own, till that is aborted; the job goes on step by step for as long as it is let.
    fn client(
        jobs: &Tested,
        key: &'static str,
        steps: &Arc<AtomicUsize>,
        go: mpsc::Receiver<()>,
    ) -> tokio::task::JoinHandle<()> {
        let (jobs, steps) = (Arc::clone(jobs), Arc::clone(steps));
        let make = move |job: Arc<Job<u8>>| async move {
            for () in go {
                job.go_on()?;
                steps.fetch_add(1, Ordering::SeqCst);
            }
            Ok(1)
        };
        tokio::spawn(async move { drop(jobs.wait(key, Work::Drawing, make).await) })
    }

    async fn until(what: impl Fn() -> bool) {
        while !what() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[tokio::test]
    async fn those_who_ask_together_have_it_made_once_and_a_new_job_follows_an_ended_one() {
        let (jobs, _) = jobs();
        let made = Arc::new(AtomicUsize::new(0));
        let ask = |key| {
            let (jobs, made) = (Arc::clone(&jobs), Arc::clone(&made));
            let make = move |_| async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                made.fetch_add(1, Ordering::SeqCst);
                Ok(7)
            };
            tokio::spawn(async move { jobs.wait(key, Work::Legend, make).await.unwrap() })
        };
        let asked = [ask("a"), ask("a"), ask("a"), ask("b")];
        for client in asked {
            assert_eq!(client.await.unwrap(), 7);
        }
        assert_eq!(made.load(Ordering::SeqCst), 2);
        assert_eq!(ask("a").await.unwrap(), 7);
        assert_eq!(made.load(Ordering::SeqCst), 3, "what was made is the cache's to keep");
    }

    #[tokio::test]
    async fn a_job_that_nobody_waits_for_ends_at_its_next_step_and_those_in_the_queue_are_not_begun() {
        let (jobs, pools) = jobs();
        let steps = Arc::new(AtomicUsize::new(0));
        let mut clients = Vec::new();
        let keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let gates: Vec<mpsc::Sender<()>> = keys
            .map(|key| {
                let (gate, go) = mpsc::channel();
                clients.push(client(&jobs, key, &steps, go));
                gate
            })
            .into();
        until(|| pools.of(Work::Drawing).load() == [6, 2]).await;
        gates.iter().for_each(|gate| gate.send(()).unwrap());
        until(|| steps.load(Ordering::SeqCst) == 2).await;
        clients.iter().for_each(tokio::task::JoinHandle::abort);
        until(|| clients.iter().all(tokio::task::JoinHandle::is_finished)).await;
        // The two that run have one more step to go and do not take it.
        for gate in &gates {
            // Those that were not begun have no one to hear it.
            let _ = gate.send(());
        }
        until(|| pools.of(Work::Drawing).load() == [0, 0]).await;
        assert_eq!(steps.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn who_asks_while_a_forsaken_job_ends_gets_a_job_of_its_own() {
        let (jobs, pools) = jobs();
        let steps = Arc::new(AtomicUsize::new(0));
        let (gate, go) = mpsc::channel();
        let gone = client(&jobs, "a", &steps, go);
        until(|| pools.of(Work::Drawing).load() == [0, 1]).await;
        gone.abort();
        until(|| gone.is_finished()).await;
        let next = jobs.wait("a", Work::Drawing, |_| async { Ok(9) });
        assert_eq!(next.await.unwrap(), 9);
        gate.send(()).unwrap();
        until(|| pools.of(Work::Drawing).load() == [0, 0]).await;
        assert_eq!(steps.load(Ordering::SeqCst), 0);
    }

    #[tokio::test]
    async fn a_job_that_panics_is_an_error_of_ours() {
        let (jobs, _) = jobs();
        fn panics() -> u8 {
            panic!("on purpose")
        }
        let error = jobs.wait("a", Work::Legend, |_| async { Ok(panics()) }).await.unwrap_err();
        assert!(matches!(error, ServeError::Internal(_)), "{error}");
    }
}
