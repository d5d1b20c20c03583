//! The processor is taken by others: twice as many busy processes as there are cores.

use super::Client;
use crate::{harness::Workspace, mix::Mix, numbers};
use std::{
    process::{Child, Command},
    time::{Duration, Instant},
};

const LOOK: Duration = Duration::from_secs(4);

/// Processes that only count; ended by their numbers.
struct Busy(Vec<Child>);

impl Busy {
    fn start(count: usize) -> Self {
        let spin = || Command::new("sh").args(["-c", "while :; do :; done"]).spawn().unwrap();
        Self((0..count).map(|_| spin()).collect())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _gone = child.kill();
            let _reaped = child.wait();
        }
    }
}

#[test]
fn a_server_whose_processor_others_take_is_slower_and_fails_nothing() {
    let workspace = Workspace::invented_on(None);
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let mix = Mix::of(&server, &[&workspace.current()]);
    let mut quiet = mix.quiet(&server);
    let cores = std::thread::available_parallelism().unwrap().get();
    let busy = Busy::start(2 * cores);
    let (mut seen, mut health) = mix.during(&server, || {
        let (mut client, mut ms, begun) = (Client::open(&server), Vec::new(), Instant::now());
        while begun.elapsed() < LOOK {
            let asked = Instant::now();
            for path in ["/health/live", "/health/ready"] {
                assert_eq!(client.get(path).answered(path).status, 200, "{path}");
            }
            ms.push(asked.elapsed().as_secs_f64() * 1e3);
            std::thread::sleep(Duration::from_millis(20));
        }
        ms
    });
    drop(busy);
    numbers::say(14, "busy processes beside it, for each core", 2, "");
    numbers::say(14, "answers compared meanwhile, none failed", seen.ms.len(), "");
    numbers::times(14, "requests in quiet", &mut quiet.ms);
    numbers::times(14, "requests beside them", &mut seen.ms);
    numbers::times(14, "both healths beside them", &mut health);
    // A health that is asked for every few seconds must not run into the asker's patience.
    super::at_most("starved_health_ms_last", numbers::quantile(&mut health, 1.0), 5_000.0);
    assert_eq!(server.get("/health/ready").status, 200);
}
