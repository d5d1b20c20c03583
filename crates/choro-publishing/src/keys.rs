//! The key that signs the releases of a workspace.

use crate::{clock::now, error::WorkbenchError};
use choro_bundle::{BundleError, Chain, Lock, SecretKey};
use choro_model::PublicKey;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The key that signs what is published or gone back to; without one the log says that nothing is signed.
pub fn signing_key(path: &Path) -> Result<Option<SecretKey>, WorkbenchError> {
    let key = SecretKey::read(path)?;
    if key.is_none() {
        let path = path.display();
        tracing::warn!("releases are not signed, for there is no key at {path}: choro keys new makes one");
    }
    Ok(key)
}

/// Makes a key where there is none, and writes its public half beside it.
pub fn make_key(path: &Path) -> Result<PublicKey, WorkbenchError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|source| WorkbenchError::File { path: folder.to_owned(), source })?;
    let public = SecretKey::create(path)?.public();
    write_public(path, public)?;
    Ok(public)
}

/// Makes the next key of a workspace: the old one signs a line that names it, for servers that trust the old one, and stays beside it
/// as `*.old`. Returns both, the old one first.
pub fn rotate_key(path: &Path, releases: &Path) -> Result<(PublicKey, PublicKey), WorkbenchError> {
    let absent =
        || BundleError::Key { path: path.to_owned(), what: "there is no key yet: choro keys new makes one".to_owned() };
    let old = SecretKey::read(path)?.ok_or_else(absent)?;
    let folder = Lock::take(releases)?;
    let chain = Chain::read(releases)?;
    let (aside, kept) = (beside(path, "next"), beside(path, "old"));
    // What a killed rotation has left was named by nobody, or will never sign.
    remove(&aside)?;
    let new = SecretKey::create(&aside)?.public();
    chain.rotate(&folder, now(), &old, new)?;
    let rename =
        |from: &Path, to: &Path| fs::rename(from, to).map_err(|source| WorkbenchError::File { path: to.to_owned(), source });
    rename(path, &kept)?;
    rename(&aside, path)?;
    write_public(path, new)?;
    Ok((old.public(), new))
}

fn remove(path: &Path) -> Result<(), WorkbenchError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(WorkbenchError::File { path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

fn write_public(path: &Path, public: PublicKey) -> Result<(), WorkbenchError> {
    let path = path.with_extension("pub");
    fs::write(&path, format!("{public}\n")).map_err(|source| WorkbenchError::File { path, source })
}

/// The name with an ending behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
