//! What was done to releases by hand: which one was gone back to, and which ones were withdrawn. One JSON object a line in a
//! file beside `current`, so that it travels with the folder and the server needs no database to obey it.
//!
//! ```text
//! {"at":"2026-11-24T09:00:00Z","action":"rollback","release":"2026-11-22-1f3a9c0d5e77","before":"2026-11-24-0c9b8a7d6e5f"}
//! {"at":"2026-11-24T09:00:02Z","action":"withdraw","release":"2026-11-24-0c9b8a7d6e5f","reason":"wrong table"}
//! ```

use super::{lines::LineFile, lock::Lock};
use crate::{
    format::{
        error::BundleError,
        manifest::{MOST, Manifest},
    },
    signing::{SecretKey, Signed, SignedKind},
};
use choro_model::{PublicKey, ReleaseId};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// The name of the file in the releases folder.
pub const HISTORY: &str = "history.jsonl";
/// A history larger than this is not one: ten thousands of events.
pub(crate) const LARGEST: u64 = 4 * 1024 * 1024;

const LINES: LineFile =
    LineFile { name: HISTORY, largest: LARGEST, wrong: |path, line, what| BundleError::History { path, line, what } };

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The release was made the current one again.
    Rollback,
    /// The release is never served again.
    Withdraw,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What.
    pub action: Action,
    /// To which release.
    pub release: ReleaseId,
    /// The release that was current before a rollback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ReleaseId>,
    /// Why, in the operator's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Greater than that of every release and line before: which of two lines is the later one. 0: of an older program.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sequence: u64,
    /// Who did it, where the workspace has a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signed: Option<Signed>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Event {
    /// Something that was done now, at `at`; neither numbered nor signed.
    #[must_use]
    pub fn new(at: String, action: Action, release: ReleaseId) -> Self {
        Self { at, action, release, before: None, reason: None, sequence: 0, signed: None }
    }

    /// Who has signed it.
    #[must_use]
    pub fn signer(&self) -> Option<PublicKey> {
        self.signed.as_ref()?.signer(SignedKind::Event, &self.content()?)
    }

    fn sign(&mut self, key: &SecretKey) {
        self.signed = self.content().map(|content| key.sign(SignedKind::Event, &content));
    }

    /// What is signed: the line as it would be without the signature.
    fn content(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(&Self { signed: None, ..self.clone() }).ok()
    }
}

/// Everything that was done to the releases of a folder, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(Vec<Event>);

impl History {
    /// The history of a releases folder; none where there is no file. A line that cannot be read is an error: it may be the
    /// one that withdraws a release.
    pub fn read(releases: &Path) -> Result<Self, BundleError> {
        LINES.read(releases).map(Self)
    }

    /// Parses the bytes of the file; `path` says in messages where they come from.
    pub(crate) fn parse(text: &[u8], path: &Path) -> Result<Self, BundleError> {
        LINES.parse(text, path).map(Self)
    }

    /// Everything that was done, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.0
    }

    /// How a release was withdrawn, if it was.
    #[must_use]
    pub fn withdrawn(&self, release: &ReleaseId) -> Option<&Event> {
        self.all_withdrawn().find(|event| event.release == *release)
    }

    /// Every withdrawal, oldest first.
    pub fn all_withdrawn(&self) -> impl Iterator<Item = &Event> {
        self.0.iter().filter(|event| event.action == Action::Withdraw)
    }

    /// The number of the last signed line by which a release was gone back to; `trusted` says whose lines count.
    #[must_use]
    pub fn gone_back_to(&self, release: &ReleaseId, trusted: &[PublicKey]) -> Option<u64> {
        let back = self.0.iter().filter(|event| event.action == Action::Rollback && event.release == *release);
        back.filter(|event| event.signer().is_some_and(|by| trusted.contains(&by))).map(|event| event.sequence).max()
    }

    /// Adds an event with the next number, signed where there is a key, and replaces the file by a rename, so that a reader sees all
    /// of it or none.
    pub fn record(&mut self, folder: &Lock, mut event: Event, key: Option<&SecretKey>) -> Result<(), BundleError> {
        event.sequence = next_sequence(folder, 0)?;
        if let Some(key) = key {
            event.sign(key);
        }
        self.0.push(event);
        LINES.replace(folder, &self.0)
    }
}

