//! What was done to releases by hand: which one was gone back to, and which ones were withdrawn. One JSON object a line in a
//! file beside `current`, so that it travels with the folder and the server needs no database to obey it.
//!
//! ```text
//! {"at":"2026-11-24T09:00:00Z","action":"rollback","release":"2026-11-22-1f3a9c0d5e77","before":"2026-11-24-0c9b8a7d6e5f"}
//! {"at":"2026-11-24T09:00:02Z","action":"withdraw","release":"2026-11-24-0c9b8a7d6e5f","reason":"wrong table"}
//! ```

use super::{BundleError, folder::Lock, writer::replace};
use crate::model::ReleaseId;
use serde::{Deserialize, Serialize};
use std::{fs::File, io::Read as _, path::Path};

/// The name of the file in the releases folder.
pub const HISTORY: &str = "history.jsonl";
/// A history larger than this is not one: ten thousands of events.
const LARGEST: u64 = 4 * 1024 * 1024;

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
}

/// Everything that was done to the releases of a folder, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(Vec<Event>);

impl History {
    /// The history of a releases folder; none where there is no file. A line that cannot be read is an error: it may be the
    /// one that withdraws a release.
    pub fn read(releases: &Path) -> Result<Self, BundleError> {
        let path = releases.join(HISTORY);
        let file = match File::open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            file => file.map_err(BundleError::io(&path))?,
        };
        let mut text = String::new();
        let size = file.take(LARGEST + 1).read_to_string(&mut text).map_err(BundleError::io(&path))?;
        if size as u64 > LARGEST {
            return Err(BundleError::History { path, line: 0, what: format!("it has more than {LARGEST} bytes") });
        }
        let event = |(line, text): (usize, &str)| {
            let wrong = |e: serde_json::Error| BundleError::History { path: path.clone(), line, what: e.to_string() };
            serde_json::from_str(text).map_err(wrong)
        };
        (1..).zip(text.lines()).map(event).collect::<Result<_, _>>().map(Self)
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

    /// Adds an event and replaces the file by a rename, so that a reader sees all of it or none.
    pub fn record(&mut self, folder: &Lock, event: Event) -> Result<(), BundleError> {
        let path = folder.releases().join(HISTORY);
        self.0.push(event);
        let line = |event| serde_json::to_string(event).map(|line| line + "\n");
        let text = self.0.iter().map(line).collect::<Result<String, _>>();
        let text = text.map_err(|e| BundleError::History { path, line: self.0.len(), what: e.to_string() })?;
        replace(folder.releases(), HISTORY, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(action: Action, release: &str) -> Event {
        let release = ReleaseId::new(release).unwrap();
        Event { at: "2026-11-24T09:00:00Z".to_owned(), action, release, before: None, reason: None }
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
            history.record(&lock, event).unwrap();
        }
        let read = History::read(folder.path()).unwrap();
        assert_eq!(read, history);
        assert_eq!(read.withdrawn(&withdrawn.release), Some(&withdrawn));
        assert_eq!(read.withdrawn(&ReleaseId::new("a").unwrap()), None);
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
            std::fs::write(folder.path().join(HISTORY), text).unwrap();
            let said = History::read(folder.path()).unwrap_err().to_string();
            assert!(said.contains(&format!("{HISTORY}{line}")), "{text:?}: {said}");
        }
    }
}
