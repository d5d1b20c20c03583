//! What the viewer costs on 2,492 municipalities: bytes of a change of period, calls of setFeatureState and their script time
//! beside that of as many calls that change nothing, and bytes before the first map. Chromium does it (`step.mjs`).

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod common;

use anyhow::ensure;
use common::{
    process::{Process, choro},
    release::{self, Gaps, Part, Series, ZOOMS},
    sets::Areas,
};
use std::{path::Path, process::Command};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn main() -> anyhow::Result<()> {
    ensure!(
        Path::new(ROOT).join("tests/browser/node_modules").is_dir(),
        "the packages of the browser tests are not there: run npm ci in tests/browser, or make bench"
    );
    let (dir, set) = (tempfile::tempdir()?, Areas::Municipalities.load()?);
    let series = [Series { gaps: Gaps::Scattered, years: 2000..2010, sexes: 1, ages: 1 }];
    let release = release::build(
        dir.path(),
        &[Part { areas: Areas::Municipalities, set: &set, zooms: ZOOMS, mlt: false, series: &series }],
    )?;
    let server = Process::start(&mut choro(&dir.path().join(release.bundle.release().as_str())))?;
    println!("\n{} municipalities\n", set.areas.len());
    let script = Path::new(ROOT).join("benches/viewer/step.mjs");
    let status = Command::new("node").arg(script).env("CHORO_URL", format!("http://{}", server.address)).status()?;
    ensure!(status.success(), "the page could not be measured");
    Ok(())
}
