//! A bounded folder of what was fetched from object storage: chunks by the hash of their file and their number, and whole
//! files by their hash. What was used longest ago goes first. Nothing in it is trusted: whoever reads it compares hashes.

use crate::format::error::BundleError;
use rustc_hash::FxHashMap;
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The cache. One process writes to a folder; another's files are counted when it is opened.
#[derive(Debug)]
pub struct DiskCache {
    dir: PathBuf,
    limit: u64,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    /// Bytes and time of last use by name.
    entries: FxHashMap<String, (u64, u64)>,
    bytes: u64,
    clock: u64,
}

impl DiskCache {
    /// The cache in the folder `dir`, made if it is not there, of at most `limit` bytes. What lies there already counts.
    pub fn open(dir: &Path, limit: u64) -> Result<Self, BundleError> {
        fs::create_dir_all(dir).map_err(BundleError::io(dir))?;
        let cache = Self { dir: dir.to_owned(), limit, used: Mutex::default() };
        for entry in fs::read_dir(dir).map_err(BundleError::io(dir))? {
            let entry = entry.map_err(BundleError::io(dir))?;
            let (name, size) = (entry.file_name(), entry.metadata().map_err(BundleError::io(dir))?.len());
            if let Some(name) = name.to_str().filter(|name| name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')) {
                cache.count(name, size);
            }
        }
        Ok(cache)
    }

    /// The content under a name, if it is there.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.dir.join(name)).ok()?;
        self.count(name, bytes.len() as u64);
        Some(bytes)
    }

    /// Keeps content under a name. A disk that is full or broken costs speed, not answers.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let write = || {
            let mut aside = self.aside()?;
            aside.write_all(bytes)?;
            aside.persist(self.dir.join(name)).map(drop).map_err(|e| e.error)
        };
        match write() {
            Ok(()) => self.count(name, bytes.len() as u64),
            Err(error) => tracing::warn!(%error, dir = %self.dir.display(), "the cache of object storage cannot be written"),
        }
    }

    /// The file under a name, if it is there with this size. It stays readable when the cache gives it up.
    pub fn file(&self, name: &str, size: u64) -> Option<File> {
        let file = File::open(self.dir.join(name)).ok()?;
        if file.metadata().ok()?.len() != size {
            return None;
        }
        self.count(name, size);
        Some(file)
    }

    /// A file that is being written; [`Self::keep`] gives it its name.
    pub fn aside(&self) -> std::io::Result<tempfile::NamedTempFile> {
        tempfile::Builder::new().prefix(".fetching-").tempfile_in(&self.dir)
    }

    /// Keeps a file under a name.
    pub fn keep(&self, name: &str, file: tempfile::NamedTempFile) -> Result<File, BundleError> {
        let path = self.dir.join(name);
        let file = file.persist(&path).map_err(|e| BundleError::Io { path: path.clone(), source: e.error })?;
        let size = file.metadata().map_err(BundleError::io(&path))?.len();
        // Opened for reading before it is counted, since counting may give it up.
        let reading = File::open(&path).map_err(BundleError::io(&path))?;
        self.count(name, size);
        Ok(reading)
    }

    /// Notes a use, and gives up what was used longest ago until the rest fits.
    fn count(&self, name: &str, bytes: u64) {
        let mut used = self.used();
        used.clock += 1;
        let now = used.clock;
        let before = used.entries.insert(name.to_owned(), (bytes, now)).map_or(0, |(bytes, _)| bytes);
        used.bytes = used.bytes.saturating_sub(before) + bytes;
        while used.bytes > self.limit {
            let oldest = used.entries.iter().min_by_key(|(_, (_, time))| *time).map(|(name, _)| name.clone());
            let Some((name, (bytes, _))) = oldest.and_then(|name| used.entries.remove_entry(&name)) else { break };
            used.bytes = used.bytes.saturating_sub(bytes);
            // A file that is gone is what was wanted.
            drop(fs::remove_file(self.dir.join(name)));
        }
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn size(dir: &Path) -> u64 {
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
    }

    #[test]
    fn what_was_used_longest_ago_goes_and_the_folder_never_holds_more_than_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let cache = DiskCache::open(dir.path(), 100).unwrap();
        for name in ["a0", "b0", "c0"] {
            cache.write(name, &[1; 40]);
            cache.read("a0");
            assert!(size(dir.path()) <= 100);
        }
        assert!(cache.read("a0").is_some() && cache.read("b0").is_none() && cache.read("c0").is_some());
        // What another process left counts, and goes first.
        let again = DiskCache::open(dir.path(), 90).unwrap();
        again.write("d0", &[1; 40]);
        assert!(size(dir.path()) <= 90 && again.read("d0").is_some());
    }

    #[test]
    fn a_file_that_was_given_up_stays_readable_for_whoever_has_it_open() {
        let dir = tempfile::tempdir().unwrap();
        let cache = DiskCache::open(dir.path(), 10).unwrap();
        let mut aside = cache.aside().unwrap();
        aside.write_all(&[7; 40]).unwrap();
        let mut file = cache.keep("ab", aside).unwrap();
        assert!(cache.file("ab", 40).is_none() && size(dir.path()) == 0);
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert_eq!(read, [7; 40]);
    }
}
