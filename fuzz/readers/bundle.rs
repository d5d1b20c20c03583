//! A release whose files are not what they should be, though their hashes are right: an error, and no panic, when it is opened and
//! when everything in it is read.
//!
//! The first byte says which file the rest stands for, of the files of a small release by name; the last is the manifest.

use super::{observations::DEFINED, release};
use choro::{
    bundle::{Bundle, Coding, Part},
    model::Selection,
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

const MANIFEST: &str = "manifest.json";

/// The files of the release, by name.
static FILES: LazyLock<BTreeMap<PathBuf, Vec<u8>>> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let id = release::publish(dir.path(), &DEFINED[0]);
    let root = dir.path().join(id);
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    files
});

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("within").to_owned();
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

/// Every file as an input.
pub fn seeds() -> Vec<Vec<u8>> {
    (0_u8..).zip(names()).map(|(number, name)| [&[number][..], &FILES[name]].concat()).collect()
}

/// In the order in which the first byte counts them.
fn names() -> Vec<&'static PathBuf> {
    let (manifest, others): (Vec<_>, Vec<_>) = FILES.keys().partition(|name| name.as_path() == Path::new(MANIFEST));
    others.into_iter().chain(manifest).collect()
}

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let _opened = opens(data);
}

/// Whether a release with the input in it can be opened; then everything in it is read.
pub fn opens(data: &[u8]) -> bool {
    let Some((number, content)) = data.split_first() else { return false };
    let names = names();
    let spoilt = names[usize::from(*number) % names.len()];
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in &*FILES {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, if name == spoilt { content } else { bytes }).expect("written");
    }
    if spoilt.as_path() != Path::new(MANIFEST) {
        fs::write(dir.path().join(MANIFEST), vouched(spoilt, content)).expect("written");
    }
    let Ok(bundle) = Bundle::open(dir.path()) else { return false };
    read_all(&bundle);
    true
}

/// The manifest with the hashes of the content in place of the file's own.
fn vouched(name: &Path, content: &[u8]) -> Vec<u8> {
    let mut manifest: serde_json::Value = serde_json::from_slice(&FILES[Path::new(MANIFEST)]).expect("JSON");
    let entry = &mut manifest["files"][name.to_str().expect("a name")];
    let entry = entry.as_object_mut().expect("an entry");
    let hash = choro::bundle::hex(&Sha256::digest(content));
    entry.remove("chunks");
    entry.insert("bytes".to_owned(), content.len().into());
    entry.insert("sha256".to_owned(), hash.into());
    serde_json::to_vec(&manifest).expect("JSON")
}

fn read_all(bundle: &Bundle) {
    for set in &bundle.catalog().boundary_sets {
        for vintage in &set.vintages {
            let Some(opened) = bundle.vintage(set.id.as_str(), Some(vintage.id.as_str())) else { continue };
            let (_full, _small) = (opened.geometry(), opened.generalised(0));
            for grid in &set.grids {
                read_tiles(opened, grid.as_str());
            }
        }
        for entry in &bundle.catalog().indicators {
            for period in ["2020", "1999"] {
                let Ok(selection) = Selection::new(&entry.indicator, period.parse().expect("a period"), &[]) else {
                    continue;
                };
                let _column = bundle.column(set.id.as_str(), &selection);
            }
        }
    }
}

fn read_tiles(vintage: &choro::bundle::Vintage, grid: &str) {
    let Some(skeleton) = vintage.skeleton(grid) else { return };
    for coord in skeleton.tiles().take(100) {
        let Some(tile) = skeleton.find(coord) else { continue };
        let _rows = skeleton.rows(tile).len();
        for part in [Part::Shared, Part::Keyed, Part::Plain] {
            for coding in Coding::ALL {
                let _read = skeleton.read_into(tile, part, coding, &mut Vec::new());
            }
        }
    }
}
