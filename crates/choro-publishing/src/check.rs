//! `choro check`: everything that a workspace needs, looked at without changing anything.

use choro_bundle::{self as bundle, Action, Bundle, BundleError, Chain, HISTORY, History, Lock, SecretKey};
use choro_config::{Config, DatabasePlace};
use choro_intake::{boundary::find_gdal, definitions};
use choro_model::{PublicKey, ReleaseId, grid::Grid};
use choro_store::{self as store, Inspection, StoreError};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

/// Room that a releases folder should have left, beside what the next release may take, in bytes.
const SPARE: u64 = 256 << 20;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Works, but not as well as it could, or not for long.
    Warning,
    /// Does not work.
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What was looked at.
    pub about: String,
    /// What was found and, where it is not as it should be, how to mend it.
    pub what: String,
}

impl Finding {
    /// A finding.
    #[expect(clippy::needless_pass_by_value, reason = "most texts and errors are made in the call")]
    pub fn new(level: Level, about: &str, what: impl ToString) -> Self {
        Self { level, about: about.to_owned(), what: what.to_string() }
    }
}

/// Looks at the grids, the address, the indicators, the database, the releases, the disk, and for `choro-gdal`.
pub async fn check(config: &Config) -> Vec<Finding> {
    let mut found = settings(config);
    let releases = &config.workspace.releases;
    let serves = bundle::current(releases).is_ok_and(|current| current.is_some());
    found.push(indicators(config, serves));
    let database = store::inspect(&config.workspace.database).await;
    found.extend(self::database(&database, serves));
    let secrets = match &config.workspace.database.place {
        DatabasePlace::File(path) => vec![("database", path), ("key", &config.workspace.key)],
        DatabasePlace::Postgres(_) => vec![("key", &config.workspace.key)],
    };
    found.extend(secrets.into_iter().filter_map(|(about, path)| open_to_others(about, path)));
    let recorded = database.map(|inspection| inspection.releases).unwrap_or_default();
    found.extend(self::releases(releases, &recorded).unwrap_or_else(|e| vec![Finding::new(Level::Error, "releases", e)]));
    found.extend(signatures(&config.workspace.key, releases));
    found.push(disk(releases));
    found.push(match find_gdal() {
        Some(path) => Finding::new(Level::Ok, "choro-gdal", path.display()),
        None => Finding::new(
            Level::Warning,
            "choro-gdal",
            "not found: boundaries can be imported from GeoJSON and TopoJSON only; install choro-gdal beside choro, or name it \
             in CHORO_GDAL",
        ),
    });
    found
}

/// Reads every byte of a bundle and compares it with the manifest.
pub fn check_bundle(dir: &Path) -> Finding {
    let verified = Bundle::open(dir).and_then(|bundle| bundle.verify_all().map(|()| bundle.release().clone()));
    match verified {
        Ok(release) => Finding::new(Level::Ok, "release", format!("{release}: every file is as its manifest says")),
        Err(error) => Finding::new(Level::Error, "release", error),
    }
}

fn settings(config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    for grid in &config.grids {
        if let Err(error) = Grid::new(grid.id.clone(), &grid.crs, grid.corner, grid.side) {
            found.push(Finding::new(Level::Error, "grids", error));
        }
    }
    let addr = config.server.addr;
    if config.server.public_url.is_none() && !addr.ip().is_loopback() {
        let what = format!(
            "server.public_url is not set: the URLs in TileJSON and styles will say http://{addr}, which clients may not \
             reach; set it to the address that they use"
        );
        found.push(Finding::new(Level::Warning, "settings", what));
    }
    if found.is_empty() {
        found.push(Finding::new(Level::Ok, "settings", "every key is known and every grid can be projected"));
    }
    found
}

/// What is wrong with something that a server alone does without.
fn needed_to_publish(serves: bool, about: &str, error: &impl ToString) -> Finding {
    let error = error.to_string();
    if serves {
        let what = format!("{error} (the current release is served without it; importing and publishing need it)");
        Finding::new(Level::Warning, about, what)
    } else {
        Finding::new(Level::Error, about, error)
    }
}

