//! A thousand requests whose handler panics, beside others that must not notice: by the header `choro-fault`, which only builds for
//! tests know (src/http/fault.rs).

use super::{Client, process, serve};
use crate::{
    harness::{Server, Workspace},
    mix::Mix,
    numbers,
    operating::metrics::samples,
};

const PANICS: usize = 1000;

#[test]
fn a_thousand_panics_cost_their_own_requests_and_nothing_else() {
    let workspace = Workspace::invented_on(None);
    workspace.ok(&["publish"]);
    let server = serve(&workspace, &[]);
    let mix = Mix::of(&server, &[&workspace.current()]);
    let mut quiet = mix.quiet(&server);
    let failed = |server: &Server| -> f64 {
        let samples = samples(server);
        samples
            .iter()
            .filter(|(name, _)| name.contains("class=\"5xx\"") && name.contains("_total"))
            .map(|(_, count)| count)
            .sum()
    };
    let before = failed(&server);
    let (mut seen, ()) = mix.during(&server, || {
        let mut client = Client::open(&server);
        for number in 0..PANICS {
            // Each kind of route in turn, and the connection stays.
            let path = ["/catalog.json", "/tiles/areas/WebMercatorQuad/0/0/0.mvt", "/health/live", "/nothing"][number % 4];
            let reply = client.get_with(path, b"choro-fault: panic\r\n").answered(path);
            assert_eq!((reply.status, reply.header("content-type")), (500, Some("application/problem+json")), "{path}");
            assert!(!reply.text().contains("choro-fault"), "what panicked is told: {}", reply.text());
        }
    });
    assert_eq!(failed(&server) - before, PANICS as f64, "panics are counted");
    let cores = std::thread::available_parallelism().unwrap().get();
    assert!(process::threads(&server) >= cores, "threads were lost: {}", process::threads(&server));
    assert_eq!(server.get("/health/ready").status, 200);
    numbers::say(20, "panics, each 500 and counted", PANICS, "");
    numbers::say(20, "answers compared meanwhile, none failed", seen.ms.len(), "");
    numbers::times(20, "requests in quiet", &mut quiet.ms);
    numbers::times(20, "requests beside panics", &mut seen.ms);
    assert_eq!(server.stop("-TERM"), Some(0));
}
