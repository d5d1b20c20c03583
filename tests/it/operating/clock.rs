//! The clock of the machine jumps: forwards, backwards, by a second and by ten years, while a server answers and releases are made.

use super::{TILE, VALUES};
use crate::{
    faketime::faked,
    harness::{Server, Workspace, fixture},
    load::Client,
    numbers,
};
use std::{fs, time::Instant};

/// By how much, as libfaketime reads it; in this order.
const JUMPS: [&str; 9] = ["+0", "+1", "-1", "+1h", "+1d", "-1d", "+10y", "-10y", "+0"];

#[test]
fn a_clock_that_jumps_changes_no_answer_and_ends_no_connection() {
    let workspace = super::published();
    let clock = workspace.path("clock");
    fs::write(&clock, "+0").unwrap();
    let log = workspace.path("log");
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    if !faked(&mut command, &clock) {
        return;
    }
    let server = Server::run_logging(command, fs::File::create(&log).unwrap());
    let mut client = Client::open(&server);
    let paths = [TILE, VALUES, "/catalog.json", "/areas/areas/01"];
    let golden = paths.map(|path| client.get(path).answered(path));
    let tags: Vec<String> = golden.iter().map(|reply| reply.header("etag").unwrap().to_owned()).collect();
    let mut ms = Vec::new();
    for jump in JUMPS {
        fs::write(&clock, jump).unwrap();
        for ((path, golden), tag) in paths.iter().zip(&golden).zip(&tags) {
            let begun = Instant::now();
            // On the connection of before the jump: no wait is over because the clock says so.
            let reply = client.get(path).answered(path);
            ms.push(begun.elapsed().as_secs_f64() * 1e3);
            assert!((reply.status, &reply.body) == (200, &golden.body), "{jump}: {path}: {}", reply.text());
            for name in ["etag", "cache-control", "choro-release", "age", "expires"] {
                assert_eq!(reply.header(name), golden.header(name), "{jump}: {path}: {name}");
            }
            let known = client.get_with(path, format!("If-None-Match: {tag}\r\n").as_bytes()).answered(path);
            assert_eq!(known.status, 304, "{jump}: {path}");
        }
        assert_eq!(client.get("/health/ready").answered("health").status, 200, "{jump}");
    }
    numbers::say(15, "jumps under one connection, no answer changed", JUMPS.len() - 1, "");
    numbers::times(15, "requests after a jump", &mut ms);
    assert_eq!(server.stop("-TERM"), Some(0));
    let log = fs::read_to_string(&log).unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

/// The pointer says which release is current, and no clock: each is taken up, and each has the time of its making.
#[test]
fn releases_made_while_the_clock_is_wrong_are_taken_up_in_the_order_of_their_making() {
    let workspace = super::published();
    let server = workspace.serve();
    let clock = workspace.path("clock");
    for (jump, rate) in [("-10y", 21), ("+10y", 22), ("-1d", 23), ("+0", 24)] {
        fs::write(&clock, jump).unwrap();
        let run = |workspace: &Workspace, arguments: &[&str]| {
            let mut command = workspace.command(arguments);
            let faked = faked(&mut command, &clock);
            faked.then(|| {
                let output = command.output().unwrap();
                assert!(output.status.success(), "{jump}: {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            })
        };
        workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{rate}")));
        let import = ["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"];
        if run(&workspace, &import).is_none() {
            return;
        }
        run(&workspace, &["publish"]).unwrap();
        let current = workspace.current();
        server.until("the release of the wrong time", |server| server.json("/catalog.json")["release"] == current.as_str());
        let values = server.get("/values/areas.csv?indicator=arrival_rate&period=2022").text();
        assert!(values.contains(&format!(",{rate}")), "{jump}: {values}");
        assert!(workspace.ok(&["check"]).contains(&current), "{jump}");
    }
}
