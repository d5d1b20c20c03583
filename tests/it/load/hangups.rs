//! Clients that ask for pictures nobody has asked for before, and hang up: what nobody waits for is not made, nothing of it stays,
//! and legends and tiles are answered meanwhile.

use super::{
    Client, at_most, looked_up, process, quantile, serve, shown, site,
    site::{INDICATORS, PERIODS, selection, tile},
};
use crate::harness::{Server, Workspace};
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    time::{Duration, Instant},
};

const HOSTILE: usize = 16;
/// How long each waits before it hangs up: enough for a picture to be begun.
const PATIENCE: Duration = Duration::from_millis(15);
/// Pictures that each of them asks for.
const EACH: usize = 60;
/// What two drawings and the caches that they fill may leave behind, MB.
const LEFT_MB: f64 = 64.0;

#[test]
fn clients_that_hang_up_leave_no_work_and_no_memory_behind() {
    let site = site();
    // One address asks for everything here.
    let client = ("CHORO_COSTLY_PER_MINUTE", "1000000");
    let server = serve(&site, &[("MALLOC_ARENA_MAX", "2"), ("CHORO_CACHE_MB", "16"), client]);
    for at in 0..4 {
        assert_eq!(server.get(&picture(at)).status, 200);
    }
    let (before, made) = (server.memory(), looked_up(&server, "documents").1);
    let (asked, over, begun) = (AtomicUsize::new(4), AtomicBool::new(false), Instant::now());
    let [mut legends, mut tiles] = std::thread::scope(|scope| {
        let hostile: Vec<_> = (0..HOSTILE).map(|_| scope.spawn(|| hang_up(&server, &asked))).collect();
        let (server, over) = (&server, &over);
        let good = [legend as fn(usize) -> String, hot_tile].map(|path| scope.spawn(move || ask_well(server, path, over)));
        hostile.into_iter().for_each(|client| client.join().unwrap());
        over.store(true, SeqCst);
        good.map(|client| client.join().unwrap())
    });
    shown("hangups_asked_and_left", asked.load(SeqCst) - 4);
    shown("hangups_s", begun.elapsed().as_secs_f64());
    shown("hangups_memory_mb_most", crate::memory::of(server.pid(), "VmHWM").unwrap() / 1e6);
    for (what, times) in [("legend", &mut legends), ("tile", &mut tiles)] {
        shown(&format!("hangups_{what}_answers"), times.len());
        shown(&format!("hangups_{what}_ms_p50"), quantile(times, 0.5));
        shown(&format!("hangups_{what}_ms_p99"), quantile(times, 0.99));
    }
    let rest = Instant::now();
    server.until("its rest", |server| {
        let before = process::cpu(server);
        std::thread::sleep(Duration::from_millis(200));
        process::cpu(server) - before < Duration::from_millis(40)
    });
    shown("hangups_at_rest_after_s", rest.elapsed().as_secs_f64());
    at_most("hangups_memory_left_mb", (server.memory() - before) / 1e6, LEFT_MB);
    let begun = looked_up(&server, "documents").1 - made;
    // Legends are among those that were begun; of pictures only what fits on the two threads.
    shown("hangups_begun", begun);
    at_most("hangups_begun_share", begun / (asked.load(SeqCst) + legends.len()) as f64, 0.9);
    same_as_ever(&site, &server);
}

/// A picture of the islands from a place of its own.
fn picture(number: usize) -> String {
    format!("/picture.png?set=islands&{}&at={},10,{}", selection(3), number as f64 / 1e3, 2)
}

fn legend(number: usize) -> String {
    let (indicator, period) = (number % INDICATORS, PERIODS.start + number % PERIODS.len());
    format!("/legends/rate_{indicator}.json?set=islands&period={period}&method=manual&breaks={}.25,70", number % 60)
}

fn hot_tile(number: usize) -> String {
    tile(1, number as u32 % 2, 1, number % 8)
}

fn hang_up(server: &Server, asked: &AtomicUsize) {
    for _ in 0..EACH {
        let mut client = Client::open(server);
        client.ask(&picture(asked.fetch_add(1, SeqCst)), b"").unwrap();
        std::thread::sleep(PATIENCE);
    }
}

/// Asks one after the other till it is over; how long each took.
fn ask_well(server: &Server, path: fn(usize) -> String, over: &AtomicBool) -> Vec<f64> {
    let (mut client, mut times) = (Client::open(server), Vec::new());
    while !over.load(SeqCst) {
        let (path, begun) = (path(times.len()), Instant::now());
        let status = client.get(&path).answered(&path).status;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        assert!(matches!(status, 200 | 204), "{path}: {status}");
        std::thread::sleep(Duration::from_millis(2));
    }
    times
}

/// What was asked for and left is, asked for again, what a server that was never pressed says.
fn same_as_ever(site: &Workspace, server: &Server) {
    let calm = serve(site, &[]);
    for number in [5, 50] {
        let path = picture(number);
        let reply = server.get(&path);
        assert!(reply.status == 200 && reply.body == calm.get(&path).body, "{path}: {}", reply.status);
    }
}
