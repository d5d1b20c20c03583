//! Files of one JSON object a line that travel with the releases: the history, the chain of keys. They are read whole or not at
//! all, for a line that cannot be read may be the one that matters, and are replaced by a rename.

use super::{lock::Lock, replace::replace};
use crate::format::error::{BundleError, one_line};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::File,
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
};

/// Such a file.
pub(crate) struct LineFile {
    /// Its name in the releases folder.
    pub name: &'static str,
    /// A larger one, in bytes, is none.
    pub largest: u64,
    /// The error of a file, a line of it from 1 (0: the file as a whole), and what is wrong with that.
    pub wrong: fn(PathBuf, usize, String) -> BundleError,
}

impl LineFile {
    /// The lines of a releases folder, oldest first; none where there is no file.
    pub fn read<T: DeserializeOwned>(&self, releases: &Path) -> Result<Vec<T>, BundleError> {
        let path = releases.join(self.name);
        let file = match File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            file => file.map_err(BundleError::io(&path))?,
        };
        let mut text = Vec::new();
        file.take(self.largest + 1).read_to_end(&mut text).map_err(BundleError::io(&path))?;
        self.parse(&text, &path)
    }

    /// Parses the bytes of the file; `path` says in messages where they come from.
    pub fn parse<T: DeserializeOwned>(&self, text: &[u8], path: &Path) -> Result<Vec<T>, BundleError> {
        let wrong = |line, what: String| (self.wrong)(path.to_owned(), line, one_line(what));
        if text.len() as u64 > self.largest {
            return Err(wrong(0, format!("it has more than {} bytes", self.largest)));
        }
        let text = std::str::from_utf8(text).map_err(|e| wrong(0, e.to_string()))?;
        let line = |(line, text): (usize, &str)| serde_json::from_str(text).map_err(|e| wrong(line, e.to_string()));
        (1..).zip(text.lines()).map(line).collect()
    }

    /// Replaces the file by these lines, so that a reader sees all of them or those of before.
    pub fn replace<T: Serialize>(&self, folder: &Lock, lines: &[T]) -> Result<(), BundleError> {
        let line = |line| serde_json::to_string(line).map(|line| line + "\n");
        let text = lines.iter().map(line).collect::<Result<String, _>>();
        let text = text.map_err(|e| (self.wrong)(folder.releases().join(self.name), lines.len(), e.to_string()))?;
        replace(folder.releases(), self.name, text.as_bytes())
    }
}
