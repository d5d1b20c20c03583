//! All open connections, looked at once a tick: one that waits for its client for too long is closed. Where their places run out, a
//! newcomer gets that of another, so that nobody is kept out by connections that do nothing.
//!
//! ```text
//! three places; A has two connections, one of them idle for 5 ticks, one for 2; B has one, idle for 9
//! C comes: A has most, and gives the one that is idle for 5
//! ```

use super::{
    clients::Account,
    guard::{Clock, Guard, Patience, Wait},
    peer::Peer,
};
use crate::metrics::Counter;
use arc_swap::ArcSwap;
use choro_config::Limits;
use rustc_hash::FxHashMap;
use std::{
    cmp::Reverse,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};
use tokio::time::{MissedTickBehavior, interval};

/// One of so many places is freed at a time, so that a look at all connections serves many newcomers.
const SHARE: usize = 128;

/// The open connections.
#[derive(Debug)]
pub struct Watch {
    clock: Arc<Clock>,
    patience: ArcSwap<Patience>,
    places: AtomicUsize,
    open: Mutex<Open>,
    /// Connections that gave way to a newcomer.
    pub given_way: Counter,
    /// Newcomers for whom there was no place.
    pub refused: Counter,
}

#[derive(Debug, Default)]
struct Open {
    seats: FxHashMap<u64, Seated>,
    next: u64,
}

/// A connection and whose it is.
#[derive(Debug)]
struct Seated {
    guard: Arc<Guard>,
    client: Arc<Account>,
}

impl Watch {
    pub fn new(limits: &Limits) -> Self {
        Self {
            clock: Arc::default(),
            patience: ArcSwap::from_pointee(Patience::new(limits)),
            places: AtomicUsize::new(limits.max_connections),
            open: Mutex::default(),
            given_way: Counter::default(),
            refused: Counter::default(),
        }
    }

    /// From here on these limits hold, for open connections too. Where there are fewer places than connections, none is closed before
    /// somebody comes.
    pub fn change(&self, limits: &Limits) {
        self.patience.rcu(|patience| patience.with(limits));
        self.places.store(limits.max_connections, Relaxed);
    }

    fn places(&self) -> usize {
        self.places.load(Relaxed)
    }

    /// Whether there is a place for a newcomer: a free one, or that of a connection which waits for its client. An idle one gives way
    /// to whoever has no more than its client; one whose client owes a head, or does not take its answer, to whoever has less. A proxy
    /// stands for many who may have none.
    pub fn admits(&self, newcomer: &Peer) -> bool {
        let now = self.clock.now();
        let own = if newcomer.is_proxy { 0 } else { newcomer.account.connections() };
        let mut open = self.open();
        if !newcomer.is_proxy && newcomer.account.is_full() {
            let is_own = |seated: &Seated, wait: Wait| wait.is_idle && Arc::ptr_eq(&seated.client, &newcomer.account);
            self.make_way(&mut open, is_own);
        }
        if open.seats.len() >= self.places() {
            self.make_way(&mut open, |seated, wait| match seated.client.connections() {
                theirs if wait.is_idle => theirs >= own,
                theirs => theirs > own + 1 && wait.since < now,
            });
        }
        let admitted = open.seats.len() < self.places() && (newcomer.is_proxy || !newcomer.account.is_full());
        if !admitted {
            self.refused.add();
        }
        admitted
    }

    /// Closes a share of the connections that may be closed: of the client with most first, there the idle ones, there those that
    /// have waited longest.
    fn make_way(&self, open: &mut Open, may: impl Fn(&Seated, Wait) -> bool) {
        let waiting = |(key, seated): (&u64, &Seated)| {
            let wait = seated.guard.waits().filter(|wait| may(seated, *wait))?;
            Some((Reverse(seated.client.connections()), !wait.is_idle, wait.since, *key))
        };
        let mut waiting: Vec<_> = open.seats.iter().filter_map(waiting).collect();
        let count = self.places().div_ceil(SHARE).min(waiting.len());
        if count > 0 && count < waiting.len() {
            waiting.select_nth_unstable(count);
        }
        for (.., key) in waiting.into_iter().take(count) {
            let Some(task) = open.seats.get(&key).and_then(|seated| seated.guard.task.get().cloned()) else { continue };
            open.leave(key);
            task.abort();
            self.given_way.add();
        }
    }

    /// How many are open.
    pub fn connections(&self) -> usize {
        self.open().seats.len()
    }

