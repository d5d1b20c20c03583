//! `Date` follows the clock of the machine, also when that is set back under a running server.

use super::published;
use crate::harness::Server;
use chrono::{DateTime, Utc};
use std::{fs, path::PathBuf};

/// How far `Date` may be from the clock, in seconds.
const AWAY: i64 = 3;

/// The library that shows a program another time (of Debian's package libfaketime), if it is there.
fn library() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().filter_map(Result::ok);
    let found = folders.map(|entry| entry.path().join("faketime/libfaketime.so.1")).find(|path| path.is_file());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "libfaketime must be there in CI: scripts/setup.sh test installs it");
        eprintln!("NOT RUN: this test needs libfaketime: scripts/setup.sh test installs it");
    }
    found
}

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
    let Some(library) = library() else { return };
    let workspace = published();
    let clock = workspace.path("clock");
    fs::write(&clock, "+0").unwrap();
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.env("LD_PRELOAD", library).env("FAKETIME_TIMESTAMP_FILE", &clock);
    command.envs([("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1")]);
    let server = Server::run(command);
    for (jump, seconds) in [("+0", 0), ("+1d", 86_400), ("-1d", -86_400), ("+1h", 3600), ("-30", -30), ("+0", 0)] {
        fs::write(&clock, jump).unwrap();
        server.until(&format!("the date after a jump to {jump}"), |server| (offset(server) - seconds).abs() <= AWAY);
    }
}
