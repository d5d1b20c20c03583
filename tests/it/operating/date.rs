//! `Date` follows the clock of the machine, also when that is set back under a running server.

use super::published;
use crate::{faketime::faked, harness::Server};
use chrono::{DateTime, Utc};
use std::fs;

/// How far `Date` may be from the clock, in seconds.
const AWAY: i64 = 3;

/// How far the date of an answer is from the true time, in seconds.
fn offset(server: &Server) -> i64 {
    let reply = server.get("/health/ready");
    let dates: Vec<&str> = reply
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("date"))
        .map(|(_, value)| value.as_str())
        .collect();
    let [date] = dates.as_slice() else { panic!("{dates:?}") };
    let date = DateTime::parse_from_rfc2822(date).unwrap_or_else(|error| panic!("{date}: {error}"));
    (date.to_utc() - Utc::now()).num_seconds()
}

#[test]
fn the_date_of_answers_follows_a_clock_that_jumps_in_both_directions() {
    let workspace = published();
    let clock = workspace.path("clock");
    fs::write(&clock, "+0").unwrap();
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    if !faked(&mut command, &clock) {
        return;
    }
    let server = Server::run(command);
    for (jump, seconds) in [("+0", 0), ("+1d", 86_400), ("-1d", -86_400), ("+1h", 3600), ("-30", -30), ("+0", 0)] {
        fs::write(&clock, jump).unwrap();
        server.until(&format!("the date after a jump to {jump}"), |server| (offset(server) - seconds).abs() <= AWAY);
    }
}
