//! A release whose files are not what they should be, though their hashes are right: an error, and no panic, when it is opened and
//! when everything in it is read.
//!
//! The first byte says which file of a small release is spoilt, by name; the last is the manifest. The second says how: 0, every
//! four bytes that follow are a place and the byte that comes there; 1, the first three say where the file is cut off, then as 0;
//! anything else, what follows stands for the file.

use super::{observations::DEFINED, release};
use choro_bundle::{Bundle, Coding, Part, Skeleton};
use choro_model::{Encoding, Selection};
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

/// Every file as it is, in both ways to say so.
pub fn seeds() -> Vec<Vec<u8>> {
    let both = |(number, name)| [vec![number, 0], [&[number, 2][..], &FILES[name]].concat()];
    (0_u8..).zip(names()).flat_map(both).collect()
}

/// What the bytes behind the first make of a file.
fn spoilt(file: &[u8], how: &[u8]) -> Vec<u8> {
    let place = |bytes: &[u8]| {
        let [a, b, c] = [0, 1, 2].map(|i| usize::from(bytes.get(i).copied().unwrap_or(0)));
        (a | b << 8 | c << 16) % file.len().max(1)
    };
    let (mut content, edits) = match how {
        [0, edits @ ..] => (file.to_vec(), edits),
        [1, edits @ ..] => (file[..place(edits)].to_vec(), edits.get(3..).unwrap_or_default()),
        [_, content @ ..] => return content.to_vec(),
        [] => return Vec::new(),
    };
    for edit in edits.chunks_exact(4) {
        if let Some(byte) = content.get_mut(place(edit)) {
            *byte = edit[3];
        }
    }
    content
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
    let Some((number, how)) = data.split_first() else { return false };
    let names = names();
    let chosen = names[usize::from(*number) % names.len()];
    let content = spoilt(&FILES[chosen], how);
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in &*FILES {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, if name == chosen { &content } else { bytes }).expect("written");
    }
    if chosen.as_path() != Path::new(MANIFEST) {
        fs::write(dir.path().join(MANIFEST), vouched(chosen, &content)).expect("written");
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
    let hash = choro_model::hex(&Sha256::digest(content));
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
            for (grid, encoding) in set.grids.iter().flat_map(|grid| Encoding::ALL.map(|encoding| (grid, encoding))) {
                opened.skeleton_as(grid.as_str(), encoding).into_iter().for_each(read_tiles);
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

fn read_tiles(skeleton: &Skeleton) {
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
