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

/// Waits for a job in a task of its own, until the task is aborted. The job takes a step for each message of `go`.
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
    tokio::spawn(async move { drop(jobs.wait(key, WorkKind::Drawing, make).await) })
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
        tokio::spawn(async move { jobs.wait(key, WorkKind::Legend, make).await.unwrap() })
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
    until(|| pools.of(WorkKind::Drawing).load() == [6, 2]).await;
    gates.iter().for_each(|gate| gate.send(()).unwrap());
    until(|| steps.load(Ordering::SeqCst) == 2).await;
    clients.iter().for_each(tokio::task::JoinHandle::abort);
    until(|| clients.iter().all(tokio::task::JoinHandle::is_finished)).await;
    // The two that run would have one more step, and do not take it.
    for gate in &gates {
        // Nobody receives this for the jobs that were never begun.
        let _ = gate.send(());
    }
    until(|| pools.of(WorkKind::Drawing).load() == [0, 0]).await;
    assert_eq!(steps.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn who_asks_while_a_forsaken_job_ends_gets_a_job_of_its_own() {
    let (jobs, pools) = jobs();
    let steps = Arc::new(AtomicUsize::new(0));
    let (gate, go) = mpsc::channel();
    let gone = client(&jobs, "a", &steps, go);
    until(|| pools.of(WorkKind::Drawing).load() == [0, 1]).await;
    gone.abort();
    until(|| gone.is_finished()).await;
    let next = jobs.wait("a", WorkKind::Drawing, |_| async { Ok(9) });
    assert_eq!(next.await.unwrap(), 9);
    gate.send(()).unwrap();
    until(|| pools.of(WorkKind::Drawing).load() == [0, 0]).await;
    assert_eq!(steps.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_job_that_panics_is_an_error_of_ours() {
    let (jobs, _) = jobs();
    fn panics() -> u8 {
        panic!("on purpose")
    }
    let error = jobs.wait("a", WorkKind::Legend, |_| async { Ok(panics()) }).await.unwrap_err();
    assert!(matches!(error, ServeError::Internal(_)), "{error}");
}
