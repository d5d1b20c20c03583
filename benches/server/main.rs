//! The server's processor time for each request, beside that of a bare axum handler which returns the same bytes.
//!
//! ```text
//! release -> case (URLs) -> process (choro | bare) <- load
//! ```
//!
//! docs/performance.md says what is measured and why.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

mod bare;
mod case;
mod load;
mod process;
#[path = "../common/release.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod release;

use anyhow::Context as _;
use case::{CASES, Case, TARGETED};
use load::{Connection, Load};
use process::Process;
use release::{Gaps, Release};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const ROUNDS: usize = 3;
/// Four indicators of each pattern of gaps.
const PATTERNS: [Gaps; 12] = {
    use Gaps::{Blocks, SameAreas, Scattered};
    [Scattered, SameAreas, Blocks, Scattered, SameAreas, Blocks, Scattered, SameAreas, Blocks, Scattered, SameAreas, Blocks]
};
/// How many times the bare handler's processor time a never-seen selection may take.
const TARGET: f64 = 1.5;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().is_some_and(|first| first == bare::ARGUMENT) {
        return bare::serve(Path::new(&arguments.next().context("no file of answers")?));
    }
    let dir = tempfile::tempdir()?;
    let release = release::build(dir.path(), &PATTERNS)?;
    let bench = Bench { dir: dir.path().to_owned(), bundle: dir.path().join(release.bundle.release().as_str()) };
    let plans: Vec<Plan> = CASES.iter().map(|case| bench.plan(case, &release)).collect::<anyhow::Result<_>>()?;
    let mut results: Vec<Vec<[Sample; 2]>> = plans.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (plan, results) in plans.iter().zip(&mut results) {
            results.push([bench.measure(&mut bench.choro(), plan)?, bench.measure(&mut bench.bare(plan)?, plan)?]);
        }
    }
    print(&plans, &results);
    Ok(())
}

/// A case with its URLs.
struct Plan {
    case: &'static Case,
    urls: Vec<String>,
    /// The file of answers for the bare server.
    answers: PathBuf,
}

/// What one server did in one round.
struct Sample {
    /// Microseconds of processor time for a request.
    cpu: f64,
    load: Load,
}

struct Bench {
    dir: PathBuf,
    bundle: PathBuf,
}

impl Bench {
    fn choro(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_choro"));
        command.args(["serve", "--addr", "127.0.0.1:0", "--bundle"]).arg(&self.bundle).current_dir(&self.dir);
        command
    }

    fn bare(&self, plan: &Plan) -> anyhow::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(bare::ARGUMENT).arg(&plan.answers);
        Ok(command)
    }

    /// Makes the URLs, and fetches from choro what the bare server will answer.
    fn plan(&self, case: &'static Case, release: &Release) -> anyhow::Result<Plan> {
        let (paths, (kept, draws)) = (case.paths(release)?, case.draws(release)?);
        let server = Process::start(&mut self.choro())?;
        let mut connection = Connection::open(server.address, case.coding)?;
        let mut answers: Vec<(&str, Vec<u8>)> = Vec::new();
        for path in &paths {
            answers.push((path, connection.get(&format!("{path}?{}", kept.query()))?.to_vec()));
        }
        let file = self.dir.join(format!("{}.json", case.name));
        std::fs::write(&file, serde_json::to_vec(&answers)?)?;
        let bytes: usize = answers.iter().map(|(_, answer)| answer.len()).sum();
        println!(
            "{}: {} tiles of {} bytes on average, {} selections",
            case.name,
            paths.len(),
            bytes / paths.len(),
            draws.len()
        );
        Ok(Plan { case, urls: case.urls(&paths, &draws)?, answers: file })
    }

    /// One round, in passes of fresh servers: nothing was asked of them before, unless the case is that it was.
    fn measure(&self, server: &mut Command, plan: &Plan) -> anyhow::Result<Sample> {
        let (mut cpu, mut load) = (0.0, Load::default());
        for pass in plan.urls.chunks(plan.case.pass) {
            let server = Process::start(server)?;
            if plan.case.seen {
                load::run(server.address, plan.case.coding, &pass[..pass.len() / 20])?;
            }
            let before = server.cpu()?;
            load.add(load::run(server.address, plan.case.coding, pass)?);
            cpu += server.cpu()? - before;
        }
        Ok(Sample { cpu: cpu * 1e6 / plan.urls.len() as f64, load })
    }
}

fn print(plans: &[Plan], results: &[Vec<[Sample; 2]>]) {
    println!("\nProcessor time of the server for a request in microseconds, medians of {ROUNDS} rounds");
    println!(
        "{:<36} {:>8} {:>7} {:>7} {:>6}  {:>20}  {:>20}",
        "", "requests", "choro", "bare", "ratio", "choro: req/s p50 p99", "bare: req/s p50 p99"
    );
    for (plan, rounds) in plans.iter().zip(results) {
        let cpu = [0, 1].map(|server| median(rounds.iter().map(|round| round[server].cpu)));
        let client = [0, 1].map(|server| {
            let of = |figure: fn(&Load) -> f64| median(rounds.iter().map(|round| figure(&round[server].load)));
            format!("{:.0} {:.2} {:.2}", of(Load::per_second), of(|load| load.quantile(0.5)), of(|load| load.quantile(0.99)))
        });
        let ratio = median(rounds.iter().map(|[choro, bare]| choro.cpu / bare.cpu));
        let (name, count) = (plan.case.name, plan.urls.len());
        println!("{name:<36} {count:>8} {:>7.1} {:>7.1} {ratio:>6.2}  {:>20}  {:>20}", cpu[0], cpu[1], client[0], client[1]);
    }
    println!("latencies in milliseconds, of 16 connections that share the machine with the servers");
    println!("never-seen / bare: {:.2} (target {TARGET})", targeted(results));
}

/// The ratio of never-seen selections: all three patterns of gaps together in each round, then the median of the rounds.
fn targeted(results: &[Vec<[Sample; 2]>]) -> f64 {
    let total =
        |round: usize, server: usize| -> f64 { results[..TARGETED].iter().map(|case| case[round][server].cpu).sum() };
    median((0..ROUNDS).map(|round| total(round, 0) / total(round, 1)))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
