//! A large import on both databases: rows a second and the most memory.
//!
//! `cargo bench --bench import -- 10000000`; without a number a million. Each database has a process of its own, since the most
//! memory is counted for a process.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

#[path = "../../tests/common/postgres.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "made for the tests, where a failure is a panic; the bench uses a part"
)]
mod postgres;

use anyhow::{Context as _, bail};
use choro::{
    config::{Database, DatabasePlace, PostgresUrl},
    model::{
        Area, AreaCode, BoundarySet, Cell, Code, CodeItem, CodeList, Dimension, Indicator, Kind, Names, Observation, Period,
        SetId, State, Unit, VintageId,
    },
    store::{ImportRecord, ImportSummary, Store},
};
use std::{process::Command, sync::Arc, time::Instant};

const AREAS: usize = 2000;
const SEXES: [&str; 3] = ["_T", "F", "M"];
const AGES: [&str; 7] = ["_T", "Y0T14", "Y15T24", "Y25T34", "Y35T44", "Y45T64", "Y_GE65"];
/// Observations made at once, as a reader of a file would.
const PART: usize = 50_000;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runtime = tokio::runtime::Runtime::new()?;
    match arguments.as_slice() {
        [database, rows] => runtime.block_on(measure(database, rows.parse()?)),
        [] => runtime.block_on(both("1000000")),
        [rows] => runtime.block_on(both(rows)),
        _ => bail!("expected a number of rows"),
    }
}

async fn both(rows: &str) -> anyhow::Result<()> {
    println!("| database | rows | import | rows/s | again, nothing new | again, 1 % changed | most memory |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let folder = tempfile::tempdir()?;
    run(&folder.path().join("choro.sqlite").display().to_string(), rows)?;
    // As a server is in use: what is committed is on the disk.
    if let Some(cluster) = postgres::Cluster::start("-c max_wal_size=4GB") {
        run(&cluster.database().await, rows)?;
    }
    Ok(())
}

fn run(database: &str, rows: &str) -> anyhow::Result<()> {
    let status = Command::new(std::env::current_exe()?).args([database, rows]).status()?;
    if status.success() { Ok(()) } else { bail!("{status}") }
}

async fn measure(database: &str, rows: usize) -> anyhow::Result<()> {
    let (name, place) = match PostgresUrl::new(database) {
        Ok(url) => ("PostgreSQL", DatabasePlace::Postgres(url)),
        Err(_) => ("SQLite", DatabasePlace::File(database.into())),
    };
    let store = Store::open(&Database { place, ..Database::default() }, true).await.map_err(anyhow::Error::msg)?;
    let (set, indicator) = (areas()?, indicator()?);
    store.put_boundary_set(&set, "h", "{}", false).await?;
    store.put_indicators(std::slice::from_ref(&indicator)).await?;
    let mut seconds = Vec::new();
    for (changed, expected) in [
        (usize::MAX, ImportSummary { inserted: rows as u64, ..ImportSummary::default() }),
        (usize::MAX, ImportSummary { unchanged: rows as u64, ..ImportSummary::default() }),
        (
            100,
            ImportSummary {
                replaced: rows.div_ceil(100) as u64,
                unchanged: (rows - rows.div_ceil(100)) as u64,
                inserted: 0,
            },
        ),
    ] {
        let start = Instant::now();
        let summary = import(&store, &set, &indicator, rows, changed).await?;
        seconds.push(start.elapsed().as_secs_f64());
        anyhow::ensure!(summary == expected, "{summary:?}");
    }
    let [first, again, revised] = seconds.as_slice() else { bail!("three imports") };
    let rate = rows as f64 / first;
    println!("| {name} | {rows} | {first:.1} s | {rate:.0} | {again:.1} s | {revised:.1} s | {} |", most_memory()?);
    store.close().await;
    Ok(())
}

/// Imports `rows` observations by period, area, sex and age; every `changed`th has another value than usual.
async fn import(
    store: &Store,
    set: &BoundarySet,
    indicator: &Indicator,
    rows: usize,
    changed: usize,
) -> anyhow::Result<ImportSummary> {
    let record = ImportRecord {
        file_name: "synthetic.csv".to_owned(),
        file_sha256: String::new(),
        mapping: String::new(),
        report_json: "{}".to_owned(),
    };
    let mut writer = store.write_observations(&set.id, &set.vintage, &record).await?;
    let mut part = Vec::with_capacity(PART);
    for row in 0..rows {
        part.push(observation(set, indicator, row, changed)?);
        if part.len() == PART || row + 1 == rows {
            writer.add(&part).await?;
            part.clear();
        }
    }
    Ok(writer.finish().await?)
}

fn observation(set: &BoundarySet, indicator: &Indicator, row: usize, changed: usize) -> anyhow::Result<Observation> {
    let (age, rest) = (row % AGES.len(), row / AGES.len());
    let (sex, rest) = (rest % SEXES.len(), rest / SEXES.len());
    let (area, month) = (rest % AREAS, rest / AREAS);
    let period: Period = format!("{}-{:02}", 1900 + month / 12, month % 12 + 1).parse()?;
    let code =
        |dimension: usize, item: usize| Some(indicator.dimensions.get(dimension)?.code_list.items.get(item)?.code.clone());
    let cell = match row % 20 {
        7 => Cell::State(State::Missing),
        _ => Cell::Value((row % 10_007) as f64 / 4.0),
    };
    Ok(Observation {
        indicator: indicator.id.clone(),
        period,
        codes: [code(0, sex), code(1, age)].into_iter().flatten().collect(),
        area: set.areas.get(area).context("an area")?.code.clone(),
        cell: if changed != usize::MAX && row.is_multiple_of(changed) { Cell::Value(-1.0) } else { cell },
        status: None,
    })
}

fn areas() -> anyhow::Result<BoundarySet> {
    let area =
        |n| Ok(Area { code: AreaCode::new(&format!("A{n:05}"))?, names: Names::default(), parent: None, geometry: None });
    Ok(BoundarySet {
        id: SetId::new("areas")?,
        vintage: VintageId::new("1")?,
        names: Names::default(),
        source: String::new(),
        licence: String::new(),
        areas: (0..AREAS).map(area).collect::<anyhow::Result<_>>()?,
    })
}

fn indicator() -> anyhow::Result<Indicator> {
    Ok(Indicator {
        id: "arrivals".parse()?,
        name: Names::default(),
        note: Names::default(),
        unit: Unit { id: "PS".into(), name: Names::default() },
        kind: Kind::Count,
        decimals: 0,
        dimensions: vec![dimension("sex", &SEXES)?, dimension("age", &AGES)?],
        diverging: false,
        additive: false,
        weighted_by: None,
        persons: true,
        declared_public: true,
        source: String::new(),
        licence: String::new(),
    })
}

fn dimension(id: &str, codes: &[&str]) -> anyhow::Result<Dimension> {
    let item = |code: &&str| Ok(CodeItem { code: Code::new(code)?, name: Names::default(), parent: None });
    let items = codes.iter().map(item).collect::<anyhow::Result<_>>()?;
    let code_list = Arc::new(CodeList { id: id.into(), items });
    Ok(Dimension { id: id.parse()?, name: Names::default(), code_list, total: Code::new("_T")? })
}

/// The most memory that this process has had (`VmHWM`), in MB.
fn most_memory() -> anyhow::Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(format!("{} MB", kib * 1024 / 1_000_000))
}
