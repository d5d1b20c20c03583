//! Whose releases are served, and that an older release never comes back by itself.
//!
//! ```text
//! pinned: A; A names B in keys.jsonl     releases signed by A or B are served
//! served: 7; offered: 5                  5 is refused
//! and a line 8 goes back to 5            5 is served, as number 8: the next one needs 9 or more, or a line
//! ```

use super::open_error::OpenError;
use choro_bundle::{Bundle, BundleError, Chain, Fingerprint, History};
use choro_model::{PublicKey, ReleaseId};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Whose releases a server serves.
#[derive(Debug, Default)]
pub struct Trust {
    /// The keys that the operator pins. Where there are none, anybody's releases are served.
    pinned: Vec<PublicKey>,
    /// The file that remembers what was served last, also after a restart; `None`: nothing is remembered.
    memory: Option<PathBuf>,
    highest: Mutex<Option<Served>>,
}

/// The release that was served last. It is the one with the highest number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Served {
    sequence: u64,
    release: ReleaseId,
}

/// What lies beside the releases: the chain of keys, and the history of what was done by hand. Each is read only when it is called.
pub(super) struct KeysAndHistory<'a> {
    pub chain: &'a dyn Fn() -> Result<Chain, BundleError>,
    pub history: &'a dyn Fn() -> Result<History, BundleError>,
}

impl Trust {
    /// Trusts releases that are signed by one of the `pinned` keys, or by a key that they name. `place`: where the releases come
    /// from. The highest number is remembered in the folder `cache`.
    ///
    /// # Errors
    /// What was remembered there cannot be read.
    pub fn new(pinned: Vec<PublicKey>, place: &str, cache: &Path) -> Result<Self, OpenError> {
        if pinned.is_empty() {
            return Ok(Self::default());
        }
        // Several servers with releases from different places may share the folder.
        let memory = cache.join(format!("served-{}.json", Fingerprint::of(place.as_bytes())));
        let highest = read(&memory)?;
        Ok(Self { pinned, memory: Some(memory), highest: Mutex::new(highest) })
    }

    /// Refuses a release that nobody trusted has signed.
    pub(super) fn signed(&self, path: &Path, bundle: &Bundle, records: &KeysAndHistory<'_>) -> Result<(), OpenError> {
        if self.pinned.is_empty() {
            return Ok(());
        }
        self.trusted(path, bundle, records).map(drop)
    }

    /// Refuses a release that nobody trusted has signed, and an older one that comes back without a line of the history. A release
    /// that is accepted is remembered.
    pub(super) fn next(&self, path: &Path, bundle: &Bundle, records: &KeysAndHistory<'_>) -> Result<(), OpenError> {
        if self.pinned.is_empty() {
            return Ok(());
        }
        let trusted = self.trusted(path, bundle, records)?;
        let offered = |sequence| Served { sequence, release: bundle.release().clone() };
        if self.take(offered(bundle.sequence())) {
            return Ok(());
        }
        let history = (records.history)().map_err(|source| OpenError::Bundle { path: path.to_owned(), source })?;
        match history.gone_back_to(bundle.release(), &trusted) {
            Some(sequence) if self.take(offered(sequence)) => Ok(()),
            _ => Err(self.refuse(path, bundle, self.older(bundle))),
        }
    }

    /// The keys that are trusted, if one of them has signed the release.
    fn trusted(&self, path: &Path, bundle: &Bundle, records: &KeysAndHistory<'_>) -> Result<Vec<PublicKey>, OpenError> {
        let Some(signer) = bundle.signer() else {
            let what = "is not signed, and only signed ones are trusted: publish where the key is (choro keys show), or serve \
                        without server.trust";
            return Err(self.refuse(path, bundle, what.to_owned()));
        };
        let chain = (records.chain)().map_err(|source| OpenError::Bundle { path: path.to_owned(), source })?;
        let trusted = chain.trusted(&self.pinned);
        if trusted.contains(&signer) {
            return Ok(trusted);
        }
        let what = format!(
            "is signed by {signer}, which is neither pinned nor named by a key that is: if it is yours, add it to server.trust \
             (--trust)"
        );
        Err(self.refuse(path, bundle, what))
    }

    fn older(&self, bundle: &Bundle) -> String {
        let (sequence, highest) = (bundle.sequence(), self.highest().clone());
        let (number, release) = highest.map_or((0, String::new()), |served| (served.sequence, served.release.to_string()));
        let file = self.memory.as_deref().unwrap_or(Path::new("")).display();
        format!(
            "has the number {sequence}, and {release} was served as number {number}: to go back takes a later line of the history \
             by a trusted key (choro releases rollback {}); for a workspace that was made anew remove {file}",
            bundle.release()
        )
    }

    fn refuse(&self, path: &Path, bundle: &Bundle, what: String) -> OpenError {
        OpenError::Untrusted { path: path.to_owned(), release: bundle.release().clone(), what }
    }

    /// Remembers the offered release. Returns false, and remembers nothing, where its number is lower than the highest, or where
    /// another release has that number.
    fn take(&self, offered: Served) -> bool {
        let mut highest = self.highest();
        if highest.as_ref() == Some(&offered) {
            return true;
        }
        if highest.as_ref().is_some_and(|served| served.sequence >= offered.sequence) {
            return false;
        }
        if let Some(Err(error)) = self.memory.as_deref().map(|path| write(path, &offered)) {
            tracing::warn!(
                %error,
                "which release was served last cannot be remembered: after a restart an older one of the same key is taken"
            );
        }
        *highest = Some(offered);
        true
    }

    fn highest(&self) -> MutexGuard<'_, Option<Served>> {
        self.highest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path) -> Result<Option<Served>, OpenError> {
    let wrong = |reason: String| OpenError::Memory { path: path.to_owned(), reason };
    match fs::read(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        text => serde_json::from_slice(&text.map_err(|e| wrong(e.to_string()))?).map_err(|e| wrong(e.to_string())),
    }
}

/// Writes the file under another name and renames it, so that a server that is killed meanwhile still has the old one.
fn write(path: &Path, served: &Served) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let mut aside = tempfile::Builder::new().prefix(".served-").tempfile_in(folder)?;
    serde_json::to_writer(&mut aside, served)?;
    aside.flush()?;
    aside.as_file().sync_all()?;
    aside.persist(path).map(drop).map_err(|e| e.error)
}