/// The number of what is published or gone back to next: greater than those of all releases and lines of the history in the folder,
/// and than `floor`, since old releases go.
pub fn next_sequence(folder: &Lock, floor: u64) -> Result<u64, BundleError> {
    let releases = folder.releases();
    let lines = History::read(releases)?.events().iter().map(|event| event.sequence).max();
    let dirs = fs::read_dir(releases).map_err(BundleError::io(releases))?;
    // What is no release, or a damaged one, has no number.
    let kept = dirs.filter_map(|entry| Some(Manifest::read(&entry.ok()?.path()).ok()?.sequence)).max();
    let last = [Some(floor), lines, kept].into_iter().flatten().max().unwrap_or_default();
    if last >= MOST {
        return Err(BundleError::Sequence { path: releases.to_owned(), got: last, most: MOST });
    }
    Ok(last + 1)
}

/// Refuses a release that was withdrawn.
pub fn not_withdrawn(releases: &Path, release: &ReleaseId) -> Result<(), BundleError> {
    match History::read(releases)?.withdrawn(release) {
        None => Ok(()),
        Some(event) => Err(BundleError::Withdrawn { release: release.to_string(), at: event.at.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(action: Action, release: &str) -> Event {
        Event::new("2026-11-24T09:00:00Z".to_owned(), action, ReleaseId::new(release).unwrap())
    }

    #[test]
    fn what_is_recorded_is_read_again_in_its_order_and_only_withdrawals_withdraw() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let mut history = History::read(folder.path()).unwrap();
        assert_eq!(history, History::default());
        let mut withdrawn = event(Action::Withdraw, "b");
        withdrawn.reason = Some("a \"quoted\"\nreason".to_owned());
        for event in [event(Action::Rollback, "a"), withdrawn.clone()] {
            history.record(&lock, event, None).unwrap();
        }
        let read = History::read(folder.path()).unwrap();
        assert_eq!(read, history);
        withdrawn.sequence = 2;
        assert_eq!(read.withdrawn(&withdrawn.release), Some(&withdrawn));
        assert_eq!(read.withdrawn(&ReleaseId::new("a").unwrap()), None);
    }

    #[test]
    fn only_a_line_as_it_was_signed_by_a_trusted_key_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let [key, other] = ["a", "b"].map(|name| SecretKey::create(&folder.path().join(name)).unwrap());
        let mut history = History::default();
        let mut line = event(Action::Rollback, "r");
        line.reason = Some("a \"quoted\"\nreason".to_owned());
        history.record(&lock, event(Action::Rollback, "s"), Some(&key)).unwrap();
        history.record(&lock, line, Some(&key)).unwrap();
        let text = fs::read_to_string(folder.path().join(HISTORY)).unwrap();
        let number = |text: &str, trusted: &SecretKey| {
            let history = History::parse(text.as_bytes(), Path::new(HISTORY)).unwrap();
            history.gone_back_to(&ReleaseId::new("r").unwrap(), &[trusted.public()])
        };
        assert_eq!((number(&text, &key), number(&text, &other)), (Some(2), None));
        for (what, from, to) in [
            ("another number", "\"sequence\":2", "\"sequence\":3"),
            ("another release", "\"release\":\"s\"", "\"release\":\"r\""),
            ("another time", "T09:00:00", "T09:00:01"),
            ("another action", "rollback", "withdraw"),
            ("another reason", "quoted", "quotes"),
        ] {
            let changed = text.lines().map(|line| line.replace(from, to) + "\n").collect::<String>();
            assert_ne!(number(&changed, &key), Some(3), "{what}");
            assert!(number(&changed, &key).is_none() || what == "another release", "{what}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_nothing_is_guessed() {
        for (text, line) in [
            ("{", ":1:"),
            ("\n", ":1:"),
            (
                "{\"at\":\"\",\"action\":\"withdraw\",\"release\":\"a\"}\n{\"at\":\"\",\"action\":\"bury\",\"release\":\"a\"}\n",
                ":2:",
            ),
            ("{\"at\":\"\",\"action\":\"withdraw\",\"release\":\"../a\"}\n", ":1:"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(HISTORY), text).unwrap();
            let said = History::read(folder.path()).unwrap_err().to_string();
            assert!(said.contains(&format!("{HISTORY}{line}")), "{text:?}: {said}");
        }
    }
}
