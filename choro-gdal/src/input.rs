//! What a source consists of: `a.shp` with `a.shx` and `a.dbf`, a GeoPackage with its journal, the folder of a geodatabase, or
//! a database with its port. Nothing else is within reach once the walls stand.

use crate::arguments::Origin;
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Extensions of files that belong to one of the same stem, by its own extension. What lies beside GML (`.gfs`, `.xsd`) is not read:
/// it makes numbers of texts, and a code loses its leading zeros.
const PARTS: [(&str, &[&str]); 3] =
    [("shp", &["shx", "dbf", "prj", "cpg", "qix", "sbn", "sbx"]), ("tab", &["dat", "map", "id", "ind"]), ("mif", &["mid"])];
/// What SQLite appends to the whole name of a database.
const JOURNALS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// Entries of a folder that are looked at.
const MAX_ENTRIES: usize = 100_000;
/// PostgreSQL's port where none is named.
const PORT: u16 = 5432;

/// A source, found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The file or folder itself, without symbolic links; none for a table.
    pub path: Option<PathBuf>,
    /// The files and folders that may be read.
    pub reads: Vec<PathBuf>,
    /// How large they are together; none for a table.
    pub bytes: Option<u64>,
    /// The way to the database; none for a file.
    pub database: Option<Database>,
}

/// Where a database may be reached.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Database {
    /// Over TCP.
    pub ports: Vec<u16>,
    /// By a socket of this machine.
    pub local: bool,
}

/// Finds what belongs to a source.
pub fn look(origin: &Origin) -> Result<Input> {
    match origin {
        Origin::File(path) | Origin::Positions(path) => {
            // An absolute path is no `/vsicurl/..`, whatever the file is called.
            let path = fs::canonicalize(path).with_context(|| path.display().to_string())?;
            if path.is_dir() { folder(path) } else { file(path) }
        }
        Origin::Table(_) => {
            let database = database(|name| env::var(name).ok().filter(|value| !value.is_empty()))?;
            Ok(Input { database: Some(database), ..Input::default() })
        }
    }
}

fn file(path: PathBuf) -> Result<Input> {
    let mut reads = vec![path.clone()];
    for part in parts(&path) {
        match fs::symlink_metadata(&part) {
            Ok(data) if data.is_symlink() => bail!(
                "{} is a symbolic link, and might lead to any file of this machine; put the file itself beside {}",
                part.display(),
                path.file_name().unwrap_or_default().display()
            ),
            Ok(data) if data.is_file() => reads.push(part),
            _ => {}
        }
    }
    unwritten(&path)?;
    let sizes: std::io::Result<Vec<u64>> = reads.iter().map(|path| Ok(fs::metadata(path)?.len())).collect();
    let bytes = sizes.with_context(|| path.display().to_string())?.iter().sum();
    Ok(Input { path: Some(path), reads, bytes: Some(bytes), database: None })
}

/// Where the files that belong to one may stand; extensions are in small or in large letters.
fn parts(path: &Path) -> Vec<PathBuf> {
    let own = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let known = PARTS.iter().filter(|(extension, _)| *extension == own).flat_map(|(_, parts)| *parts);
    let beside = known.flat_map(|part| [path.with_extension(part), path.with_extension(part.to_uppercase())]);
    beside.chain(JOURNALS.iter().map(|journal| appended(path, journal))).collect()
}

