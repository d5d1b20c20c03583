//! A thousand clients that read a byte a second of a large answer: they cost little, nobody else waits for them, and they are
//! sent away.

use super::{Client, at_least, at_most, process, quantile, serve, shown, site, site::geojson, site::tile};
use crate::harness::Server;
use std::{
    fs,
    time::{Duration, Instant},
};

/// What one of them may take.
const MEMORY: f64 = 64.0 * 1024.0;
/// What the system may keep for one of them: the bytes that the server leaves with it, and what it rounds up to.
const UNSENT: f64 = 256.0 * 1024.0;
/// How long the server bears it, in seconds.
const WRITE_TIMEOUT: &str = "12";

#[test]
fn a_thousand_slow_readers_cost_little_and_are_sent_away() {
    let site = site();
    let server = serve(&site, &[("CHORO_WRITE_TIMEOUT_S", WRITE_TIMEOUT), ("CHORO_HEADER_READ_TIMEOUT_S", "60")]);
    let path = geojson(0);
    let whole = server.get(&path).body;
    shown("slow_answer_bytes", whole.len());
    let alone = ask_well(&server);
    let (memory, descriptors) = (server.memory(), process::descriptors(&server));
    let mut slow: Vec<Client> = (0..count()).map(|_| Client::open(&server)).collect();
    let begun = Instant::now();
    for client in &mut slow {
        client.ask(&path, b"").unwrap();
    }
    shown("slow_asked_after_s", begun.elapsed().as_secs_f64());
    assert_eq!(read_a_byte(&mut slow), slow.len(), "each has the beginning of its answer");
    let beside = ask_well(&server);
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(read_a_byte(&mut slow), slow.len());
    let open = process::descriptors(&server) - descriptors;
    let each = (server.memory() - memory) / slow.len() as f64;
    let mut unsent = process::unsent(&server);
    shown("slow_clients", slow.len());
    // One of those before may have ended only now.
    at_least("slow_connections_open", open as f64, slow.len() as f64 * 0.99);
    at_most("slow_memory_bytes_each", each, MEMORY);
    unsent.sort_unstable();
    at_most("slow_unsent_bytes_each_median", unsent[unsent.len() / 2] as f64, UNSENT);
    for (when, mut times) in [("alone", alone), ("beside_slow", beside)] {
        shown(&format!("slow_good_clients_ms_p50_{when}"), quantile(&mut times, 0.5));
        shown(&format!("slow_good_clients_ms_p99_{when}"), quantile(&mut times, 0.99));
    }
    server.until("sending the slow clients away", |server| {
        std::thread::sleep(Duration::from_millis(500));
        process::descriptors(server) <= descriptors + 2
    });
    shown("slow_sent_away_after_s", begun.elapsed().as_secs_f64());
    assert!(server.get(&path).body == whole, "the answer is what it was");
}

/// How many of them get another byte.
fn read_a_byte(slow: &mut [Client]) -> usize {
    slow.iter_mut().map(|client| client.take(1).unwrap()).sum()
}

/// A thousand, or as many as may be open here beside all else.
fn count() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let open = line.split_ascii_whitespace().next().unwrap().parse().unwrap_or(usize::MAX);
    (open / 2).min(1000)
}

/// Times of clients that read what they ask for, in milliseconds.
fn ask_well(server: &Server) -> Vec<f64> {
    let mut client = Client::open(server);
    let ask = |number: usize| {
        let begun = Instant::now();
        let path = tile(1, 1, 1, number);
        assert_eq!(client.get(&path).answered(&path).status, 200);
        begun.elapsed().as_secs_f64() * 1e3
    };
    (0..300).map(ask).collect()
}
