//! What an operator does beside importing and publishing: releases, checks, copies, figures about the server.

use crate::harness::{Server, Workspace, fixture};
use std::{path::Path, process::Command};

mod addresses;
mod backup;
mod check;
mod clock;
mod database_file;
mod date;
mod faults;
pub mod metrics;
mod reads;
mod releases;
mod reload;
mod traces;

pub const VALUES: &str = "/values/areas.csv?indicator=arrival_rate&period=2022";
pub const TILE: &str = "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2022";

/// A workspace with one release, whose server looks often for the next.
pub fn published() -> Workspace {
    ready(Workspace::invented())
}

/// A workspace in an SQLite file, whatever database the suite runs on: what is tested is about the file.
pub fn published_in_a_file() -> Workspace {
    ready(Workspace::invented_on(None))
}

fn ready(workspace: Workspace) -> Workspace {
    workspace.set("server", "release_poll_ms = 50");
    workspace.ok(&["publish"]);
    workspace
}

/// Imports the rates with another figure for area 04 in 2022 and publishes.
pub fn publish_next(workspace: &Workspace, figure: &str) -> String {
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
    workspace.current()
}

/// Waits until the server answers from a release.
pub fn until_current(server: &Server, release: &str) {
    server.until("the switch", |server| server.get("/catalog.json").header("choro-release") == Some(release));
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-r").args([from, to]).status().unwrap().success());
}
