//! Builds a point and puts its server under load.

use crate::{
    common::{
        load,
        process::{self, Process},
    },
    point::{ARGUMENT, Built, Point},
    requests::FILES,
};
use anyhow::ensure;
use std::{path::Path, process::Command};

/// All that is known of a point.
pub struct Measured {
    pub built: Built,
    pub max_zoom: u8,
    /// Microseconds of processor time for a request, of maps and of random selections.
    pub request: f64,
    pub random: f64,
    /// The most memory of the server in MB.
    pub server: f64,
}

pub const HEAD: &str = "\
| areas | vertices | zooms | tiles | selections | build, s | most memory | bundle | server | splice, µs | request, µs | random, µs |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

impl Measured {
    pub fn row(&self) -> String {
        let Built { areas, vertices, tiles, selections, cpu, megabytes, memory, splice, .. } = &self.built;
        let Self { max_zoom, request, random, server, .. } = self;
        format!(
            "| {areas} | {vertices} | 0-{max_zoom} | {tiles} | {selections} | {cpu:.2} | {memory:.0} MB | {megabytes:.1} MB \
             | {server:.0} MB | {splice:.2} | {request:.1} | {random:.1} |"
        )
    }
}

pub fn measure(point: Point) -> anyhow::Result<Measured> {
    let dir = tempfile::tempdir()?;
    let mut builder = Command::new(std::env::current_exe()?);
    let output = builder.arg(ARGUMENT).arg(dir.path()).args(point.arguments()).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let built: Built = serde_json::from_slice(&output.stdout)?;
    let server = Process::start(&mut process::choro(&dir.path().join(&built.release)))?;
    let [request, random] = [ask(&server, &dir.path().join(FILES[0]))?, ask(&server, &dir.path().join(FILES[1]))?];
    let [_, memory] = server.memory()?;
    Ok(Measured { built, max_zoom: point.max_zoom, request, random, server: memory })
}

/// Microseconds of processor time for a request of a list.
fn ask(server: &Process, list: &Path) -> anyhow::Result<f64> {
    let urls: Vec<String> = std::fs::read_to_string(list)?.lines().map(str::to_owned).collect();
    let before = server.cpu()?;
    load::run(server.address, "gzip", &urls)?;
    Ok((server.cpu()? - before) * 1e6 / urls.len() as f64)
}
