//! What a release with one new period writes, and how soon it is served.

use crate::serving;
use crate::{
    YEARS, build,
    common::{
        load::Connection,
        process::{self, Process},
        release::{Draw, Release, Series},
    },
    line, subjects,
};
use anyhow::{Context as _, ensure};
use choro_bundle::CURRENT;
use choro_model::{BoundarySet, grid::TileCoord};
use std::{
    net::SocketAddr,
    os::unix::fs::MetadataExt as _,
    path::Path,
    thread,
    time::{Duration, Instant, SystemTime},
};

/// Bytes that a release may write beside twice its values.
const AROUND: f64 = 256_000.0;
/// Milliseconds from the moment at which a release became current to its first answer.
const SERVED_TARGET: f64 = 50.0;
/// How long to wait for that.
const PATIENCE: Duration = Duration::from_secs(60);

/// One indicator gets a new period, then all of them.
pub fn measure(releases: &Path, set: &BoundarySet) -> anyhow::Result<()> {
    let mut series = subjects();
    for (name, indicators) in [("one indicator", 1), ("all indicators", series.len())] {
        for series in &mut series[..indicators] {
            series.years.end += 1;
        }
        publish(releases, set, &series, indicators, name)?;
    }
    Ok(())
}

fn publish(releases: &Path, set: &BoundarySet, series: &[Series], indicators: usize, name: &str) -> anyhow::Result<()> {
    let server = Process::start(&mut process::choro(releases))?;
    let (address, year) = (server.address, series[0].years.end - 1);
    let waiting = thread::spawn(move || first_answer(address, year));
    let release = build(releases, set, series)?;
    let answered = waiting.join().map_err(|_| anyhow::anyhow!("the client panicked"))??;
    // A rename changes no file but its inode.
    let current = std::fs::metadata(releases.join(CURRENT))?;
    let since = Duration::new(u64::try_from(current.ctime())?, u32::try_from(current.ctime_nsec())?);
    let current = SystemTime::UNIX_EPOCH + since;
    let values = set.areas.len() * series[0].sexes * series[0].ages * indicators;
    ensure!(answered > current, "the answer came before the release");
    report(&release, values, answered.duration_since(current)?, name);
    Ok(())
}

fn report(release: &Release, values: usize, served: Duration, name: &str) {
    let written = release.published.written as f64;
    let target = 2.0 * 8.0 * values as f64 + AROUND;
    line(&format!("written for a new period of {name}, {values} values"), written / 1e3, target / 1e3, "kB");
    line(&format!("until a new period of {name} is served"), served.as_secs_f64() * 1e3, SERVED_TARGET, "ms");
}

/// When a tile of the new period could be had first.
fn first_answer(address: SocketAddr, year: u16) -> anyhow::Result<SystemTime> {
    let total = || "_T".to_owned();
    let draw = Draw {
        areas: crate::Areas::Subjects,
        gaps: crate::Gaps::Nowhere,
        indicator: "net_rate_0".to_owned(),
        year,
        sex: total(),
        age: total(),
    };
    ensure!(year >= YEARS.end, "a new period");
    let (url, begun) = (serving::url(TileCoord::new(0, 0, 0)?, &draw), Instant::now());
    let mut last = None;
    while begun.elapsed() < PATIENCE {
        match Connection::open(address, "gzip")?.get(&url) {
            Ok(_) => return Ok(SystemTime::now()),
            Err(error) => last = Some(error),
        }
        thread::sleep(Duration::from_millis(1));
    }
    Err(last.context("no answer")?)
}
