//! `choro publish` and `choro check`.

use super::output::{Busy, print};
use crate::{
    bundle::{self, Bundle},
    config::Config,
    workbench::{PublishReport, Workbench},
};
use anyhow::{Context as _, bail};
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

pub async fn publish(workbench: &Workbench, json: bool) -> anyhow::Result<()> {
    let busy = Busy::with("publishing");
    let report = workbench.publish().await?;
    drop(busy);
    if json {
        let object = serde_json::json!({
            "release": report.published.release, "columns": report.columns, "bytes_written": report.published.written,
            "bytes_linked": report.published.linked, "omitted": report.omitted, "pruned": report.pruned,
        });
        return Ok(print(&object.to_string())?);
    }
    Ok(print(&text(&report)?)?)
}

fn text(report: &PublishReport) -> Result<String, std::fmt::Error> {
    let published = &report.published;
    let mut text = format!(
        "{}\n{} columns; {} bytes written, {} taken over unchanged\n",
        published.release, report.columns, published.written, published.linked
    );
    for omitted in &report.omitted {
        let (set, grid) = (&omitted.set, &omitted.grid);
        writeln!(
            text,
            "grid {grid} cannot hold {} areas of {set}: {}; they are in none of its tiles (leave the grid out by boundary_sets.{set}.grids)",
            omitted.areas.len(),
            omitted.areas.join(", ")
        )?;
    }
    for release in &report.pruned {
        writeln!(text, "deleted old release {release}")?;
    }
    Ok(text)
}

/// Reads every byte of a bundle and compares it with the manifest.
pub fn check(config: &Config, bundle: Option<PathBuf>) -> anyhow::Result<()> {
    let dir = bundle.map_or_else(|| current_dir(&config.workspace.releases), Ok)?;
    let busy = Busy::with(format!("checking {}", dir.display()));
    let bundle = Bundle::open(&dir)?;
    bundle.verify_all()?;
    drop(busy);
    print(&format!("{}: every file is as its manifest says", bundle.release())).context("standard output")
}

fn current_dir(releases: &Path) -> anyhow::Result<PathBuf> {
    match bundle::current(releases)? {
        Some(id) => Ok(releases.join(id.as_str())),
        None => bail!("{} holds no release: publish one with choro publish", releases.display()),
    }
}
