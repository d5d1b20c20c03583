//! Writes a release bundle: aside, synced, then renamed into place. What did not change is a hard link to the release before.

use crate::{
    folder::{
        history::{next_sequence, not_withdrawn},
        lock::Lock,
        pointer::{current, point_to},
        replace::{sync_dir, write_synced},
        unfinished::{WRITING, sweep},
    },
    format::{
        error::BundleError,
        manifest::{CHUNK, CHUNK_OF_VALUES, FileEntry, MANIFEST, Manifest, chunk_hash},
        paths::VALUES,
    },
    open::bundle::Bundle,
    signing::{self, SIGNATURE, SecretKey},
    storage::verified::VerifiedFile,
};
use choro_model::{PublicKey, ReleaseId, hex};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufReader, Read},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

/// Who makes a release, and after what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made<'a> {
    /// A number that the release's own is to be greater than.
    pub after: u64,
    /// The key that signs; `None`: nobody does.
    pub key: Option<&'a SecretKey>,
}

/// A finished release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub release: ReleaseId,
    /// Its number.
    pub sequence: u64,
    /// Who signed it.
    pub signed_by: Option<PublicKey>,
    /// SHA-256 of its manifest, hexadecimal.
    pub manifest_sha256: String,
    /// Bytes written anew, the manifest's among them.
    pub written: u64,
    /// Bytes taken over unchanged from the release before.
    pub linked: u64,
}

/// A bundle being written. Dropped unfinished, it leaves nothing behind.
#[derive(Debug)]
pub struct BundleWriter {
    releases: PathBuf,
    aside: tempfile::TempDir,
    previous: Option<(PathBuf, Manifest)>,
    files: BTreeMap<String, FileEntry>,
    linked: u64,
    written: u64,
    lock: Lock,
}

impl BundleWriter {
    /// Begins a bundle in the folder `releases`. One process at a time may publish.
    pub fn begin(releases: &Path) -> Result<Self, BundleError> {
        fs::create_dir_all(releases).map_err(BundleError::io(releases))?;
        let lock = Lock::take(releases)?;
        sweep(releases)?;
        let aside = tempfile::Builder::new().prefix(WRITING).tempdir_in(releases).map_err(BundleError::io(releases))?;
        // A damaged release before is no reason to stop: everything is then written anew.
        let previous = current(releases)?.map(|id| releases.join(id.as_str()));
        let previous = previous.and_then(|dir| Some((dir.clone(), Manifest::read(&dir).ok()?)));
        Ok(Self { releases: releases.to_owned(), aside, previous, files: BTreeMap::new(), linked: 0, written: 0, lock })
    }

