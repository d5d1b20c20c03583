//! The server's processor time for each request, beside that of a bare axum handler which returns the same bytes.
//!
//! ```text
//! release -> case (URLs) -> process (choro | nginx, bare) <- load -> table
//! ```
//!
//! docs/performance.md says what is measured and why. `cargo bench --bench server -- counties heavy` measures only cases with these
//! words in their line.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

mod bare;
mod case;
#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod common;
mod nginx;
mod table;

use anyhow::Context as _;
use case::{CASES, Case, Server};
use common::{
    load::{self, Connection, Load},
    process::{self, Process},
    release::{self, Gaps, Part, Release, Series, ZOOMS},
    sets::Areas,
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const ROUNDS: usize = 3;
const PATTERNS: [Gaps; 3] = [Gaps::Scattered, Gaps::SameAreas, Gaps::Blocks];

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let Some((bare::ARGUMENT, rest)) = words.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return bare::serve(Path::new(rest.first().context("no file of answers")?));
    }
    let dir = tempfile::tempdir()?;
    let release = build(&dir.path().join("releases"))?;
    let bundle = dir.path().join("releases").join(release.bundle.release().as_str());
    let bench = Bench { dir: dir.path().to_owned(), bundle };
    let there = |case: &&Case| case.server != Server::Nginx || nginx_is_there();
    let wanted = |case: &&Case| words.iter().all(|word| case.title().contains(&word.to_lowercase()));
    let cases = CASES.iter().filter(wanted).filter(there);
    let plans: Vec<Plan> = cases.map(|case| bench.plan(case, &release)).collect::<anyhow::Result<_>>()?;
    let mut results: Vec<Vec<[Sample; 2]>> = plans.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (plan, results) in plans.iter().zip(&mut results) {
            results.push([bench.measure(plan, Side::Own)?, bench.measure(plan, Side::Bare)?]);
        }
    }
    table::print(&plans.iter().zip(&results).collect::<Vec<_>>());
    Ok(())
}

fn nginx_is_there() -> bool {
    let there = nginx::is_there();
    if !there {
        println!("NOT MEASURED: nginx, which is not installed (apt-get install nginx)");
    }
    there
}

/// Subjects with twelve indicators, counties with three.
fn build(releases: &Path) -> anyhow::Result<Release> {
    let series = |count: usize| -> Vec<Series> {
        let gaps = PATTERNS.into_iter().cycle().take(count);
        gaps.map(|gaps| Series { gaps, years: 2015..2025, sexes: 3, ages: 7 }).collect()
    };
    let (subjects, counties) = (Areas::Subjects.load()?, Areas::Counties.load()?);
    release::build(
        releases,
        &[
            Part { areas: Areas::Subjects, set: &subjects, zooms: ZOOMS, mlt: false, series: &series(12) },
            Part { areas: Areas::Counties, set: &counties, zooms: ZOOMS, mlt: true, series: &series(3) },
        ],
    )
}

/// A case with its URLs.
struct Plan {
    case: &'static Case,
    urls: Vec<String>,
    /// The folder of what the bare server and nginx answer.
    answers: PathBuf,
    /// Bytes of an answer's body, on average.
    bytes: usize,
}

/// What one server did in one round.
struct Sample {
    /// Microseconds of processor time for a request.
    cpu: f64,
    load: Load,
}

/// Which of the two servers of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Own,
    Bare,
}

struct Bench {
    dir: PathBuf,
    bundle: PathBuf,
}

impl Bench {
    fn start(&self, plan: &Plan, side: Side) -> anyhow::Result<Process> {
        match (side, plan.case.server) {
            (Side::Own, Server::Choro(tail)) => Process::start(process::choro(&self.bundle).env("CHORO_TAIL", tail)),
            (Side::Own, Server::Nginx) => nginx::start(&plan.answers),
            (Side::Bare, _) => {
                let file = plan.answers.join(bare::ANSWERS);
                Process::start(Command::new(std::env::current_exe()?).arg(bare::ARGUMENT).arg(file))
            }
        }
    }

    /// Makes the URLs, and fetches from choro what the bare server will answer.
    fn plan(&self, case: &'static Case, release: &Release) -> anyhow::Result<Plan> {
        let (paths, (kept, draws)) = (case.paths(release)?, case.draws(release)?);
        let tail = if let Server::Choro(tail) = case.server { tail } else { "stored" };
        let server = Process::start(process::choro(&self.bundle).env("CHORO_TAIL", tail))?;
        let mut connection = Connection::open(server.address, case.coding)?;
        let mut answers: Vec<(&str, Vec<u8>)> = Vec::new();
        for path in &paths {
            answers.push((path, connection.get(&format!("{path}?{}", kept.query()))?.to_vec()));
        }
        let folder = tempfile::tempdir_in(&self.dir)?.keep();
        let bytes = bare::write(&folder, &answers)? / paths.len();
        Ok(Plan { case, urls: case.urls(&paths, &draws)?, answers: folder, bytes })
    }

    /// One round, in passes of fresh servers: nothing was asked of them before, unless the case is that it was.
    fn measure(&self, plan: &Plan, side: Side) -> anyhow::Result<Sample> {
        let (mut cpu, mut load) = (0.0, Load::default());
        for pass in plan.urls.chunks(plan.case.pass) {
            let server = self.start(plan, side)?;
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
