//! Distinct URLs without end, and among them what everybody asks for: memory comes to rest, and what is hot stays kept.
//! 200,000 of them, or with `CHORO_TEST_LOAD=full` a million.

use super::{
    Client, ONE_CLIENT, at_least, at_most, looked_up, serve, shown, site,
    site::{INDICATORS, PERIODS, ZOOM, geojson, selection, tile},
};
use crate::harness::Server;
use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

const CONNECTIONS: usize = 16;
/// Selections that are asked for again and again.
const HOT: usize = 16;
/// Less than the selections and documents that are asked for.
const CACHE_MB: &str = "1";
/// Documents are made by threads that let every other one of the machine go first, here also those of other tests.
const PATIENT: (&str, &str) = ("CHORO_REQUEST_TIMEOUT_S", "50");
const EXPORTS: usize = 50;
/// What sixteen answers that are sent, and two that are made, may take.
const EXPORT_MB: f64 = 64.0;

/// How many, and by how much memory may grow meanwhile: of the short run a heap that is still settling is a part.
fn extent() -> (usize, f64) {
    match std::env::var("CHORO_TEST_LOAD").as_deref() {
        Err(_) => (200_000, 1.5),
        Ok("full") => (1_000_000, 1.15),
        Ok(other) => panic!("CHORO_TEST_LOAD is {other:?}, expected full or nothing"),
    }
}

#[test]
fn distinct_urls_without_end_leave_memory_flat_and_the_hot_ones_kept() {
    let site = site();
    let server =
        serve(&site, &[&ONE_CLIENT[..], &[("CHORO_CACHE_MB", CACHE_MB), ("MALLOC_ARENA_MAX", "2"), PATIENT]].concat());
    // Of six, one is for what is hot or was asked for before.
    let ((count, growth), begun) = (extent(), Instant::now());
    let count = count / 5 * 6;
    let memory = storm(&server, count);
    shown("distinct_requests", count);
    shown("distinct_requests_a_second", count as f64 / begun.elapsed().as_secs_f64());
    shown("distinct_memory_mb_most", memory.iter().copied().fold(0.0, f64::max) / 1e6);
    // The first fifth fills the caches and the heap. A document that is being made comes and goes, hence means.
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let (early, late) = (mean(&memory[memory.len() / 5..memory.len() / 2]), mean(&memory[memory.len() / 2..]));
    shown("distinct_memory_mb_mean", late / 1e6);
    at_most("distinct_memory_growth", late / early, growth);
    for cache in ["columns", "documents"] {
        let (hits, misses) = looked_up(&server, cache);
        shown(&format!("distinct_{cache}_hits"), hits);
        shown(&format!("distinct_{cache}_misses"), misses);
        for number in 0..HOT {
            let path = if cache == "columns" { tile(0, 0, 0, number) } else { hot_document(number) };
            assert_eq!(server.get(&path).status, 200, "{path}");
        }
        let after = looked_up(&server, cache);
        let (hits, misses) = (after.0 - hits, after.1 - misses);
        at_least(&format!("distinct_hot_{cache}_hit_share"), hits / (hits + misses), 0.95);
    }
    export(&server);
}

/// The biggest export fifty times: memory grows by what is made and sent at one time.
fn export(server: &Server) {
    let before = server.memory();
    let next = AtomicUsize::new(0);
    let served: usize = std::thread::scope(|scope| {
        let client = || {
            let (mut client, mut served) = (Client::open(server), 0);
            while let number @ 0..EXPORTS = next.fetch_add(1, Ordering::Relaxed) {
                let path = geojson(number);
                let reply = client.get(&path).answered(&path);
                assert!(matches!(reply.status, 200 | 503), "{path}: {}", reply.status);
                served += usize::from(reply.status == 200);
            }
            served
        };
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(client)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    at_least("export_served", served as f64, 1.0);
    at_most("export_memory_growth_mb", (server.memory() - before) / 1e6, EXPORT_MB);
}

/// Sixteen connections that ask; memory after each hundredth of it.
fn storm(server: &Server, count: usize) -> Vec<f64> {
    let (next, memory) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut client = Client::open(server);
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    if turn >= count {
                        break;
                    }
                    ask(&mut client, turn);
                    if turn % (count / 100) == 0 {
                        memory.lock().unwrap().push(server.memory());
                    }
                }
            });
        }
    });
    memory.into_inner().unwrap()
}

/// A request that nobody has made before; of each hundred, some for what is hot.
fn ask(client: &mut Client, turn: usize) {
    let selections = INDICATORS * PERIODS.len();
    let random = fastrand::Rng::with_seed(turn as u64).usize(..);
    let (path, statuses) = match turn % 100 {
        // Nothing is made, and nothing kept, for a parameter that is unknown.
        0..4 => (format!("{}&bust={turn}", tile(0, 0, 0, turn)), [400, 400]),
        4..6 => (format!("/values/islands.json?{},{}", selection(random), later(random, turn)), [200, 200]),
        6 if turn % 400 == 6 => (format!("{}&zoom={}", geojson(random), random / selections % 3), [200, 200]),
        6..16 => (tile(0, 0, 0, turn % HOT), [200, 200]),
        16..20 => (hot_document(turn % HOT), [200, 200]),
        _ => {
            // Every tile of the last zooms with every selection in turn: each once.
            let (place, zoom) = (turn / selections, ZOOM);
            let side = 1 << zoom;
            let (x, y) = ((place % side) as u32, (place / side % side) as u32);
            (tile(zoom, x, y, turn), [200, 204])
        }
    };
    let reply = client.get(&path).answered(&path);
    assert!(statuses.contains(&reply.status), "{path}: {} {}", reply.status, reply.text());
}

fn hot_document(number: usize) -> String {
    format!("/values/islands.json?{}", selection(number))
}

/// A second period beside that of a selection.
fn later(number: usize, turn: usize) -> usize {
    let years = PERIODS.len();
    PERIODS.start + (number % years + 1 + turn % (years - 1)) % years
}
