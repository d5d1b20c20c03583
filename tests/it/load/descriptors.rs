//! No file descriptor is left: the server waits without spinning, and goes on when there are some again.

use super::{Client, at_most, process, shown, site, site::tile};
use crate::harness::Server;
use std::{
    fs,
    net::Ipv4Addr,
    time::{Duration, Instant},
};

/// So few that connections may take three quarters of them (`cli::descriptors`), and all else needs more than the rest.
const LIMIT: usize = 32;
/// More than the 128 for which a socket keeps a queue where nobody says how many.
const FLOOD: usize = 300;
const LOOK: Duration = Duration::from_secs(3);

#[test]
fn without_file_descriptors_the_server_waits_and_recovers() {
    let site = site();
    let log = tempfile::NamedTempFile::new().unwrap();
    let script = format!("ulimit -n {LIMIT} && exec {} serve --addr 127.0.0.1:0", crate::harness::PROGRAM);
    let mut command = site.shell(&script);
    // The flood is to stay until the test ends it.
    let server = Server::run_logging(command.env("CHORO_HEADER_READ_TIMEOUT_S", "600"), log.reopen().unwrap());
    shown("descriptors_at_start", process::descriptors(&server));
    // Another client than the flood, which would have its idle one give way first.
    let mut early = Client::open_from(&server, Ipv4Addr::new(127, 0, 0, 2));
    assert_eq!(early.get(&tile(0, 0, 0, 0)).answered("the first").status, 200);
    let flood: Vec<Client> = (0..FLOOD).map(|_| Client::open(&server)).collect();
    server.until("the end of the descriptors", |server| process::descriptors(server) >= LIMIT);
    let before = process::cpu(&server);
    std::thread::sleep(LOOK);
    let spent = (process::cpu(&server) - before).as_secs_f64() / LOOK.as_secs_f64();
    at_most("descriptors_exhausted_cpu_share", spent, 0.5);
    shown("descriptors_exhausted", process::descriptors(&server));
    // Who has a connection is served: what is known, and what needs no descriptor.
    for number in 0..20 {
        let path = tile(number % 3, 0, 0, 0);
        let status = early.get(&path).answered(&path).status;
        assert!(matches!(status, 200 | 204), "{path}: {status}");
    }
    // What has to be opened is answered out of what connections leave over, or the client is told to come again.
    let unseen = tile(0, 0, 0, 200);
    let reply = early.get(&unseen).answered(&unseen);
    let expected = [(200, None), (503, Some("1"))];
    assert!(expected.contains(&(reply.status, reply.header("retry-after"))), "{unseen}: {}", reply.status);
    let begun = Instant::now();
    drop(flood);
    assert_eq!(Client::open(&server).get(&unseen).answered("after the flood").status, 200);
    at_most("descriptors_recovery_s", begun.elapsed().as_secs_f64(), 20.0);
    assert_eq!(early.get(&unseen).answered("the early one").status, 200);
    server.until("the descriptors' return", |server| process::descriptors(server) < LIMIT - 4);
    shown("descriptors_exhausted_log_lines", fs::read_to_string(log.path()).unwrap().lines().count());
}
