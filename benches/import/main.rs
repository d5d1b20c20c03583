//! A large statistics file through `choro import observations` and `choro publish` on both databases: rows a second, and the
//! most memory of the program. Fails where an import takes more than a bounded amount of it.
//!
//! `cargo bench --bench import -- 1000000 10000000`; without a number a million rows.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

#[path = "../../tests/common/memory.rs"]
mod memory;

#[path = "../../tests/common/postgres.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "made for the tests, where a failure is a panic; the bench uses a part"
)]
mod postgres;
#[path = "../../tests/common/squares.rs"]
mod squares;
mod workspace;

use anyhow::ensure;
use workspace::{Cost, Workspace};

/// The most memory that an import of any size may take, MB.
const MOST_MEMORY: f64 = 200.0;

fn main() -> anyhow::Result<()> {
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let mut rows: Vec<usize> = arguments.map(|rows| rows.parse()).collect::<Result<_, _>>()?;
    if rows.is_empty() {
        rows.push(1_000_000);
    }
    // As a server is in use: what is committed is on the disk.
    let cluster = postgres::Cluster::start("-c max_wal_size=4GB");
    println!(
        "| database | rows | CSV | import | rows/s | most memory | again, nothing new | again, 1 % changed | publish | most memory |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for rows in rows {
        measure("SQLite", None, rows)?;
        if let Some(cluster) = &cluster {
            let database = tokio::runtime::Runtime::new()?.block_on(cluster.database());
            measure("PostgreSQL", Some(database), rows)?;
        }
    }
    Ok(())
}

fn measure(name: &str, database: Option<String>, rows: usize) -> anyhow::Result<()> {
    let workspace = Workspace::new(database)?;
    let size = workspace.table(rows, None)?;
    let first = workspace.import()?;
    let again = workspace.import()?;
    workspace.table(rows, Some(100))?;
    let revised = workspace.import()?;
    let published = workspace.run(&["publish"])?;
    println!(
        "| {name} | {rows} | {:.0} MB | {:.1} s | {:.0} | {:.0} MB | {:.1} s | {:.1} s | {:.1} s | {:.0} MB |",
        size as f64 / 1e6,
        first.seconds,
        rows as f64 / first.seconds,
        first.memory,
        again.seconds,
        revised.seconds,
        published.seconds,
        published.memory,
    );
    let most = [&first, &again, &revised].map(|Cost { memory, .. }| *memory).into_iter().fold(0.0, f64::max);
    ensure!(most <= MOST_MEMORY, "{name}: an import of {rows} rows took {most:.0} MB, more than {MOST_MEMORY} MB");
    Ok(())
}