fn appended(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A database in WAL mode keeps its last changes in a file of their own until somebody writes them over, and we may not write;
/// GDAL would read the database without them and say nothing.
fn unwritten(path: &Path) -> Result<()> {
    let (log, index) = (appended(path, "-wal"), appended(path, "-shm"));
    let pending = fs::metadata(&log).is_ok_and(|data| data.len() > 0);
    if pending && !index.is_file() {
        bail!(
            "its last changes are not in it but in {}; write them over with: sqlite3 {:?} \"PRAGMA wal_checkpoint(TRUNCATE)\"",
            log.display(),
            path.display()
        );
    }
    Ok(())
}

/// A folder with all that is in it; a symbolic link in it leads nowhere, since walls stand on files and not on names.
fn folder(path: PathBuf) -> Result<Input> {
    let (mut bytes, mut entries, mut folders) = (0_u64, 0, vec![path.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let data = entry.metadata()?;
            bytes = bytes.saturating_add(data.len());
            entries += 1;
            if entries > MAX_ENTRIES {
                bail!("{} holds more than {MAX_ENTRIES} files; it is no file geodatabase", path.display());
            }
            if data.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Ok(Input { reads: vec![path.clone()], path: Some(path), bytes: Some(bytes), database: None })
}

/// The addresses are `choro`'s work: looking up a name would need a way to any server of names.
fn database(variable: impl Fn(&str) -> Option<String>) -> Result<Database> {
    let ports = variable("PGPORT").map_or(Ok(vec![PORT]), |ports| ports.split(',').map(str::parse).collect());
    let ports = ports.ok().context("PGPORT is no port; expected a number such as 5432")?;
    let hosts: Vec<String> = variable("PGHOST").iter().flat_map(|hosts| hosts.split(',')).map(str::to_owned).collect();
    if hosts.is_empty() && variable("PGHOSTADDR").is_none() {
        return Ok(Database { ports: Vec::new(), local: true });
    }
    let local = hosts.iter().any(|host| host.starts_with(['/', '@']));
    if !local && variable("PGHOSTADDR").is_none() {
        bail!("PGHOSTADDR is not set: the walls let no name be looked up; expected the address that {hosts:?} has");
    }
    Ok(Database { ports: if local { Vec::new() } else { ports }, local })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reaches_what_belongs_to_it_and_no_other_file_of_its_folder() {
        let outside = tempfile::tempdir().expect("a folder");
        let folder = fs::canonicalize(outside.path()).expect("it is there");
        for (name, bytes) in [("a.shp", 4), ("a.DBF", 3), ("a.prj", 2), ("a.csv", 9), ("b.dbf", 9), ("a.shp-wal", 0)] {
            fs::write(folder.join(name), vec![0; bytes]).expect("written");
        }
        let input = look(&Origin::File(folder.join("a.shp"))).expect("it is there");
        let names: Vec<_> = input.reads.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!((names, input.bytes), (vec!["a.shp", "a.DBF", "a.prj", "a.shp-wal"], Some(9)));
        let whole = look(&Origin::File(folder.clone())).expect("it is there");
        assert_eq!((whole.reads, whole.bytes), (vec![folder.clone()], Some(27)));
        std::os::unix::fs::symlink("/etc/passwd", folder.join("a.shx")).expect("made");
        let refused = look(&Origin::File(folder.join("a.shp"))).expect_err("a link").to_string();
        assert!(refused.contains("a.shx is a symbolic link") && refused.contains("beside a.shp"), "{refused}");
    }

    #[test]
    fn changes_that_are_not_yet_in_a_database_are_never_left_out_in_silence() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.gpkg");
        fs::write(&path, "x").expect("written");
        fs::write(folder.path().join("a.gpkg-wal"), "x").expect("written");
        let refused = look(&Origin::File(path.clone())).expect_err("a log").to_string();
        assert!(refused.contains("a.gpkg-wal") && refused.contains("wal_checkpoint"), "{refused}");
        fs::write(folder.path().join("a.gpkg-shm"), "x").expect("written");
        assert_eq!(look(&Origin::File(path)).expect("readable").reads.len(), 3);
    }

    #[test]
    fn a_database_is_reached_by_its_port_or_by_a_socket_of_this_machine() {
        let with = |given: &[(&str, &str)]| {
            database(|name| given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        let tcp = |ports: &[u16]| Database { ports: ports.to_vec(), local: false };
        let local = Database { ports: Vec::new(), local: true };
        let address = ("PGHOSTADDR", "10.0.0.1");
        for (given, expected) in [
            (&[][..], &local),
            (&[("PGHOST", "/run/postgresql"), ("PGPORT", "5433")], &local),
            (&[("PGHOST", "db.example"), address], &tcp(&[5432])),
            (&[("PGHOST", "a,b"), address, ("PGPORT", "5433,5434")], &tcp(&[5433, 5434])),
            (&[address], &tcp(&[5432])),
        ] {
            assert_eq!(&with(given).expect("valid"), expected, "{given:?}");
        }
        for (given, word) in [(&[("PGHOST", "db.example")][..], "PGHOSTADDR"), (&[address, ("PGPORT", "x")], "PGPORT")] {
            assert!(with(given).expect_err("invalid").to_string().contains(word), "{given:?}");
        }
    }
}
