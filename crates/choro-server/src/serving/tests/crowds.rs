//! Clients that ask for much, hang up, or may not have all that they ask for.

use super::*;
use choro_carto::drawing::Size;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// A client that may have so many answers made.
#[derive(Debug)]
struct Purse {
    left: AtomicUsize,
    paid: AtomicUsize,
    held: Arc<AtomicUsize>,
}

/// A permit that is counted for as long as it is held.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

impl Purse {
    fn of(answers: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(answers), paid: AtomicUsize::new(0), held: Arc::default() })
    }
}

impl Payer for Purse {
    fn pay(&self, _: WorkKind) -> Result<WorkPermit, OverBudget> {
        let refused = OverBudget { retry_after: Duration::from_secs(7) };
        self.left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).map_err(|_| refused)?;
        self.paid.fetch_add(1, SeqCst);
        self.held.fetch_add(1, SeqCst);
        Ok(Box::new(Counted(Arc::clone(&self.held))))
    }
}

async fn picture(server: &ReleaseServer, at: usize) -> Result<Answer, ServeError> {
    let query = pairs(&[("indicator", "rate"), ("at", &format!("20,60,{}", at as f64 / 1e4))]);
    server.picture(None, &query, Size::Page, PictureFormat::Png, AcceptedCodings::IDENTITY).await
}

async fn until(what: impl Fn() -> bool) {
    while !what() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn only_what_has_to_be_made_is_paid_for_and_a_refusal_is_nobody_elses() {
    let (_dir, server) = server();
    let rich = Purse::of(1);
    for _ in 0..3 {
        let ask = ask();
        paid_by(rich.clone() as Arc<dyn Payer>, server.legend(&ask, None, Options::default(), AcceptedCodings::IDENTITY))
            .await
            .unwrap();
        until(|| rich.held.load(SeqCst) == 0).await;
    }
    assert_eq!(rich.paid.load(SeqCst), 1, "what is cached costs nothing");
    let poor = Purse::of(0);
    let refused = paid_by(poor.clone() as Arc<dyn Payer>, picture(&server, 1)).await.unwrap_err();
    assert!(matches!(refused, ServeError::Crowded { retry_after } if retry_after.as_secs() == 7), "{refused}");
    // What is refused in any case costs nothing, and a page shows the usual classes instead.
    let (ask, blues) = (ask(), Palette::find("blues").unwrap());
    let wrong = Options { palette: Some(blues), ..Options::default() };
    let legend = server.legend(&ask, None, wrong, AcceptedCodings::IDENTITY);
    let refused = paid_by(rich.clone() as Arc<dyn Payer>, legend).await.unwrap_err();
    assert!(matches!(&refused, ServeError::Parameter { name, .. } if name == "palette"), "{refused}");
    // A client that waits for what another one pays for need not pay.
    let other = Purse::of(1);
    let [first, second] = [&other, &poor].map(|payer| paid_by(Arc::clone(payer) as Arc<dyn Payer>, picture(&server, 1)));
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap().tag, second.unwrap().tag);
    assert_eq!((other.paid.load(SeqCst), poor.paid.load(SeqCst)), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_hang_up_leave_no_work_behind_and_hold_up_no_legend() {
    let (_dir, server) = server();
    let server = Arc::new(server);
    let purse = Purse::of(usize::MAX);
    let mut most = 0;
    for round in 0..20 {
        let begin = |client: usize| {
            let (server, purse) = (Arc::clone(&server), purse.clone() as Arc<dyn Payer>);
            tokio::spawn(paid_by(purse, async move { drop(picture(&server, round * 16 + client).await) }))
        };
        let clients: Vec<_> = (0..16).map(begin).collect();
        until(|| purse.paid.load(SeqCst) == (round + 1) * 16 || clients.iter().all(|c| c.is_finished())).await;
        most = most.max(server.documents().load(WorkKind::Drawing)[1]);
        clients.iter().for_each(tokio::task::JoinHandle::abort);
        for client in clients {
            drop(client.await);
        }
        let legend = DataQuery { periods: periods(if round % 2 == 0 { "2013" } else { "2014" }), ..ask() };
        server.legend(&legend, None, Options::default(), AcceptedCodings::IDENTITY).await.unwrap();
    }
    assert!(most <= 2, "{most} drawings at one time");
    until(|| server.documents().load(WorkKind::Drawing) == [0, 0]).await;
    assert_eq!(purse.held.load(SeqCst), 0, "every place is given back");
    assert!(picture(&server, 5).await.is_ok(), "and what nobody waited for is made for who asks next");
}