    /// Runs a connection, made with its guard, until it ends or is closed.
    pub fn run<F>(self: &Arc<Self>, peer: &Peer, connection: impl FnOnce(Arc<Guard>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let guard = Arc::new(Guard::new(Arc::clone(&self.clock)));
        let seat = self.seat(Arc::clone(&guard), Arc::clone(&peer.account));
        let connection = connection(Arc::clone(&guard));
        let task = tokio::spawn(async move {
            connection.await;
            drop(seat);
        });
        guard.task.get_or_init(|| task.abort_handle());
    }

    /// Closes what is overdue, tick by tick, until the future is dropped.
    pub async fn tick(&self, mut also: impl FnMut()) {
        let mut ticks = interval(self.patience.load().tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.clock.tick();
            self.close_overdue();
            also();
        }
    }

    fn close_overdue(&self) {
        let patience = self.patience.load();
        for Seated { guard, .. } in self.open().seats.values() {
            if let (Some(why), Some(task)) = (guard.overdue(&patience), guard.task.get()) {
                tracing::debug!(why, "connection closed");
                task.abort();
            }
        }
    }

    fn seat(self: &Arc<Self>, guard: Arc<Guard>, client: Arc<Account>) -> Seat {
        client.opened();
        let mut open = self.open();
        let key = open.next;
        open.next += 1;
        open.seats.insert(key, Seated { guard, client });
        Seat { watch: Arc::clone(self), key }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Once for each connection: whoever gave way has left before its task ends.
    fn leave(&mut self, key: u64) {
        if let Some(seated) = self.seats.remove(&key) {
            seated.client.closed();
        }
    }
}

/// A connection's place in the table, left when its task ends in whatever way.
struct Seat {
    watch: Arc<Watch>,
    key: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.watch.open().leave(self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::clients::Clients;
    use crate::net::peer::Peers;
    use std::net::{IpAddr, Ipv4Addr};

    /// Connections by their letter: whose it is, how long it has waited and how: Idle, or a Head that does not end, or Busy.
    #[derive(Debug)]
    struct Case {
        places: usize,
        each: usize,
        open: &'static [(char, u32, char)],
        newcomer: char,
        /// The number of the one that gives way.
        gives_way: Option<usize>,
        admitted: bool,
    }

    #[tokio::test]
    async fn of_the_client_with_most_the_one_that_has_waited_longest_gives_way() {
        let full = |open, newcomer, gives_way, admitted| Case { places: 4, each: 9, open, newcomer, gives_way, admitted };
        for case in [
            Case {
                places: 4,
                each: 4,
                open: &[('A', 5, 'I'), ('A', 9, 'I')],
                newcomer: 'A',
                gives_way: None,
                admitted: true,
            },
            full(&[('A', 5, 'I'), ('A', 2, 'I'), ('B', 9, 'I'), ('C', 0, 'B')], 'D', Some(0), true),
            full(&[('A', 5, 'I'), ('B', 7, 'I'), ('C', 9, 'I'), ('D', 1, 'I')], 'A', Some(2), true),
            full(&[('A', 5, 'B'), ('A', 2, 'I'), ('A', 9, 'H'), ('B', 9, 'I')], 'C', Some(1), true),
            // Nothing is idle: who owes something gives way, but only to one who has less.
            full(&[('A', 5, 'H'), ('A', 2, 'H'), ('A', 0, 'H'), ('B', 9, 'H')], 'C', Some(0), true),
            full(&[('A', 5, 'H'), ('A', 2, 'H'), ('A', 0, 'H'), ('B', 9, 'H')], 'A', None, false),
            // Nor does an idle one give way to somebody who has more.
            full(&[('A', 5, 'H'), ('A', 2, 'H'), ('A', 0, 'H'), ('B', 9, 'I')], 'A', None, false),
            full(&[('A', 5, 'H'), ('B', 2, 'H'), ('C', 9, 'H'), ('D', 9, 'H')], 'E', None, false),
            full(&[('A', 0, 'H'), ('A', 0, 'H'), ('A', 0, 'H'), ('B', 0, 'H')], 'C', None, false),
            full(&[('A', 9, 'B'), ('A', 9, 'B'), ('A', 9, 'B'), ('B', 9, 'B')], 'C', None, false),
            // A client that has as many as it may gives one of its own, or is refused.
            Case {
                places: 9,
                each: 2,
                open: &[('A', 5, 'I'), ('A', 7, 'I'), ('B', 9, 'I')],
                newcomer: 'A',
                gives_way: Some(1),
                admitted: true,
            },
            Case {
                places: 9,
                each: 2,
                open: &[('A', 5, 'H'), ('A', 7, 'B'), ('B', 9, 'I')],
                newcomer: 'A',
                gives_way: None,
                admitted: false,
            },
        ] {
            let limits = Limits { max_connections: case.places, max_connections_per_client: case.each, ..Limits::default() };
            let peers = Peers::new(Clients::new(&limits));
            let peer = |letter: char| peers.of(IpAddr::V4(Ipv4Addr::from_bits(u32::from(letter))));
            let watch = Arc::new(Watch::new(&limits));
            (0..9).for_each(|_| watch.clock.tick());
            let seats = |watch: &Watch| {
                let mut seats: Vec<u64> = watch.open().seats.keys().copied().collect();
                seats.sort_unstable();
                seats
            };
            for (letter, waited, how) in case.open {
                watch.run(&peer(*letter), |guard| {
                    guard.waited(9 - u64::from(*waited), *how);
                    std::future::pending()
                });
            }
            let before = seats(&watch);
            assert_eq!(watch.admits(&peer(case.newcomer)), case.admitted, "{case:?}");
            let after = seats(&watch);
            let gone = before.iter().position(|seat| !after.contains(seat));
            assert_eq!((gone, before.len() - after.len()), (case.gives_way, usize::from(gone.is_some())), "{case:?}");
            let counted: usize = ['A', 'B', 'C', 'D', 'E'].map(|letter| peer(letter).account.connections()).iter().sum();
            assert_eq!(counted, after.len(), "{case:?}");
        }
    }
}
