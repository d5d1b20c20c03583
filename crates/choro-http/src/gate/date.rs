//! `Date` after the clock was set back. hyper writes that header itself, for nothing, out of a text that it makes anew when the clock
//! has passed the second which the text was made for: set back by a day, it would say tomorrow for a day. Until the clock has passed
//! where it was, the header is ours.
//!
//! ```text
//! the clock says  12:00:00  12:00:01  11:00:02  11:00:03 .. 12:00:12  12:00:13
//! Date is         hyper's   hyper's   ours      ours     .. ours      hyper's
//! ```

use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};
use hyper::header::HeaderValue;
use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, SystemTime},
};

/// hyper may have seen a later moment than the last tick, and keeps it to the end of its second.
const MARGIN: Duration = Duration::from_secs(10);

/// The header, where it is ours.
#[derive(Debug)]
pub struct Date {
    is_ours: AtomicBool,
    header: ArcSwapOption<HeaderValue>,
    clock: Mutex<Clock>,
}

#[derive(Debug)]
struct Clock {
    last: SystemTime,
    /// What hyper may be waiting for.
    ahead: Option<SystemTime>,
}

impl Date {
    pub fn new(now: SystemTime) -> Self {
        Self {
            is_ours: AtomicBool::new(false),
            header: ArcSwapOption::empty(),
            clock: Mutex::new(Clock { last: now, ahead: None }),
        }
    }

    /// The header of an answer, if hyper's would be wrong.
    pub fn header(&self) -> Option<HeaderValue> {
        if !self.is_ours.load(Relaxed) {
            return None;
        }
        self.header.load().as_deref().cloned()
    }

    /// Looks at the clock; once a tick, which is a second at most.
    pub fn tick(&self, now: SystemTime) {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        if now < clock.last {
            let ahead = clock.last + MARGIN;
            clock.ahead = Some(clock.ahead.map_or(ahead, |known| known.max(ahead)));
            tracing::warn!(to = %written(now), "the clock was set back");
        }
        clock.last = now;
        clock.ahead = clock.ahead.filter(|ahead| now < *ahead);
        let header = clock.ahead.and_then(|_| HeaderValue::try_from(written(now)).ok());
        self.header.store(header.map(Into::into));
        self.is_ours.store(clock.ahead.is_some(), Relaxed);
    }
}

/// IMF-fixdate (RFC 9110, 5.6.7).
fn written(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_ours_from_a_step_back_until_the_clock_has_passed_where_it_was() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let date = Date::new(start);
        for (seconds, expected) in [
            (1, None),
            (2, None),
            (86_400, None),
            (3, Some("Sun, 06 Nov 1994 08:49:40 GMT")),
            (4, Some("Sun, 06 Nov 1994 08:49:41 GMT")),
            // Back once more: hyper still waits for the first.
            (0, Some("Sun, 06 Nov 1994 08:49:37 GMT")),
            (3600, Some("Sun, 06 Nov 1994 09:49:37 GMT")),
            (86_409, Some("Mon, 07 Nov 1994 08:49:46 GMT")),
            (86_410, None),
            (86_411, None),
        ] {
            date.tick(start + Duration::from_secs(seconds));
            assert_eq!(date.header().as_ref().map(|value| value.to_str().unwrap()), expected, "{seconds}");
        }
    }
}
