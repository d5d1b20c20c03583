//! What one connection is waiting for, and since which tick.
//!
//! ```text
//! opened -> HEAD -- begin --> BUSY -- answered --> UNSENT -- flushed --> nothing: idle -- read --> HEAD
//! ```
//!
//! A client that sends its next request before it has taken the answer is in two of them at once, hence bits. Time is a count of
//! ticks, so that noting something costs one store and no look at a clock: nothing is allocated or armed for a request.

use choro_config::Limits;
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::task::AbortHandle;

/// Bytes of a head have come, or a first one is owed.
const HEAD: u64 = 1;
/// A request is being answered; the deadline of the gate holds.
const BUSY: u64 = 2;
/// Bytes of an answer are not yet taken.
const UNSENT: u64 = 4;
/// Bits below the tick.
const BITS: u32 = 3;

/// The longest time between two ticks.
const TICK: Duration = Duration::from_secs(1);
/// The shortest.
const SHORTEST: Duration = Duration::from_millis(10);

/// The ticks so far.
#[derive(Debug, Default)]
pub struct Clock(AtomicU64);

impl Clock {
    pub fn tick(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The limits, in ticks.
#[derive(Debug)]
pub struct Patience {
    pub tick: Duration,
    head: u64,
    unsent: u64,
    idle: u64,
}

impl Patience {
    pub fn new(limits: &Limits) -> Self {
        let shortest = limits.header_read_timeout.min(limits.write_timeout).min(limits.idle_timeout);
        Self::in_ticks((shortest / 4).clamp(SHORTEST, TICK), limits)
    }

    /// Other limits, in ticks of the length that there is: what has waited so far is counted in them.
    pub fn with(&self, limits: &Limits) -> Self {
        Self::in_ticks(self.tick, limits)
    }

    fn in_ticks(tick: Duration, limits: &Limits) -> Self {
        let ticks = |limit: Duration| u64::try_from(limit.as_nanos().div_ceil(tick.as_nanos())).unwrap_or(u64::MAX);
        Self {
            tick,
            head: ticks(limits.header_read_timeout),
            unsent: ticks(limits.write_timeout),
            idle: ticks(limits.idle_timeout),
        }
    }
}

/// How a connection waits for its client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub since: u64,
    /// Between two requests; otherwise the head of one is owed, or an answer is not taken.
    pub is_idle: bool,
}

/// The state of one connection. Its own task writes it, the watch reads it.
#[derive(Debug)]
pub struct Guard {
    clock: Arc<Clock>,
    state: AtomicU64,
    /// The connection's task, as soon as it runs.
    pub task: OnceLock<AbortHandle>,
}

impl Guard {
    /// Of a connection that was just opened.
    pub fn new(clock: Arc<Clock>) -> Self {
        let state = AtomicU64::new(clock.now() << BITS | HEAD);
        Self { clock, state, task: OnceLock::new() }
    }

    /// Bytes have come.
    pub fn read(&self) {
        let (since, bits) = self.get();
        if bits & HEAD == 0 {
            self.set(if bits == 0 { self.clock.now() } else { since }, bits | HEAD);
        }
    }

    /// A head is complete.
    pub fn begin(&self) {
        let (since, bits) = self.get();
        self.set(since, bits & !HEAD | BUSY);
    }

    /// There is an answer to send.
    pub fn answered(&self) {
        let (_, bits) = self.get();
        self.set(self.clock.now(), bits & !BUSY | UNSENT);
    }

    /// Bytes were taken.
    pub fn written(&self) {
        let (_, bits) = self.get();
        self.set(self.clock.now(), bits | UNSENT);
    }

    /// None were taken.
    pub fn blocked(&self) {
        if self.get().1 & UNSENT == 0 {
            self.written();
        }
    }

    /// All bytes were taken.
    pub fn flushed(&self) {
        let (_, bits) = self.get();
        if bits & UNSENT != 0 {
            self.set(self.clock.now(), bits & !UNSENT);
        }
    }

