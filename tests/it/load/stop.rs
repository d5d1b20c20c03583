//! The server is asked to stop under load, ten times: nothing that it has begun is cut off, and it says first that it stops.

use super::{
    Client, at_least, at_most,
    client::Outcome,
    quantile, serve, shown, site,
    site::{geojson, tile},
};
use crate::harness::Workspace;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread::{Scope, ScopedJoinHandle},
    time::{Duration, Instant},
};

const ROUNDS: usize = 10;
const CLIENTS: usize = 6;
/// Clients whose one request is certainly begun when the signal comes.
const BEGUN: usize = 4;

#[derive(Default)]
struct Counts {
    answered: usize,
    cut: usize,
    /// Connections that ended between two requests.
    closed: usize,
    refused: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.answered += other.answered;
        self.cut += other.cut;
        self.closed += other.closed;
        self.refused += other.refused;
    }
}

#[test]
fn ten_stops_under_load_cut_nothing_off() {
    let site = site();
    let (mut counts, mut times) = (Counts::default(), Vec::new());
    for round in 0..ROUNDS {
        let (of_round, time) = stop_under_load(&site, round);
        counts.add(&of_round);
        times.push(time);
    }
    shown("stop_rounds", ROUNDS);
    at_least("stop_answers_whole", counts.answered as f64, (ROUNDS * (CLIENTS + BEGUN)) as f64);
    at_most("stop_answers_cut_off", counts.cut as f64, 0.0);
    shown("stop_connections_closed_between_requests", counts.closed);
    shown("stop_connections_refused_after_the_end", counts.refused);
    shown("stop_ms_p50", quantile(&mut times, 0.5));
    at_most("stop_ms_last", quantile(&mut times, 1.0), 12_000.0);
}

fn stop_under_load(site: &Workspace, round: usize) -> (Counts, f64) {
    let server = serve(site, &[]);
    let over = AtomicBool::new(false);
    let address = &*server.url.clone();
    let begun: Vec<Client> = (0..BEGUN).map(|_| Client::open(&server)).collect();
    let clients: Vec<Client> = (0..CLIENTS).map(|_| Client::open(&server)).collect();
    std::thread::scope(|scope| {
        let load = clients.into_iter().enumerate();
        let load: Vec<_> = load.map(|(number, client)| ask_on(scope, client, address, number, &over)).collect();
        std::thread::sleep(Duration::from_millis(50 + round as u64 * 41));
        // Each of a selection of its own, so that it is made now.
        let ask = |(number, mut client): (usize, Client)| {
            client.ask(&geojson(100 + number), b"").unwrap();
            scope.spawn(move || client.answer().answered("begun before the signal").status)
        };
        let begun: Vec<_> = begun.into_iter().enumerate().map(ask).collect();
        // Until they are surely read.
        std::thread::sleep(Duration::from_millis(100));
        let ready = scope.spawn(move || readiness(address));
        let signalled = Instant::now();
        assert_eq!(server.stop("-TERM"), Some(0), "round {round}");
        let time = signalled.elapsed().as_secs_f64() * 1e3;
        over.store(true, Ordering::Relaxed);
        let mut counts = Counts::default();
        for client in begun {
            assert_eq!(client.join().unwrap(), 200);
            counts.answered += 1;
        }
        for client in load {
            counts.add(&client.join().unwrap());
        }
        ready.join().unwrap();
        (counts, time)
    })
}

/// A client that asks one thing after another, on the next connection where one has ended, until there is no server.
fn ask_on<'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut client: Client,
    address: &'scope str,
    number: usize,
    over: &'scope AtomicBool,
) -> ScopedJoinHandle<'scope, Counts> {
    scope.spawn(move || {
        let mut counts = Counts::default();
        for turn in 0_usize.. {
            let path = match turn % 5 {
                0 => format!("{}&zoom=2", geojson(turn % 40 + number * 40)),
                _ => tile(2, turn as u32 % 4, 1, turn % 40 + number * 40),
            };
            match client.get(&path) {
                Outcome::Answered(reply) => {
                    assert!(matches!(reply.status, 200 | 204), "{path}: {} {}", reply.status, reply.text());
                    counts.answered += 1;
                    if reply.header("connection") != Some("close") {
                        continue;
                    }
                }
                Outcome::Closed => counts.closed += 1,
                Outcome::Cut(why) => {
                    println!("{path}: cut off: {why}");
                    counts.cut += 1;
                }
            }
            match Client::try_open_at(address) {
                Ok(next) => client = next,
                Err(_) => {
                    counts.refused += 1;
                    break;
                }
            }
            if over.load(Ordering::Relaxed) {
                break;
            }
        }
        counts
    })
}

/// Asks whether the server is ready until nobody answers: ready at first, then not, and only then gone.
fn readiness(address: &str) {
    let mut seen = vec![200];
    while let Ok(mut client) = Client::try_open_at(address) {
        match client.get_with("/health/ready", b"Connection: close\r\n") {
            Outcome::Answered(reply) => seen.push(reply.status),
            Outcome::Closed => break,
            Outcome::Cut(why) => panic!("/health/ready: {why}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    seen.dedup();
    assert_eq!(seen, [200, 503]);
}