    /// A document of the release before; `None` where there is none, or it is not as it was written.
    pub fn read_before<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let (dir, manifest) = self.previous.as_ref()?;
        let file = VerifiedFile::open(dir, name, manifest.files.get(name)?).ok()?;
        serde_json::from_slice(&file.read_all().ok()?).ok()
    }

    /// Whether the bundle has a file of this name already.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Takes a file over from the release before, if it was made from the same and is whole. `false`: it has to be made.
    pub fn reuse(&mut self, name: &str, made_from: &str) -> Result<bool, BundleError> {
        let Some((dir, manifest)) = &self.previous else { return Ok(false) };
        let Some(entry) = manifest.files.get(name).filter(|entry| entry.made_from == made_from) else { return Ok(false) };
        // Damage must not be handed on from release to release.
        if VerifiedFile::open(dir, name, entry).and_then(|file| file.verify_all()).is_err() {
            return Ok(false);
        }
        let (from, to) = (dir.join(name), self.place(name)?);
        // A file system without hard links gets a copy; a file that is gone is made again.
        if fs::hard_link(&from, &to).is_err() && fs::copy(&from, &to).is_err() {
            return Ok(false);
        }
        self.linked += entry.bytes;
        self.files.insert(name.to_owned(), entry.clone());
        Ok(true)
    }

    /// Writes a file by `make`. One that had been taken over gives way: it is the release's before, too.
    pub fn write<E: From<BundleError>>(
        &mut self,
        name: &str,
        made_from: &str,
        make: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        let path = self.place(name)?;
        if let Some(taken) = self.files.remove(name) {
            fs::remove_file(&path).map_err(BundleError::io(&path))?;
            self.linked -= taken.bytes;
        }
        make(&path)?;
        let chunk_bytes = if name.starts_with(VALUES) { CHUNK_OF_VALUES } else { CHUNK };
        let entry = describe(&path, made_from, chunk_bytes)?;
        self.written += entry.bytes;
        self.files.insert(name.to_owned(), entry);
        Ok(())
    }

    /// Writes a file of JSON.
    pub fn write_json(
        &mut self,
        name: &str,
        made_from: &str,
        value: &(impl serde::Serialize + ?Sized),
    ) -> Result<(), BundleError> {
        let text = serde_json::to_vec(value).map_err(|e| BundleError::damaged(name, e.to_string()))?;
        self.write(name, made_from, |path| fs::write(path, text).map_err(BundleError::io(path)))
    }

    /// A JSON file of this bundle, read back.
    pub fn read_json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, BundleError> {
        let path = self.aside.path().join(name);
        let bytes = fs::read(&path).map_err(BundleError::io(&path))?;
        serde_json::from_slice(&bytes).map_err(|e| BundleError::damaged(path, e.to_string()))
    }

    /// Completes the bundle, opens it once to see that it can be, and makes it the current one. `record` is called when the
    /// bundle lies complete in its place and the old one is still current; when it fails, that stays so.
    pub fn finish<E: From<BundleError>>(
        self,
        created: &str,
        made: Made<'_>,
        record: impl FnOnce(&Published) -> Result<(), E>,
    ) -> Result<Published, E> {
        let published = self.put_in_place(created, made)?;
        record(&published)?;
        point_to(&self.releases, &published.release)?;
        Ok(published)
    }

    fn put_in_place(&self, created: &str, made: Made<'_>) -> Result<Published, BundleError> {
        let sequence = next_sequence(&self.lock, made.after)?;
        let manifest = Manifest::new(created.to_owned(), sequence, self.files.clone())
            .map_err(|e| BundleError::damaged(self.aside.path(), e.to_string()))?;
        let release = manifest.release.clone();
        not_withdrawn(&self.releases, &release)?;
        let target = self.releases.join(release.as_str());
        let root = self.aside.path();
        let text = serde_json::to_vec(&manifest).map_err(|e| BundleError::damaged(root, e.to_string()))?;
        write_synced(&root.join(MANIFEST), &text)?;
        if let Some(key) = made.key {
            let signature = signing::sign(key, &manifest, &text).map_err(|e| BundleError::damaged(root, e.to_string()))?;
            write_synced(&root.join(SIGNATURE), &signature)?;
        }
        Bundle::open(root)?;
        // A temporary folder is its owner's alone; a release may be served by another user.
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(root, mode).map_err(BundleError::io(root))?;
        // A damaged folder has no number, so its id may come again; then it gives way.
        if target.exists() && Bundle::open(&target).and_then(|bundle| bundle.verify_all()).is_err() {
            fs::remove_dir_all(&target).map_err(BundleError::io(&target))?;
        }
        if !target.exists() {
            fs::rename(root, &target).map_err(BundleError::io(&target))?;
        }
        sync_dir(&self.releases)?;
        let manifest_sha256 = hex(&Sha256::digest(&text));
        let written = self.written + text.len() as u64;
        let signed_by = made.key.map(SecretKey::public);
        Ok(Published { release, sequence, signed_by, manifest_sha256, written, linked: self.linked })
    }

    fn place(&self, name: &str) -> Result<PathBuf, BundleError> {
        let path = self.aside.path().join(name);
        let parent = path.parent().unwrap_or(&path).to_owned();
        fs::create_dir_all(&parent).map_err(BundleError::io(parent))?;
        Ok(path)
    }
}

/// Size and hashes of a file as it lies on the disk, synced first.
fn describe(path: &Path, made_from: &str, chunk_bytes: usize) -> Result<FileEntry, BundleError> {
    let file = File::open(path).map_err(BundleError::io(path))?;
    file.sync_all().map_err(BundleError::io(path))?;
    let (mut whole, mut chunks, mut bytes) = (Sha256::new(), Vec::new(), 0);
    let mut reader = BufReader::new(file);
    loop {
        let mut chunk = Vec::with_capacity(chunk_bytes);
        reader.by_ref().take(chunk_bytes as u64).read_to_end(&mut chunk).map_err(BundleError::io(path))?;
        if chunk.is_empty() {
            break;
        }
        whole.update(&chunk);
        chunks.push(chunk_hash(&chunk));
        bytes += chunk.len() as u64;
    }
    Ok(FileEntry { bytes, sha256: hex(&whole.finalize()), chunk_bytes, chunks, made_from: made_from.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde refuses to write.
    struct Unwritable;

    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("a map with keys that are no texts"))
        }
    }

    #[test]
    fn an_error_of_json_names_its_file() {
        let releases = tempfile::tempdir().unwrap();
        let mut writer = BundleWriter::begin(releases.path()).unwrap();
        let said = writer.write_json("boundaries/a/b/areas.json", "", &Unwritable).unwrap_err().to_string();
        assert!(said.starts_with("boundaries/a/b/areas.json is damaged"), "{said}");
    }
}