fn indicators(config: &Config, serves: bool) -> Finding {
    let path = &config.workspace.indicators;
    match definitions::read(path) {
        Ok(found) => Finding::new(Level::Ok, "indicators", format!("{}: {} defined", path.display(), found.len())),
        Err(error) if !path.exists() => needed_to_publish(serves, "indicators", &error),
        Err(error) => Finding::new(Level::Error, "indicators", error),
    }
}

fn database(inspected: &Result<Inspection, StoreError>, serves: bool) -> Vec<Finding> {
    let finding = |level, what: String| Finding::new(level, "database", what);
    let inspection = match inspected {
        Ok(inspection) => inspection,
        Err(error @ StoreError::Absent { .. }) => return vec![needed_to_publish(serves, "database", error)],
        Err(error) => return vec![finding(Level::Error, error.to_string())],
    };
    let mut found: Vec<Finding> = inspection
        .problems
        .iter()
        .map(|said| finding(Level::Error, format!("it is damaged ({said}); restore it from a backup (choro restore)")))
        .collect();
    if inspection.missing_steps > 0 {
        let steps = inspection.missing_steps;
        let what = format!(
            "{steps} steps of the schema are still to be made: the next import or publish makes them; back up first"
        );
        found.push(finding(Level::Warning, what));
    }
    if found.is_empty() {
        let releases = inspection.releases.len();
        found.push(finding(Level::Ok, format!("it is whole, its schema is up to date, {releases} releases are recorded")));
    }
    found
}

/// That others than the owner may read a secret.
fn open_to_others(about: &str, path: &Path) -> Option<Finding> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    let path = path.display();
    let what = format!("others than its owner may read {path} (mode {mode:03o}): chmod 600 {path}");
    (mode & 0o077 != 0).then(|| Finding::new(Level::Warning, about, what))
}

/// Which releases and lines of the history are not signed, or not with the workspace's keys.
fn signatures(key: &Path, folder: &Path) -> Vec<Finding> {
    let warning = |what: String| Finding::new(Level::Warning, "signatures", what);
    let own = match SecretKey::read(key) {
        Ok(Some(key)) => key.public(),
        Ok(None) => {
            let path = key.display();
            return vec![warning(format!(
                "there is no key at {path}, so releases are not signed: choro keys new makes one"
            ))];
        }
        Err(error) => return vec![Finding::new(Level::Error, "signatures", error)],
    };
    let (known, history) = match (Chain::read(folder), History::read(folder)) {
        (Ok(chain), Ok(history)) => (chain.before(own), history),
        // What is wrong with the history is told with the releases.
        (Err(error), _) => return vec![Finding::new(Level::Error, "signatures", error)],
        (_, Err(_)) => return Vec::new(),
    };
    let by = |signer: Option<PublicKey>| match signer {
        None => Some("is not signed".to_owned()),
        Some(signer) if known.contains(&signer) => None,
        Some(signer) => Some(format!("is signed by {signer}, which is no key of this workspace")),
    };
    let wrong = |what: String| warning(format!("{what}: servers with server.trust do not take it"));
    let releases = bundle::list(folder).unwrap_or_default().into_iter().filter_map(|(release, summary)| {
        let why = by(summary.ok()?.signed_by)?;
        Some(wrong(format!("{release} {why}")))
    });
    let lines = (1..).zip(history.events()).filter(|(_, event)| event.action == Action::Rollback);
    let lines = lines.filter_map(|(line, event)| {
        let why = by(event.signer())?;
        Some(wrong(format!("{}:{line} {why}", folder.join(HISTORY).display())))
    });
    let found: Vec<Finding> = releases.chain(lines).collect();
    if found.is_empty() {
        vec![Finding::new(Level::Ok, "signatures", format!("every release is signed by {own}, or by a key before it"))]
    } else {
        found
    }
}

