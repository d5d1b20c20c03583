//! Where releases come from: a folder, a single bundle, or object storage.

use super::{
    open_error::OpenError,
    open_release::Release,
    trust::{KeysAndHistory, Trust},
    withdrawn::Withdrawn,
};
use choro_bundle::{Bundle, CURRENT, Chain, Depot, History};
use choro_model::ReleaseId;
use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// How many bytes of the pointer are read. A release id and a line end are shorter.
const POINTER_BYTES: u64 = 128;

/// What the pointer said and when it was written, to see whether it has changed.
pub(super) type PointerSeen = (ReleaseId, Option<SystemTime>);

/// The next release, if there is one. The error has what the pointer said, so that a release that was refused is not tried again,
/// and the reason.
pub(super) type NextRelease = Result<Option<Release>, (Option<PointerSeen>, OpenError)>;

/// Where releases come from.
#[derive(Debug, Clone)]
pub enum ReleasesLocation {
    /// A releases folder, or a single bundle.
    Path(PathBuf),
    /// Object storage.
    Depot(Arc<Depot>),
}

impl ReleasesLocation {
    /// The release of a single bundle; `None` where the location is a folder of releases or object storage.
    pub(super) fn single(&self, trust: &Trust) -> Result<Option<Release>, OpenError> {
        match self {
            Self::Path(path) if path.join("catalog.json").is_file() => {
                let (release, beside) = (bundle(path)?, path.parent().unwrap_or(path));
                records_in(beside, |records| trust.signed(path, release.bundle(), records))?;
                Ok(Some(release))
            }
            _ => Ok(None),
        }
    }

    /// Reads again which releases were withdrawn. Returns whether that has changed. In object storage a withdrawn release is
    /// removed, so there is nothing to read.
    pub(super) fn look(&self, withdrawn: &Withdrawn) -> Result<bool, OpenError> {
        match self {
            Self::Path(folder) => Ok(withdrawn.look(folder)?),
            Self::Depot(_) => Ok(false),
        }
    }

    /// The current release.
    pub(super) fn current(&self, withdrawn: &Withdrawn, trust: &Trust) -> Result<Release, OpenError> {
        self.allowed(&self.pointer()?.0, withdrawn, trust)
    }

    /// The release that the pointer names, unless it is the current one `now`, or it was `refused` before.
    pub(super) fn next(
        &self,
        now: &ReleaseId,
        refused: Option<&PointerSeen>,
        withdrawn: &Withdrawn,
        trust: &Trust,
    ) -> NextRelease {
        let seen = match self.pointer() {
            Ok(seen) if seen.0 == *now || Some(&seen) == refused => return Ok(None),
            Ok(seen) => seen,
            Err(error) => return Err((refused.cloned(), error)),
        };
        // A release that cannot be read now may be readable the next time, so it is not remembered as refused.
        let refuse = |error: OpenError| (if error.is_passing() { refused.cloned() } else { Some(seen.clone()) }, error);
        self.allowed(&seen.0, withdrawn, trust).map(Some).map_err(refuse)
    }

    /// The release of an id, signed by somebody who is trusted; `None` where it is not kept.
    pub(super) fn release(&self, id: &ReleaseId, trust: &Trust) -> Result<Option<Release>, OpenError> {
        let release = self.kept(id)?;
        if let Some(release) = &release {
            self.records(|records| trust.signed(&self.path_of(id), release.bundle(), records))?;
        }
        Ok(release)
    }

    fn kept(&self, id: &ReleaseId) -> Result<Option<Release>, OpenError> {
        match self {
            Self::Path(folder) if !folder.join(id.as_str()).join("catalog.json").is_file() => Ok(None),
            Self::Path(folder) => named(folder, id).map(Some),
            Self::Depot(depot) => {
                let found = depot.bundle(id).map_err(|source| OpenError::Bundle { path: depot.address(), source })?;
                Ok(found.map(Release::new))
            }
        }
    }

    /// The release of an id.
    ///
    /// # Errors
    /// It was withdrawn, is not there, or is not trusted.
    fn allowed(&self, id: &ReleaseId, withdrawn: &Withdrawn, trust: &Trust) -> Result<Release, OpenError> {
        if withdrawn.holds(id) {
            return Err(OpenError::Withdrawn { path: self.pointer_path(), release: id.clone() });
        }
        let release = match self {
            Self::Path(folder) => named(folder, id)?,
            Self::Depot(_) => self.kept(id)?.ok_or_else(|| {
                let reason = format!("it names release {id}, which is not there");
                OpenError::Pointer { path: self.pointer_path(), reason }
            })?,
        };
        self.records(|records| trust.next(&self.path_of(id), release.bundle(), records))?;
        Ok(release)
    }

    /// Calls `judge` with the keys and the history that lie beside the releases. They are read only where `judge` needs them.
    fn records<T>(&self, judge: impl FnOnce(&KeysAndHistory<'_>) -> T) -> T {
        match self {
            Self::Path(folder) => records_in(folder, judge),
            Self::Depot(depot) => judge(&KeysAndHistory { chain: &|| depot.chain(), history: &|| depot.history() }),
        }
    }

    fn path_of(&self, id: &ReleaseId) -> PathBuf {
        match self {
            Self::Path(folder) => folder.join(id.as_str()),
            Self::Depot(depot) => depot.address().join("releases").join(id.as_str()),
        }
    }

    /// The id of the current release, and when the pointer was written.
    fn pointer(&self) -> Result<PointerSeen, OpenError> {
        match self {
            Self::Path(folder) => pointer(&folder.join(CURRENT)),
            Self::Depot(depot) => {
                let found = depot.current().map_err(|source| OpenError::Bundle { path: depot.address(), source })?;
                let absent = || OpenError::Pointer { path: self.pointer_path(), reason: "it is not there".to_owned() };
                found.map(|(id, written)| (id, Some(written))).ok_or_else(absent)
            }
        }
    }

    fn pointer_path(&self) -> PathBuf {
        match self {
            Self::Path(folder) => folder.join(CURRENT),
            Self::Depot(depot) => depot.address().join(CURRENT),
        }
    }
}

fn records_in<T>(releases: &Path, judge: impl FnOnce(&KeysAndHistory<'_>) -> T) -> T {
    judge(&KeysAndHistory { chain: &|| Chain::read(releases), history: &|| History::read(releases) })
}

/// The id in the pointer's file, and when the file was written.
fn pointer(path: &Path) -> Result<PointerSeen, OpenError> {
    let read = || -> io::Result<(String, Option<SystemTime>)> {
        let file = fs::File::open(path)?;
        let written = file.metadata()?.modified().ok();
        let mut text = String::new();
        file.take(POINTER_BYTES).read_to_string(&mut text)?;
        Ok((text, written))
    };
    let wrong = |reason: String| OpenError::Pointer { path: path.to_owned(), reason };
    let (text, written) = read().map_err(|error| wrong(error.to_string()))?;
    let id = ReleaseId::new(text.trim_end()).map_err(|error| wrong(error.to_string()))?;
    Ok((id, written))
}

fn named(folder: &Path, id: &ReleaseId) -> Result<Release, OpenError> {
    let path = folder.join(id.as_str());
    let release = bundle(&path)?;
    if release.id() == id {
        Ok(release)
    } else {
        Err(OpenError::Id { path, got: release.id().clone(), expected: id.clone() })
    }
}

fn bundle(path: &Path) -> Result<Release, OpenError> {
    let bundle = Bundle::open(path).map_err(|source| OpenError::Bundle { path: path.to_owned(), source })?;
    Ok(Release::new(bundle))
}
