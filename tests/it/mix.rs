//! A light load with a fixed seed on a server of the invented areas: 80 % tiles, 15 % JSON, 5 % exports. Each answer is compared
//! with what the release that it names has said in quiet, whatever happens meanwhile.

use crate::{harness::Server, load::Client};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

const CLIENTS: u64 = 3;
/// How long a client waits before it asks again.
const PAUSE: Duration = Duration::from_millis(3);
/// How long a load lasts that nothing happens under.
const QUIET: Duration = Duration::from_secs(2);

/// Statuses and bytes of every answer, by release and path.
pub struct Mix(BTreeMap<(String, String), (u16, Vec<u8>)>);

/// What the clients saw.
#[derive(Debug, Default)]
pub struct Seen {
    pub ms: Vec<f64>,
    /// How many answers came from each release.
    pub releases: BTreeMap<String, usize>,
}

impl Mix {
    /// The answers of these releases.
    pub fn of(server: &Server, releases: &[&str]) -> Self {
        let (mut client, mut golden) = (Client::open(server), BTreeMap::new());
        for (release, path) in
            releases.iter().flat_map(|release| paths().concat().into_iter().map(move |path| (release, path)))
        {
            let pinned = format!("{path}{}release={release}", if path.contains('?') { '&' } else { '?' });
            let reply = client.get(&pinned).answered(&pinned);
            assert!(matches!(reply.status, 200 | 204), "{pinned}: {}", reply.text());
            golden.insert(((*release).to_owned(), path), (reply.status, reply.body));
        }
        Self(golden)
    }

    /// The load while nothing happens.
    pub fn quiet(&self, server: &Server) -> Seen {
        self.during(server, || std::thread::sleep(QUIET)).0
    }

    /// The load while `work` is done.
    pub fn during<T>(&self, server: &Server, work: impl FnOnce() -> T) -> (Seen, T) {
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let over = &over;
            let clients: Vec<_> = (0..CLIENTS).map(|seed| scope.spawn(move || self.ask(server, seed, over))).collect();
            let end = Over(over);
            let done = work();
            drop(end);
            let mut seen = Seen::default();
            for client in clients {
                let one = client.join().unwrap();
                seen.ms.extend(one.ms);
                one.releases.into_iter().for_each(|(release, count)| *seen.releases.entry(release).or_default() += count);
            }
            (seen, done)
        })
    }

    fn ask(&self, server: &Server, seed: u64, over: &AtomicBool) -> Seen {
        let (mut client, mut random, mut seen) = (Client::open(server), fastrand::Rng::with_seed(seed), Seen::default());
        let paths = paths();
        while !over.load(Ordering::Relaxed) {
            let kind = match random.usize(..20) {
                0..16 => 0,
                16..19 => 1,
                _ => 2,
            };
            let path = &paths[kind][random.usize(..paths[kind].len())];
            let begun = Instant::now();
            let reply = client.get(path).answered(path);
            seen.ms.push(begun.elapsed().as_secs_f64() * 1e3);
            let release = reply.header("choro-release").unwrap_or_else(|| panic!("{path}: {}", reply.text())).to_owned();
            let golden = &self.0[&(release.clone(), path.clone())];
            assert!(
                (reply.status, &reply.body) == (golden.0, &golden.1),
                "{path}: {} is not what {release} says",
                reply.status
            );
            *seen.releases.entry(release).or_default() += 1;
            std::thread::sleep(PAUSE);
        }
        seen
    }
}

/// Ends the load, also where the work fails.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Tiles, JSON, exports.
fn paths() -> [Vec<String>; 3] {
    let years = |path: &str| ["2021", "2022"].map(|year| format!("{path}indicator=arrival_rate&period={year}"));
    let tile = |z: u32| {
        (0..1 << z).flat_map(move |x| (0..1 << z).map(move |y| format!("/tiles/areas/WebMercatorQuad/{z}/{x}/{y}.mvt?")))
    };
    let tiles = (0..3).flat_map(tile).flat_map(|tile| years(&tile)).collect();
    let json = ["/values/areas.json?", "/tiles/areas/WebMercatorQuad.json?"].into_iter().flat_map(years);
    let json = json
        .chain(["/catalog.json", "/areas/areas/01", "/legends/arrival_rate.json?set=areas&period=2022"].map(str::to_owned));
    let exports = ["/values/areas.csv?", "/areas/areas.geojson?"].into_iter().flat_map(years);
    [tiles, json.collect(), exports.collect()]
}