fn releases(folder: &Path, recorded: &[(String, String)]) -> Result<Vec<Finding>, BundleError> {
    let current = bundle::current(folder)?;
    let history = History::read(folder)?;
    let mut found = vec![pointer(folder, current.as_ref(), &history)];
    for (release, _) in bundle::list(folder)? {
        found.push(match history.withdrawn(&release) {
            Some(_) => Finding::new(
                Level::Warning,
                "release",
                format!("{release} was withdrawn, but its files are still there: choro releases withdraw {release}"),
            ),
            None if current.as_ref() == Some(&release) => one_release(folder, &release, recorded),
            None => old(one_release(folder, &release, recorded), &release),
        });
    }
    // While somebody publishes, unfinished files are his.
    if !Lock::is_taken(folder) {
        let left = |path: std::path::PathBuf| {
            let what = format!("{} was left by a process that was killed: the next publish removes it", path.display());
            Finding::new(Level::Warning, "releases", what)
        };
        found.extend(bundle::leftovers(folder)?.into_iter().map(left));
    }
    Ok(found)
}

fn pointer(folder: &Path, current: Option<&ReleaseId>, history: &History) -> Finding {
    let error = |what: String| Finding::new(Level::Error, "current release", what);
    let Some(current) = current else {
        return error(format!("{} holds no release: publish one with choro publish", folder.display()));
    };
    let path = folder.join(bundle::CURRENT);
    if history.withdrawn(current).is_some() {
        let path = path.display();
        return error(format!("{path} names {current}, which was withdrawn: publish anew, or choro releases rollback ID"));
    }
    if !folder.join(current.as_str()).is_dir() {
        let path = path.display();
        return error(format!("{path} names {current}, which is not there: choro releases rollback ID, or publish anew"));
    }
    Finding::new(Level::Ok, "current release", current)
}

/// What is wrong with a release that is not the current one is not mended by publishing.
fn old(finding: Finding, release: &ReleaseId) -> Finding {
    if finding.level == Level::Ok {
        return finding;
    }
    let what =
        format!("{} (not the current release: choro releases withdraw {release} takes it out of service)", finding.what);
    Finding { what, ..finding }
}

fn one_release(folder: &Path, release: &ReleaseId, recorded: &[(String, String)]) -> Finding {
    let dir = folder.join(release.as_str());
    let finding = check_bundle(&dir);
    if finding.level == Level::Error {
        return finding;
    }
    if let Err(error) = bundle::Summary::read(&dir) {
        return Finding::new(Level::Error, "release", error);
    }
    let recorded = recorded.iter().find(|(id, _)| id == release.as_str());
    let manifest = fs::read(dir.join("manifest.json")).map(|text| choro_model::hex(&Sha256::digest(text)));
    match (recorded, manifest) {
        (Some((_, hash)), Ok(manifest)) if *hash != manifest => Finding::new(
            Level::Error,
            "release",
            format!(
                "{release}: its manifest is not the one that was recorded when it was published; restore it from a copy"
            ),
        ),
        _ => finding,
    }
}

fn disk(releases: &Path) -> Finding {
    let free = match rustix::fs::statvfs(releases) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => return Finding::new(Level::Error, "disk", format!("{}: {error}", releases.display())),
    };
    let current = bundle::current(releases).ok().flatten();
    let summary = current.and_then(|id| bundle::Summary::read(&releases.join(id.as_str())).ok());
    room(free, summary.map_or(0, |summary| summary.bytes) + SPARE)
}

fn room(free: u64, needed: u64) -> Finding {
    let free_mb = free / 1_000_000;
    if free >= needed {
        return Finding::new(Level::Ok, "disk", format!("{free_mb} MB are free"));
    }
    let needed = needed / 1_000_000;
    let what =
        format!("{free_mb} MB are free, and the next release may need {needed}: make room, or lower server.keep_releases");
    Finding::new(Level::Warning, "disk", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_room_is_a_warning_with_both_numbers() {
        assert_eq!(room(5_000_000, 5_000_000).level, Level::Ok);
        let finding = room(4_000_000, 5_000_000);
        assert_eq!(finding.level, Level::Warning);
        assert!(finding.what.starts_with("4 MB are free, and the next release may need 5:"), "{}", finding.what);
    }
}