    /// Why the connection is to be closed, if it is.
    pub fn overdue(&self, patience: &Patience) -> Option<&'static str> {
        let (since, bits) = self.get();
        let (limit, why) = match bits {
            _ if bits & UNSENT != 0 => (patience.unsent, "the client takes nothing of its answer"),
            _ if bits & BUSY != 0 => return None,
            _ if bits & HEAD != 0 => (patience.head, "the head of a request does not end"),
            _ => (patience.idle, "idle"),
        };
        // A tick more, since the first one may have begun just before it was counted.
        (self.clock.now().saturating_sub(since) > limit).then_some(why)
    }

    /// Since which tick the connection waits for its client, unless it is being answered.
    pub fn waits(&self) -> Option<Wait> {
        let (since, bits) = self.get();
        (bits & BUSY == 0).then_some(Wait { since, is_idle: bits == 0 })
    }

    fn get(&self) -> (u64, u64) {
        let state = self.state.load(Ordering::Relaxed);
        (state >> BITS, state & (HEAD | BUSY | UNSENT))
    }

    fn set(&self, since: u64, bits: u64) {
        self.state.store(since << BITS | bits, Ordering::Relaxed);
    }
}

#[cfg(test)]
impl Guard {
    /// As if it had waited since a tick: Idle, for a Head, or Busy.
    pub fn waited(&self, since: u64, how: char) {
        let bits = match how {
            'I' => 0,
            'H' => HEAD,
            _ => BUSY,
        };
        self.set(since, bits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_ends_after_its_own_limit_and_what_is_answered_has_none() {
        // A letter is an event: Read, Begin, Answered, Written, bLocked, Flushed; a digit lets as many ticks pass.
        for (events, ticks) in [
            ("", Some(3)),
            ("R", Some(3)),
            // Further bytes of a head give no further time.
            ("R1R1R", Some(1)),
            ("RB", None),
            ("RB9L", Some(5)),
            ("RB9A", Some(5)),
            ("RBA3W", Some(5)),
            ("RBAWL3L", Some(2)),
            ("RBAWF", Some(9)),
            ("RBAWF8", Some(1)),
            ("RBAWF8R", Some(3)),
            // The next request was sent before the answer was taken.
            ("RBAWLRB", Some(5)),
            ("RBAWLRB3L", Some(2)),
            ("RBAWLRBWF", None),
            // Half of a next head came meanwhile.
            ("RBAWLRWF", Some(3)),
            ("RBRAWF", Some(3)),
            // Flushing while nothing is to be sent says nothing.
            ("R2F", Some(1)),
            ("RB9F", None),
        ] {
            let patience = Patience { tick: TICK, head: 2, unsent: 4, idle: 8 };
            let clock = Arc::new(Clock::default());
            let guard = Guard::new(Arc::clone(&clock));
            for event in events.chars() {
                match event {
                    'R' => guard.read(),
                    'B' => guard.begin(),
                    'A' => guard.answered(),
                    'W' => guard.written(),
                    'L' => guard.blocked(),
                    'F' => guard.flushed(),
                    count => (0..count.to_digit(10).unwrap()).for_each(|_| clock.tick()),
                }
            }
            let closed = (0..20).find(|_| {
                let closed = guard.overdue(&patience).is_some();
                clock.tick();
                closed
            });
            assert_eq!(closed, ticks, "{events}");
        }
    }

    #[test]
    fn a_tick_is_a_quarter_of_the_shortest_limit_and_a_second_at_most() {
        let limits = |ms| Limits { header_read_timeout: Duration::from_millis(ms), ..Limits::default() };
        for (ms, tick, head) in
            [(0, 10, 0), (1, 10, 1), (100, 25, 4), (1000, 250, 4), (5000, 1000, 5), (1_000_000, 1000, 1000)]
        {
            let patience = Patience::new(&limits(ms));
            assert_eq!((patience.tick, patience.head), (Duration::from_millis(tick), head), "{ms}");
        }
        let changed = Patience::new(&limits(1000)).with(&limits(3000));
        assert_eq!((changed.tick, changed.head), (Duration::from_millis(250), 12));
    }
}
