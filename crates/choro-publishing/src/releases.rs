//! What an operator does to releases after they are published: looks at them, goes back to one, withdraws one.
//!
//! None of it needs the database: a releases folder that was copied to a server is enough.

use crate::{clock::now, error::WorkbenchError};
use choro_bundle::{self as bundle, Action, Bundle, BundleError, Event, History, Lock, SecretKey, Summary};
use choro_model::ReleaseId;
use serde::Serialize;
use std::path::Path;

/// Characters of a reason at most.
const LONGEST_REASON: usize = 500;

/// A release as `choro releases list` shows it.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Its id.
    pub release: ReleaseId,
    /// Whether it answers where none is named.
    pub current: bool,
    /// What became of it.
    #[serde(flatten)]
    pub state: Standing,
}

/// What became of a release.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Standing {
    /// It can be served.
    Kept(Summary),
    /// It cannot be read.
    Damaged {
        /// What is wrong and how to mend it.
        what: String,
    },
    /// It is never served again.
    Withdrawn {
        /// When it was withdrawn.
        at: String,
        /// Why.
        reason: Option<String>,
    },
}

/// What a withdrawal has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// The release that was withdrawn.
    pub release: ReleaseId,
    /// The release that is current now.
    pub current: Option<ReleaseId>,
    /// Other kept releases with tables of its values, and how many: what was unchanged between them is still public there.
    pub shared: Vec<(ReleaseId, usize)>,
}

/// All releases of a folder, the oldest first, then the withdrawn ones.
pub fn list_releases(releases: &Path) -> Result<Vec<Listed>, WorkbenchError> {
    let (current, history) = (bundle::current(releases)?, History::read(releases)?);
    let listed = |release: ReleaseId, state| Listed { current: current.as_ref() == Some(&release), release, state };
    let kept = bundle::list(releases)?.into_iter().filter(|(id, _)| history.withdrawn(id).is_none());
    let kept = kept.map(|(id, summary)| {
        listed(id, summary.map_or_else(|error| Standing::Damaged { what: error.to_string() }, Standing::Kept))
    });
    let withdrawn = history.all_withdrawn().map(|event| {
        listed(event.release.clone(), Standing::Withdrawn { at: event.at.clone(), reason: event.reason.clone() })
    });
    Ok(kept.chain(withdrawn).collect())
}

/// Makes a kept release the current one, after every byte of it was verified. Returns the one that was current before.
pub fn rollback(releases: &Path, release: &ReleaseId, key: Option<&SecretKey>) -> Result<Option<ReleaseId>, WorkbenchError> {
    let folder = Lock::take(releases)?;
    let before = bundle::current(releases)?;
    point_back(&folder, release, before.clone(), key)?;
    Ok(before)
}

fn point_back(
    folder: &Lock,
    release: &ReleaseId,
    before: Option<ReleaseId>,
    key: Option<&SecretKey>,
) -> Result<(), WorkbenchError> {
    let mut history = History::read(folder.releases())?;
    if let Some(event) = history.withdrawn(release) {
        return Err(BundleError::Withdrawn { release: release.to_string(), at: event.at.clone() }.into());
    }
    let dir = folder.releases().join(release.as_str());
    if !dir.is_dir() {
        return Err(no_such_release(folder.releases(), release)?);
    }
    Summary::read(&dir)?;
    Bundle::open(&dir)?.verify_all()?;
    // Also where it is the current one already: a server that has seen a later one then takes it, as after a restore.
    let mut event = Event::new(now(), Action::Rollback, release.clone());
    event.before = before;
    history.record(folder, event, key)?;
    Ok(bundle::point_to(folder.releases(), release)?)
}

/// Takes a release out of service for ever: the pointer leaves it first, then it is written down, then its files are removed.
/// Done again, it finishes what was broken off.
pub fn withdraw(
    releases: &Path,
    release: &ReleaseId,
    replacement: Option<&ReleaseId>,
    reason: Option<String>,
    key: Option<&SecretKey>,
) -> Result<Withdrawal, WorkbenchError> {
    let got = reason.as_ref().map_or(0, |reason| reason.chars().count());
    if got > LONGEST_REASON {
        return Err(WorkbenchError::Reason { got, most: LONGEST_REASON });
    }
    let folder = Lock::take(releases)?;
    let mut history = History::read(releases)?;
    let withdrawn_before = history.withdrawn(release).is_some();
    if !withdrawn_before && !releases.join(release.as_str()).is_dir() {
        return Err(no_such_release(releases, release)?);
    }
    let shared = bundle::sharing_values(releases, release)?;
    let mut current = bundle::current(releases)?;
    if current.as_ref() == Some(release) {
        let other = replacement.filter(|other| *other != release);
        let other = other.ok_or_else(|| WorkbenchError::IsCurrent { release: release.to_string() })?;
        point_back(&folder, other, current, key)?;
        current = Some(other.clone());
        history = History::read(releases)?;
    }
    if !withdrawn_before {
        let mut event = Event::new(now(), Action::Withdraw, release.clone());
        event.reason = reason;
        history.record(&folder, event, key)?;
    }
    folder.remove(release)?;
    Ok(Withdrawal { release: release.clone(), current, shared })
}

fn no_such_release(releases: &Path, release: &ReleaseId) -> Result<WorkbenchError, WorkbenchError> {
    let known: Vec<String> = bundle::list(releases)?.into_iter().map(|(id, _)| id.to_string()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Ok(WorkbenchError::NoSuchRelease { release: release.to_string(), path: releases.to_owned(), known })
}
