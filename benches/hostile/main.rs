//! What an ordinary client notices of a hostile one: its tiles in quiet, and beside each kind of client that takes all it can get.
//! Every address of the loopback network is a client of its own. Prints a table, a row for each kind.
//!
//! ```sh
//! cargo bench --bench hostile
//! HOSTILE_PROGRAM=/path/of/another/choro cargo bench --bench hostile     # the same against another program
//! ```

#[expect(dead_code, reason = "each benchmark uses its part of what they share")]
#[path = "../common/mod.rs"]
mod common;

mod greedy;
mod ordinary;
mod site;
mod socket;

use anyhow::Context as _;
use common::process::{self, Process};
use greedy::Kind;
use site::Site;
use std::{
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

/// How long the hostile client is at it before it is measured.
const BEFORE: Duration = Duration::from_secs(2);

fn main() -> anyhow::Result<()> {
    let dir = tempfile::tempdir()?;
    let site = Site::build(dir.path())?;
    line("| beside | tile p50, ms | p99, ms | slowest, ms | served to it a second | refused a second |");
    line("|---|--:|--:|--:|--:|--:|");
    for kind in std::iter::once(None).chain(Kind::ALL.map(Some)) {
        measure(dir.path(), &site, kind)?;
    }
    Ok(())
}

/// One row, on a server of its own.
fn measure(releases: &Path, site: &Site, kind: Option<Kind>) -> anyhow::Result<()> {
    let server = Process::start(&mut program(releases))?;
    let (address, over) = (server.address, &AtomicBool::new(false));
    let (tiles, taken) = thread::scope(|scope| {
        let greedy = kind.map(|kind| scope.spawn(move || greedy::run(kind, address, site, over)));
        thread::sleep(BEFORE);
        let tiles = ordinary::tiles(address, site);
        over.store(true, Ordering::Relaxed);
        let taken = greedy.map(|thread| thread.join().map_err(|_| anyhow::anyhow!("the hostile client panicked"))?);
        anyhow::Ok((tiles?, taken.transpose()?.unwrap_or_default()))
    })?;
    let name = kind.map_or("nobody", Kind::name);
    let [p50, p99, most] = [0.5, 0.99, 1.0].map(|share| tiles.quantile(share));
    line(&format!("| {name} | {p50:.2} | {p99:.2} | {most:.1} | {:.0} | {:.0} |", taken.served, taken.refused));
    Ok(())
}

fn program(releases: &Path) -> Command {
    let mut command = process::choro(releases);
    if let Some(other) = std::env::var_os("HOSTILE_PROGRAM") {
        let mut same = Command::new(other);
        same.args(command.get_args()).current_dir(releases);
        command = same;
    }
    command
}

#[expect(clippy::print_stdout, reason = "what a benchmark is for")]
fn line(text: &str) {
    println!("{text}");
}

/// The first of what is never empty here.
fn first<T: Clone>(of: &[T]) -> anyhow::Result<T> {
    of.first().cloned().context("nothing to ask for")
}
