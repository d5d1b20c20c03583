//! Hours at half of what it bears: memory and descriptors do not grow. `make soak`.

use super::{
    Client, ONE_CLIENT, at_most, process, serve, site,
    site::{geojson, tile},
};
use crate::{
    harness::Server,
    numbers::{self, quantile},
};
use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

const CLIENTS: usize = 4;
/// How long it is asked without a pause, to see what it bears.
const FULL: Duration = Duration::from_secs(10);
/// What memory may grow by in an hour, once it has come to rest, beside what an allocator gives and takes.
const BYTES_AN_HOUR: f64 = 1e6;
const NOISE: f64 = 6e6;

/// What the clients do; `rate` requests a second of all together, or as fast as they can.
struct Load<'a> {
    server: &'a Server,
    rate: Option<f64>,
    over: AtomicBool,
    count: AtomicUsize,
    ms: Mutex<Vec<f64>>,
}

impl<'a> Load<'a> {
    fn new(server: &'a Server, rate: Option<f64>) -> Self {
        Self { server, rate, over: AtomicBool::new(false), count: AtomicUsize::new(0), ms: Mutex::new(Vec::new()) }
    }

    /// Lets all clients ask while `work` is done.
    fn during(&self, work: impl FnOnce()) {
        std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS).map(|seed| scope.spawn(move || self.ask(seed as u64))).collect();
            work();
            self.over.store(true, Ordering::Relaxed);
            clients.into_iter().for_each(|client| client.join().unwrap());
        });
    }

    fn ask(&self, seed: u64) {
        let (mut client, mut random) = (Client::open(self.server), fastrand::Rng::with_seed(seed));
        let mut next = Instant::now();
        while !self.over.load(Ordering::Relaxed) {
            let path = path(&mut random);
            let begun = Instant::now();
            let status = client.get(&path).answered(&path).status;
            assert!(matches!(status, 200 | 204), "{path}: {status}");
            self.count.fetch_add(1, Ordering::Relaxed);
            self.ms.lock().unwrap().push(begun.elapsed().as_secs_f64() * 1e3);
            if let Some(rate) = self.rate {
                next += Duration::from_secs_f64(CLIENTS as f64 / rate);
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            // As browsers do.
            if random.u32(..500) == 0 {
                client = Client::open(self.server);
            }
        }
    }
}

/// 80 % tiles, 15 % JSON, 5 % exports, of all selections.
fn path(random: &mut fastrand::Rng) -> String {
    let selection = random.usize(..site::INDICATORS * site::PERIODS.len());
    match random.u32(..20) {
        0..16 => {
            let zoom = random.u32(..=site::ZOOM);
            tile(zoom, random.u32(..1 << zoom), random.u32(..1 << zoom), selection)
        }
        16..18 => format!("/values/islands.json?{}", site::selection(selection)),
        18 => format!("/tiles/islands/WebMercatorQuad.json?{}", site::selection(selection)),
        _ => format!("{}&zoom=2", geojson(selection)),
    }
}

/// Not for every run of the tests: `CHORO_TEST_SOAK` says how long.
#[test]
#[ignore = "takes hours: make soak"]
fn hours_at_half_of_what_it_bears_leave_memory_and_descriptors_as_they_were() {
    let seconds: u64 = std::env::var("CHORO_TEST_SOAK").map_or(7200, |seconds| seconds.parse().unwrap());
    let site = site();
    let server = serve(&site, &ONE_CLIENT);
    let full = Load::new(&server, None);
    full.during(|| std::thread::sleep(FULL));
    let bears = full.count.load(Ordering::Relaxed) as f64 / FULL.as_secs_f64();
    let half = Load::new(&server, Some(bears / 2.0));
    let (mut memory, mut descriptors, mut times) = (Vec::new(), Vec::new(), Vec::new());
    half.during(|| {
        // A hundred looks: the first half is warming up.
        for _ in 0..100 {
            std::thread::sleep(Duration::from_secs_f64(seconds as f64 / 100.0));
            memory.push(server.memory());
            descriptors.push(process::descriptors(&server));
            times.push(std::mem::take(&mut *half.ms.lock().unwrap()));
        }
    });
    let middle = |part: &[f64]| quantile(&mut part.to_vec(), 0.5);
    let hours = seconds as f64 / 3600.0;
    let grown = middle(&memory[75..]) - middle(&memory[50..75]);
    let mut late: Vec<f64> = times[75..].concat();
    let mut early: Vec<f64> = times[25..50].concat();
    numbers::say(23, "seconds of it", seconds, "");
    numbers::say(23, "requests a second that it bears", format!("{bears:.0}"), "");
    numbers::say(23, "answers at half of that, none failed", half.count.load(Ordering::Relaxed), "");
    numbers::say(23, "memory of the last quarter, less that of the quarter before", format!("{:.1}", grown / 1e6), "MB");
    numbers::say(23, "memory at the end", format!("{:.0}", memory[99] / 1e6), "MB");
    numbers::times(23, "requests in the second quarter", &mut early);
    numbers::times(23, "requests in the last quarter", &mut late);
    at_most("soak_bytes_grown", grown, NOISE + BYTES_AN_HOUR * hours / 4.0);
    // A client that comes anew, a file that is read.
    let (first, last) = (descriptors[50..75].iter().max().unwrap(), descriptors[75..].iter().max().unwrap());
    at_most("soak_descriptors", *last as f64, *first as f64 + 4.0);
    assert_eq!(server.stop("-TERM"), Some(0));
}
