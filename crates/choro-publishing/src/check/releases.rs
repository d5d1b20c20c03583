//! Looks at the releases of a folder.

use super::finding::{Finding, Level};
use choro_bundle::{self as bundle, Bundle, BundleError, History, Lock};
use choro_model::ReleaseId;
use sha2::{Digest as _, Sha256};
use std::{fs, path::Path};

/// Reads every byte of a bundle and compares it with the manifest.
pub fn check_bundle(dir: &Path) -> Finding {
    let verified = Bundle::open(dir).and_then(|bundle| bundle.verify_all().map(|()| bundle.release().clone()));
    match verified {
        Ok(release) => Finding::new(Level::Ok, "release", format!("{release}: every file is as its manifest says")),
        Err(error) => Finding::new(Level::Error, "release", error),
    }
}

/// Each release of a folder, and the pointer to the current one. `recorded`: those of the database, with the hashes of their manifests.
pub(super) fn releases(folder: &Path, recorded: &[(String, String)]) -> Result<Vec<Finding>, BundleError> {
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
