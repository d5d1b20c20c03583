//! An archive: the one boundary file in a ZIP or gzip file, unpacked into a temporary folder.
//!
//! `regions.zip` with `a/regions.shp`, `a/regions.dbf` and `a/readme.txt` gives `regions.shp` and `regions.dbf`. What the
//! archive says of itself is not believed: names are checked, and bytes are counted while they come out.

use super::members::{self, Member};
use crate::boundary::{error::BoundaryError, options::Options};
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use zip::ZipArchive;

/// How many times larger than its archive the content may be. Text of coordinates shrinks to a third or a tenth.
const RATIO: u64 = 100;
/// Bytes that may come out of any archive. Tables padded with blanks are small, and shrink to next to nothing.
const SMALL: u64 = 16 << 20;
/// Most members of an archive.
const MAX_MEMBERS: usize = 10_000;

/// What was unpacked. The folder is removed when this is dropped.
pub struct Unpacked {
    /// Holds `file` and what belongs to it.
    _folder: TempDir,
    /// The boundary file, or the folder of a file geodatabase.
    pub file: PathBuf,
    /// The layer of that file, where one was asked for.
    pub layer: Option<String>,
}

/// Unpacks the boundary file that `--layer` names, or the only one.
pub fn unzip(path: &Path, place: &str, options: &Options) -> Result<Unpacked, BoundaryError> {
    let broken = |e: String| archive_error(place, format!("the ZIP archive cannot be read: {e}"));
    let file = File::open(path).map_err(|e| BoundaryError::io(place, e))?;
    let mut left = UnpackLimit::new(place, file.metadata().map_err(|e| BoundaryError::io(place, e))?.len(), options);
    let mut zip = ZipArchive::new(file).map_err(|e| broken(e.to_string()))?;
    let members = list(&mut zip, place)?;
    let (chosen, layer) = members::choose(&members, options.layer.as_deref(), place)?;
    let folder = tempfile::tempdir().map_err(|e| BoundaryError::io(place, e))?;
    for (member, name) in members::belonging(&members, chosen) {
        let target = folder.path().join(name);
        let make = target.parent().map_or(Ok(()), std::fs::create_dir_all);
        let mut out = make.and_then(|()| File::create(&target)).map_err(|e| BoundaryError::io(place, e))?;
        let mut entry = zip.by_index(member.index).map_err(|e| broken(format!("{}: {e}", member.path)))?;
        left.copy(&mut entry, &mut out, &member.path)?;
    }
    Ok(Unpacked { file: folder.path().join(members::file_name(chosen)), _folder: folder, layer })
}

/// Unpacks the one file of a gzip file.
pub fn gunzip(path: &Path, place: &str, options: &Options) -> Result<Unpacked, BoundaryError> {
    let file = File::open(path).map_err(|e| BoundaryError::io(place, e))?;
    let mut left = UnpackLimit::new(place, file.metadata().map_err(|e| BoundaryError::io(place, e))?.len(), options);
    let folder = tempfile::tempdir().map_err(|e| BoundaryError::io(place, e))?;
    // `regions.geojson.gz` holds `regions.geojson`.
    let name = path.file_stem().unwrap_or_default();
    let target = folder.path().join(name);
    let mut out = File::create(&target).map_err(|e| BoundaryError::io(place, e))?;
    left.copy(&mut MultiGzDecoder::new(file), &mut out, "its content")?;
    Ok(Unpacked { _folder: folder, file: target, layer: options.layer.clone() })
}

fn archive_error(place: &str, what: String) -> BoundaryError {
    BoundaryError::Archive { path: place.to_owned(), what }
}

/// The members. An archive is refused if one of them leads out of it, hides something, or shares its bytes or its name with another.
fn list(zip: &mut ZipArchive<File>, place: &str) -> Result<Vec<Member>, BoundaryError> {
    let refuse = |what: String| archive_error(place, what);
    if zip.len() > MAX_MEMBERS {
        let (got, limit) = (zip.len() as u64, MAX_MEMBERS as u64);
        return Err(BoundaryError::Limit { path: place.to_owned(), what: "the number of members", got, limit });
    }
    if zip.has_duplicate_names() {
        return Err(refuse("two of its members have one name".to_owned()));
    }
    if zip.has_overlapping_files().map_err(|e| refuse(format!("the ZIP archive cannot be read: {e}")))? {
        return Err(refuse("its members share their bytes, as in a decompression bomb".to_owned()));
    }
    let mut members = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|e| refuse(format!("member {index}: {e}")))?;
        let path = entry.name().map_err(|e| refuse(format!("the name of member {index}: {e}")))?.into_owned();
        let fault = match () {
            () if entry.is_symlink() => Some("is a symbolic link"),
            () if entry.encrypted() => Some("is encrypted"),
            () => members::fault(&path),
        };
        if let Some(fault) = fault {
            return Err(refuse(format!("its member {path:.100?} {fault}")));
        }
        if !entry.is_dir() {
            members.push(Member { index, path });
        }
    }
    match members::clash(&members) {
        Some(path) => Err(refuse(format!("its member {path:.100?} stands there twice, in large and small letters"))),
        None => Ok(members),
    }
}

/// How many bytes may still come out.
struct UnpackLimit<'a> {
    place: &'a str,
    limit: u64,
    left: u64,
}

impl<'a> UnpackLimit<'a> {
    fn new(place: &'a str, packed: u64, options: &Options) -> Self {
        let limit = options.limits.file_bytes.min(packed.saturating_mul(RATIO).max(SMALL));
        Self { place, limit, left: limit }
    }

    fn copy(&mut self, from: &mut impl Read, to: &mut impl Write, member: &str) -> Result<(), BoundaryError> {
        let broken = |e: io::Error| archive_error(self.place, format!("{member} cannot be unpacked: {e}"));
        let count = io::copy(&mut from.take(self.left.saturating_add(1)), to).map_err(broken)?;
        self.left = self.left.checked_sub(count).ok_or_else(|| BoundaryError::Limit {
            path: self.place.to_owned(),
            what: "the unpacked size in bytes, at least",
            got: self.limit.saturating_add(1),
            limit: self.limit,
        })?;
        Ok(())
    }
}
