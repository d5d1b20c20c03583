//! `choro releases`.

use super::{args::Releases, output::print, publish, storage::Keys};
use choro_bundle as bundle;
use choro_config::Config;
use choro_publishing::{self as workbench, Listed, Standing, Withdrawal};
use std::fmt::Write as _;

pub fn releases(config: &Config, what: Releases, keys: &Keys) -> anyhow::Result<()> {
    let folder = &config.workspace.releases;
    let key = || workbench::signing_key(&config.workspace.key);
    let text = match what {
        Releases::List { json } => {
            let releases = workbench::list_releases(folder)?;
            if json { serde_json::to_string_pretty(&releases)? } else { list(&releases)? }
        }
        Releases::Rollback { release, json } => {
            let before = workbench::rollback(folder, &release, key()?.as_ref())?;
            publish::copy(config, &release, keys)?;
            if json {
                serde_json::json!({ "current": release, "before": before }).to_string()
            } else {
                let before = before.map(|before| format!(", before it was {before}")).unwrap_or_default();
                format!("the current release is {release}{before}")
            }
        }
        Releases::Withdraw { release, replacement, reason, json } => {
            let done = workbench::withdraw(folder, &release, replacement.as_ref(), reason, key()?.as_ref())?;
            if let Some(current) = bundle::current(folder)? {
                publish::copy(config, &current, keys)?;
            }
            if json { serde_json::to_string(&done)? } else { withdrawn(&done)? }
        }
    };
    Ok(print(&text)?)
}

/// One line a release; the current one is marked.
fn list(releases: &[Listed]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for listed in releases {
        write!(text, "{} {}  ", if listed.current { '*' } else { ' ' }, listed.release)?;
        match &listed.state {
            Standing::Kept(summary) => {
                let vintages = |vintages: &[choro_model::VintageId]| {
                    vintages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
                };
                let sets = summary.boundary_sets.iter().map(|(set, ids)| format!("{set} ({})", vintages(ids)));
                writeln!(
                    text,
                    "{}  {:>9}  {}; {} indicators, {} tables",
                    summary.created,
                    size(summary.bytes),
                    sets.collect::<Vec<_>>().join(", "),
                    summary.indicators.len(),
                    summary.tables
                )?;
            }
            Standing::Damaged { what } => writeln!(text, "DAMAGED  {what}")?,
            Standing::Withdrawn { at, reason } => {
                writeln!(text, "withdrawn at {at}{}", reason.as_ref().map(|why| format!(": {why:?}")).unwrap_or_default())?;
            }
        }
    }
    if text.is_empty() {
        text.push_str("no release: publish one with choro publish");
    }
    Ok(text)
}

fn withdrawn(done: &Withdrawal) -> Result<String, std::fmt::Error> {
    let current = done.current.as_ref().map_or("none".to_owned(), ToString::to_string);
    let mut text = format!("release {} is withdrawn; the current release is {current}\n", done.release);
    for (release, tables) in &done.shared {
        writeln!(
            text,
            "release {release} holds {tables} of its tables of values unchanged: withdraw it too if they must go"
        )?;
    }
    Ok(text)
}

/// Bytes for people.
pub fn size(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    let unit = units.into_iter().find(|(unit, _)| bytes >= *unit);
    unit.map_or_else(
        || format!("{bytes} B"),
        |(unit, name)| format!("{}.{} {name}", bytes / unit, bytes % unit / (unit / 10)),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_written_in_the_largest_unit_that_they_fill() {
        for (bytes, expected) in
            [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_960_000, "1.9 MB"), (2_000_000_000, "2.0 GB")]
        {
            assert_eq!(super::size(bytes), expected);
        }
    }
}
