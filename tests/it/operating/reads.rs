//! Reads of one file of the release fail, or take long, while the server runs: only what needs that file is touched, and it is
//! served again as soon as the disk is well.

use super::metrics::samples;
use crate::{
    harness::{Reply, Server, Workspace},
    load::{
        self,
        site::{geojson, selection, tile},
    },
    numbers,
    tracer::Harm,
};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tempfile::NamedTempFile;

const VALUES: &str = "values/islands/1/rate_0/1980.parquet";
const TILES: &str = "tiles/islands/1/WebMercatorQuad.skeleton";
const BORDERS: &str = "boundaries/islands/1/areas.fgb";
const FILES: [(&str, &str); 3] = [(VALUES, "values"), (TILES, "tiles"), (BORDERS, "borders")];

/// What is asked for, and the files of the release that it has to read. The index of the tiles is in memory.
fn asked() -> [(String, &'static [&'static str]); 9] {
    [
        (tile(6, 33, 30, 0), &[TILES, VALUES]),
        (tile(6, 33, 30, 1), &[TILES]),
        (format!("/values/islands.csv?{}", selection(0)), &[VALUES]),
        (format!("/values/islands.csv?{}", selection(1)), &[]),
        (geojson(0), &[BORDERS, VALUES]),
        (geojson(1), &[BORDERS]),
        ("/tiles/islands/WebMercatorQuad.json".to_owned(), &[]),
        ("/catalog.json".to_owned(), &[]),
        ("/health/ready".to_owned(), &[]),
    ]
}

/// A server of the invented islands that has read no file of them yet, its log, and a file of its release.
fn serve(site: &Workspace, name: &str) -> (Server, NamedTempFile, PathBuf) {
    let log = NamedTempFile::new().unwrap();
    let mut command = site.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.env("CHORO_METRICS_ADDR", "127.0.0.1:0");
    let server = Server::run_logging(command, log.reopen().unwrap());
    (server, log, site.path(&format!("releases/{}/{name}", site.current())))
}

/// What a server says whose disk is well.
fn sound(site: &Workspace) -> Vec<Vec<u8>> {
    let server = site.serve();
    let replies = asked().map(|(path, _)| (server.get(&path), path));
    replies.map(|(reply, path)| (assert_eq!(reply.status, 200, "{path}"), body(&server, reply)).1).into()
}

/// An own address is part of what a server says about its tiles.
fn body(server: &Server, reply: Reply) -> Vec<u8> {
    match String::from_utf8(reply.body) {
        Ok(text) => text.replace(&server.url, "").into_bytes(),
        Err(tile) => tile.into_bytes(),
    }
}

fn failures(server: &Server) -> f64 {
    samples(server).iter().filter(|(name, _)| name.contains("class=\"5xx\"")).map(|(_, count)| count).sum()
}

#[test]
fn a_file_whose_reads_fail_costs_what_needs_it_and_nothing_else_and_is_served_again_when_they_do_not() {
    let site = load::site();
    let golden = sound(&site);
    for (name, kind) in FILES {
        let (server, log, file) = serve(&site, name);
        let Some(harm) = Harm::of_reads(server.pid(), &file, "error=EIO") else { return };
        let mut refused = 0;
        for _ in 0..2 {
            for ((path, needs), golden) in asked().iter().zip(&golden) {
                let reply = server.get(path);
                let expected = if needs.contains(&name) { 500 } else { 200 };
                assert_eq!(reply.status, expected, "{path} while {name} cannot be read");
                assert!(expected != 200 || body(&server, reply) == *golden, "{path}: wrong bytes");
                refused += usize::from(expected == 500);
            }
        }
        // Whoever watches is told: by a count, and by a line that names the file.
        assert!((failures(&server) - refused as f64).abs() < 1e-9, "{name}: {} counted of {refused}", failures(&server));
        let told = |line: &&str| line.contains("ERROR") && line.contains(name);
        let said = || std::fs::read_to_string(&log).unwrap().lines().filter(told).count();
        // A thread of its own writes the log.
        server.until("lines about each refusal", |_| said() >= refused);
        assert_eq!(said(), refused, "{name}");
        let begun = Instant::now();
        drop(harm);
        for ((path, _), golden) in asked().iter().zip(&golden) {
            let reply = server.get(path);
            assert!(reply.status == 200 && body(&server, reply) == *golden, "{path} after {name} was mended");
        }
        numbers::say(5, &format!("{kind} unreadable: requests refused, the others right"), refused, "of 18");
        let ms = begun.elapsed().as_millis();
        numbers::say(5, &format!("{kind} readable again: all nine requests answered after"), ms, "ms");
    }
}

#[test]
fn a_file_whose_reads_take_long_delays_what_needs_it_and_every_answer_is_right() {
    const DELAY: Duration = Duration::from_millis(300);
    let site = load::site();
    let golden = sound(&site);
    for (name, kind) in FILES {
        let (server, _log, file) = serve(&site, name);
        let how = format!("delay_enter={}", DELAY.as_micros());
        let Some(_harm) = Harm::of_reads(server.pid(), &file, &how) else { return };
        let (mut needing, mut others) = (Vec::new(), Vec::new());
        let ask = |number: usize| {
            let (path, needs) = asked()[number].clone();
            let begun = Instant::now();
            let reply = server.get(&path);
            assert!(reply.status == 200 && body(&server, reply) == golden[number], "{path} while {name} is slow");
            (needs.contains(&name), begun.elapsed().as_secs_f64() * 1e3)
        };
        // All at once, so that what is slow can stand in the way of the rest.
        let times: Vec<_> = std::thread::scope(|scope| {
            let asking = (0..asked().len()).map(|number| scope.spawn(move || ask(number))).collect::<Vec<_>>();
            asking.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        times.into_iter().for_each(|(needs, ms)| if needs { needing.push(ms) } else { others.push(ms) });
        for (what, mut times) in [("what needs them", needing), ("what does not", others)] {
            let slowest = numbers::quantile(&mut times, 1.0);
            numbers::say(5, &format!("reads of {kind} take 300 ms: slowest of {what}"), format!("{slowest:.0}"), "ms");
        }
        assert!(failures(&server) < 0.5, "{name}: a slow disk is no error");
    }
}
