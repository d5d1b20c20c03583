//! What can be wrong with a bundle.

use rustix::io::Errno;
use std::{io, path::PathBuf};

/// What is wrong with a bundle, and where.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file cannot be read or written.
    #[error("{path}: {source}{hint}", path = path.display(), hint = hint(source))]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is not what the manifest says, or not of the format that its name promises.
    #[error("{path} is damaged: {what}; restore the bundle from a copy or publish again", path = path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was expected and what was got.
        what: String,
    },
    /// The bundle was written by another version of the program.
    #[error("{path} has format {got:?}: this program reads {expected:?}; use the choro that wrote it, or publish again with this one", path = path.display())]
    Format {
        /// The manifest.
        path: PathBuf,
        /// The format found.
        got: String,
        /// The format that this program reads.
        expected: &'static str,
    },
    /// Another process publishes.
    #[error("another publish is running in {path}, or a rollback, withdrawal or backup (it holds .lock): wait until it ends", path = path.display())]
    Locked {
        /// The releases folder.
        path: PathBuf,
    },
    /// Object storage does not answer, or not with what was asked for.
    #[error("{place}: {what}{}", if *.unreachable { "; what is cached is served, the rest when the storage answers again" } else { "" })]
    Storage {
        /// The address.
        place: String,
        /// What went wrong.
        what: String,
        /// Whether it may answer later.
        unreachable: bool,
    },
    /// The history of the releases folder cannot be read, so nobody knows which releases were withdrawn.
    #[error("{path}:{line}: {what}; mend the line, or restore the file from a backup: it says which releases were withdrawn", path = path.display())]
    History {
        /// The file.
        path: PathBuf,
        /// The line, from 1; 0: the file as a whole.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The file of a key is not one, or cannot be made.
    #[error("{path}: {what}", path = path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A signature does not belong to what lies beside it.
    #[error("{path}: {what}; restore the release from a copy or publish again", path = path.display())]
    Signature {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The rotations of a releases folder cannot be read, so nobody knows which keys are trusted.
    #[error("{path}:{line}: {what}; mend the line, or restore the file from a backup: it says which keys follow which", path = path.display())]
    Keys {
        /// The file.
        path: PathBuf,
        /// The line, from 1; 0: the file as a whole.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// There is no number left for another release.
    #[error("{path}: a release or a line of the history has the sequence {got}, expected less than {most}: it was not made by choro; remove it", path = path.display())]
    Sequence {
        /// The releases folder.
        path: PathBuf,
        /// The number found.
        got: u64,
        /// The greatest number.
        most: u64,
    },
    /// The release was withdrawn.
    #[error("release {release} was withdrawn at {at} and is not served again; publish anew")]
    Withdrawn {
        /// The release.
        release: String,
        /// When.
        at: String,
    },
    /// An id could not be made.
    #[error(transparent)]
    Id(#[from] choro_model::IdError),
    /// A grid leaves out too many areas of a set.
    #[error(transparent)]
    Outside(#[from] Box<super::outside::GridTooSmall>),
    /// Two different grids have one id.
    #[error(transparent)]
    TwoGrids(#[from] Box<super::outside::TwoGrids>),
    /// A release has no such thing: a mistake of the caller.
    #[error("{path} is not in the bundle", path = path.display())]
    Absent {
        /// The path inside the bundle.
        path: PathBuf,
    },
}

/// What to do when there was no room for a file, or no descriptor.
fn hint(error: &io::Error) -> &'static str {
    if no_descriptor(error) {
        return "; raise the limit on open files (ulimit -n, LimitNOFILE= of the service)";
    }
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "; nothing was published and the current release stays: make room and publish again"
        }
        _ => "",
    }
}

/// Whether the process or the system has as many files open as it may.
fn no_descriptor(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE))
}

impl BundleError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Whether it may be over in a moment: object storage does not answer now, or no file descriptor is left.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Storage { unreachable, .. } => *unreachable,
            Self::Io { source, .. } => no_descriptor(source),
            _ => false,
        }
    }

    pub(crate) fn damaged(path: impl Into<PathBuf>, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.into(), what: one_line(what) }
    }
}

/// What a message says of a file that anybody may have written, and whose words it may repeat: never more than one line of the log.
pub(crate) fn one_line(what: impl Into<String>) -> String {
    what.into().replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_told_from_what_stays() {
        let storage = |unreachable| BundleError::Storage { place: "s3://b".to_owned(), what: "w".to_owned(), unreachable };
        let io = |errno: Errno| BundleError::Io { path: "f".into(), source: errno.into() };
        for (error, passing) in [
            (storage(true), true),
            (storage(false), false),
            (io(Errno::MFILE), true),
            (io(Errno::NFILE), true),
            (io(Errno::IO), false),
            (io(Errno::NOENT), false),
            (BundleError::damaged("f", "w"), false),
        ] {
            assert_eq!(error.is_passing(), passing, "{error}");
        }
        assert!(io(Errno::MFILE).to_string().contains("ulimit -n"));
        assert!(BundleError::damaged("f", "unknown field `a\nERROR b`").to_string().contains("`a ERROR b`"));
    }
}
