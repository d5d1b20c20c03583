//! `choro publish`.

use super::{
    output::{Busy, print},
    storage::Keys,
};
use anyhow::Context as _;
use choro_bundle as bundle;
use choro_carto::drawing::{MOST_DRAWN, MOST_ON_PAGE};
use choro_config::Config;
use choro_model::ReleaseId;
use choro_publishing::{Large, Omitted, PublishReport, Workbench};
use std::fmt::Write as _;

pub async fn publish(workbench: &Workbench, json: bool, keys: &Keys) -> anyhow::Result<()> {
    let busy = Busy::with("publishing");
    let report = workbench.publish().await?;
    drop(busy);
    let sent = tokio::task::block_in_place(|| copy(workbench.config(), &report.published.release, keys))?;
    if json {
        let object = serde_json::json!({
            "release": report.published.release, "sequence": report.published.sequence, "signed_by": report.published.signed_by, "columns": report.columns,
            "restated": report.restated, "aggregated": report.aggregated,
            "small_base": report.small_base, "unknown_base": report.unknown_base, "orphans": report.orphans, "bytes_written": report.published.written,
            "bytes_linked": report.published.linked, "omitted": report.omitted, "large": report.large, "pruned": report.pruned, "bytes_sent": sent,
        });
        return Ok(print(&object.to_string())?);
    }
    let mut text = text(&report)?;
    if let (Some(sent), Some(url)) = (sent, &workbench.config().storage.url) {
        writeln!(text, "copied to {url}: {sent} bytes sent")?;
    }
    Ok(print(&text)?)
}

/// Copies a release to object storage, where the settings name one; the bytes sent. What is no longer kept here goes there too.
pub fn copy(config: &Config, release: &ReleaseId, keys: &Keys) -> anyhow::Result<Option<u64>> {
    let Some(url) = &config.storage.url else { return Ok(None) };
    let busy = Busy::with(format!("copying to {url}"));
    let copy = || -> anyhow::Result<u64> {
        let storage = keys.open(url, &config.storage)?;
        let releases = &config.workspace.releases;
        let sent = bundle::upload(&storage, &releases.join(release.as_str()))?;
        let kept: Vec<ReleaseId> = bundle::list(releases)?.into_iter().map(|(release, _)| release).collect();
        bundle::prune_storage(&storage, &kept)?;
        Ok(sent)
    };
    let sent = copy().with_context(|| {
        format!(
            "release {release} is the current one here, and was not copied to {url}: repeat the command, or publish again, when the storage answers"
        )
    })?;
    drop(busy);
    Ok(Some(sent))
}

/// The first twenty codes, and how many more there are; the JSON has all.
fn listed(codes: &[String]) -> String {
    const NAMED: usize = 20;
    let first = codes.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if codes.len() > NAMED { format!("{first} and {} more", codes.len() - NAMED) } else { first }
}

fn text(report: &PublishReport) -> Result<String, std::fmt::Error> {
    let published = &report.published;
    let mut text = format!(
        "{}\n{} columns; {} bytes written, {} taken over unchanged\n",
        published.release, report.columns, published.written, published.linked
    );
    if report.columns == 0 {
        text.push_str("no figures are in this release, only boundaries: choro import observations adds figures\n");
    }
    for omitted in &report.omitted {
        let Omitted { set, vintage, grid, areas, cut } = omitted;
        for (codes, how) in [(areas, "does not hold"), (cut, "cuts")] {
            if !codes.is_empty() {
                let (count, codes) = (codes.len(), listed(codes));
                writeln!(
                    text,
                    "grid {grid} {how} {count} areas of {set} {vintage}: {codes}; give it another corner and side, or leave it out by \
                     boundary_sets.{set}.grids"
                )?;
            }
        }
    }
    for Large { set, vintage, areas, pictures } in &report.large {
        write!(
            text,
            "{set} {vintage} has {areas} areas: its page has no first map and no table, which end at {MOST_ON_PAGE}; its script shows the \
             map"
        )?;
        let refused = if *pictures { String::new() } else { format!("; pictures, which end at {MOST_DRAWN}, are refused") };
        writeln!(text, "{refused}")?;
    }
    if report.restated + report.aggregated > 0 {
        let (restated, aggregated) = (report.restated, report.aggregated);
        writeln!(text, "{restated} columns restated on other borders, {aggregated} summed from the areas below")?;
    }
    if report.small_base + report.unknown_base > 0 {
        let (small, unknown) = (report.small_base, report.unknown_base);
        writeln!(
            text,
            "{small} values of a base that is too small to rely on, {unknown} of one that is not known: each is flagged"
        )?;
    }
    for orphans in &report.orphans {
        let (set, vintage, parent_set) = (&orphans.set, &orphans.vintage, &orphans.parent_set);
        writeln!(
            text,
            "{} areas of {set} {vintage} name a parent that {parent_set} does not have: {}; they are in no sum",
            orphans.areas.len(),
            orphans.areas.join(", ")
        )?;
    }
    for release in &report.pruned {
        writeln!(text, "deleted old release {release}")?;
    }
    Ok(text)
}
