//! The hostile clients. Each has one address, and stops when it is told.

use crate::{
    site::Site,
    socket::{answer, ask, connect},
};
use fastrand::Rng;
use std::{
    io::Read as _,
    net::{Ipv4Addr, SocketAddr, TcpStream},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 66);
/// Requests at a time of those that ask and wait.
const PARALLEL: usize = 64;
/// Connections of those that hang up, and after how long they do.
const HANG_UPS: usize = 16;
const HANG_UP: Duration = Duration::from_millis(60);
/// Connections that do nothing after their first answer.
const IDLE: usize = 4300;
const SLOW: usize = 1000;
/// Between two tries of one that was refused: what is measured is the server, not how fast this machine can ask.
const PAUSE: Duration = Duration::from_millis(5);
const BYTE: Duration = Duration::from_millis(500);

/// What a hostile client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    HangUps,
    Pictures,
    Breaks,
    Idle,
    Slow,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::HangUps, Self::Pictures, Self::Breaks, Self::Idle, Self::Slow];

    pub const fn name(self) -> &'static str {
        match self {
            Self::HangUps => "16 that ask for pictures and hang up",
            Self::Pictures => "64 pictures at a time",
            Self::Breaks => "64 styles with own breaks at a time",
            Self::Idle => "4,300 idle connections",
            Self::Slow => "1,000 slow readers",
        }
    }
}

/// What it got, a second.
#[derive(Debug, Default)]
pub struct Taken {
    pub served: f64,
    pub refused: f64,
}

#[derive(Default)]
struct Counts {
    served: AtomicUsize,
    refused: AtomicUsize,
}

impl Counts {
    fn add(&self, status: Option<u16>) {
        let place = if status.is_some_and(|status| status < 400) { &self.served } else { &self.refused };
        place.fetch_add(1, Relaxed);
    }
}

pub fn run(kind: Kind, server: SocketAddr, site: &Site, over: &AtomicBool) -> anyhow::Result<Taken> {
    let (begun, counts) = (Instant::now(), Counts::default());
    match kind {
        Kind::HangUps => side_by_side(HANG_UPS, over, |rng| hang_up(server, &site.picture(rng))),
        Kind::Pictures => asking(server, over, &counts, |rng| site.picture(rng)),
        Kind::Breaks => asking(server, over, &counts, |rng| site.breaks(rng)),
        Kind::Idle => idle(server, site, over, &counts),
        Kind::Slow => slow(server, site, over, &counts),
    }
    let each = |count: &AtomicUsize| count.load(Relaxed) as f64 / begun.elapsed().as_secs_f64();
    Ok(Taken { served: each(&counts.served), refused: each(&counts.refused) })
}

fn side_by_side(threads: usize, over: &AtomicBool, turn: impl Fn(&mut Rng) + Sync) {
    thread::scope(|scope| {
        for seed in 0..threads as u64 {
            let turn = &turn;
            scope.spawn(move || {
                let mut rng = Rng::with_seed(seed);
                while !over.load(Relaxed) {
                    turn(&mut rng);
                }
            });
        }
    });
}

/// What goes wrong for a hostile client is what the server wants.
fn hang_up(server: SocketAddr, url: &str) {
    let asked = connect(ADDRESS, server).and_then(|mut stream| ask(&mut stream, url).map(|()| stream));
    thread::sleep(if asked.is_ok() { HANG_UP } else { PAUSE });
}

/// As many connections as requests at a time, each asking anew as soon as it is answered.
fn asking(server: SocketAddr, over: &AtomicBool, counts: &Counts, url: impl Fn(&mut Rng) -> String + Sync) {
    side_by_side(PARALLEL, over, |rng| {
        let Ok(mut stream) = connect(ADDRESS, server) else { return thread::sleep(PAUSE) };
        let mut buffer = Vec::new();
        while !over.load(Relaxed) {
            let url = url(rng);
            let status = ask(&mut stream, &url).and_then(|()| answer(&mut stream, &mut buffer)).ok();
            assert!(!matches!(status, Some(400 | 404)), "{url}: {status:?} costs nobody anything");
            counts.add(status);
            match status {
                None => return thread::sleep(PAUSE),
                Some(400..) => thread::sleep(PAUSE),
                Some(_) => {}
            }
        }
    });
}

fn idle(server: SocketAddr, site: &Site, over: &AtomicBool, counts: &Counts) {
    let (mut held, mut buffer) = (Vec::new(), Vec::new());
    for url in site.tiles.iter().cycle().take(IDLE) {
        if over.load(Relaxed) {
            break;
        }
        let Ok(mut stream) = connect(ADDRESS, server) else { break };
        // A server without a place does not answer: the next may stand in the queue as well.
        let patience = stream.set_read_timeout(Some(Duration::from_millis(20)));
        let status = ask(&mut stream, url).and_then(|()| answer(&mut stream, &mut buffer)).ok();
        counts.add(status.filter(|_| patience.is_ok()));
        held.push(stream);
    }
    wait(over);
}

fn slow(server: SocketAddr, site: &Site, over: &AtomicBool, counts: &Counts) {
    let url = site.export();
    let open = |_| {
        let mut stream = connect(ADDRESS, server).ok()?;
        let asked = ask(&mut stream, &url);
        counts.add(asked.is_ok().then_some(200));
        stream.set_nonblocking(true).ok()?;
        Some(stream)
    };
    let mut held: Vec<TcpStream> = (0..SLOW).filter_map(open).collect();
    while !over.load(Relaxed) {
        // A byte now and then, where there is one.
        for stream in &mut held {
            let _byte = stream.read(&mut [0]);
        }
        thread::sleep(BYTE);
    }
}

fn wait(over: &AtomicBool) {
    while !over.load(Relaxed) {
        thread::sleep(PAUSE);
    }
}
