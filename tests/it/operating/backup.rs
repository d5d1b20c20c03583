//! Backup, destruction, restore: the same bytes are served again.

use super::{TILE, VALUES, publish_next, published_in_a_file};
use crate::harness::{PROGRAM, Reply, Server, Workspace, fixture};
use std::{fs, os::unix::fs::MetadataExt as _, path::Path, process::Command};

/// What a client sees of both releases.
fn answers(server: &Server, releases: [&str; 2]) -> Vec<(u16, Vec<u8>)> {
    let pinned = releases.iter().flat_map(|id| {
        [format!("{TILE}&release={id}"), format!("{VALUES}&release={id}"), format!("/catalog.json?release={id}")]
    });
    let paths = pinned.chain([VALUES.to_owned(), "/areas/areas/01".to_owned(), "/areas/areas.geojson".to_owned()]);
    paths.map(|path| server.get(&path)).map(|Reply { status, body, .. }| (status, body)).collect()
}

fn restore(from: &Path, to: &Path) -> (Option<i32>, String) {
    let output = Command::new(PROGRAM).arg("restore").args([from, to]).current_dir(from).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code(), said)
}

/// A workspace with two releases and one withdrawn, and its backup.
fn backed_up() -> (Workspace, tempfile::TempDir, [String; 2]) {
    let workspace = published_in_a_file();
    let withdrawn = workspace.current();
    let old = publish_next(&workspace, "11");
    workspace.ok(&["releases", "withdraw", &withdrawn]);
    let new = publish_next(&workspace, "12");
    let folder = tempfile::tempdir().unwrap();
    let said = workspace.ok(&["backup", folder.path().join("copy").to_str().unwrap()]);
    assert!(said.contains("verified"), "{said}");
    (workspace, folder, [old, new])
}

#[test]
fn a_restored_workspace_serves_the_same_bytes_and_publishes_on() {
    let (workspace, folder, [old, new]) = backed_up();
    let before = answers(&workspace.serve(), [&old, &new]);
    assert!(before.iter().all(|(status, _)| *status == 200));
    let state = workspace.state();
    let withdrawn = fs::read_to_string(workspace.path("releases/history.jsonl")).unwrap();
    drop(workspace);
    let restored = Workspace::restored(|dir| {
        let (code, said) = restore(&folder.path().join("copy"), dir);
        assert_eq!(code, Some(0), "{said}");
    });
    let after = answers(&restored.serve(), [&old, &new]);
    assert!(before == after, "other answers after the restore");
    assert!(restored.state().rows() == state.rows(), "other rows after the restore");
    assert_eq!(fs::read_to_string(restored.path("releases/history.jsonl")).unwrap(), withdrawn);
    restored.ok(&["check"]);
    // What releases share takes its room once, in the backup and in what is restored.
    let inode = |root: &Path, release: &str| {
        fs::metadata(root.join(format!("releases/{release}/boundaries/areas/1/areas.fgb"))).unwrap().ino()
    };
    for root in [&folder.path().join("copy"), &restored.path("")] {
        assert_eq!(inode(root, &old), inode(root, &new), "{}", root.display());
    }
    // Mappings are the operator's own files, and in no backup.
    restored.write("rates.toml", fixture("rates.toml"));
    assert_ne!(publish_next(&restored, "13"), new);
}

#[test]
fn a_backup_is_whole_or_not_there() {
    let (workspace, folder, [_, new]) = backed_up();
    let copy = folder.path().join("copy");
    let said = workspace.fails(&["backup", copy.to_str().unwrap()], 1);
    assert!(said.contains("copy exists: name a new folder for each backup"), "{said}");
    fs::write(workspace.path(&format!("releases/{new}/catalog.json")), "{}").unwrap();
    let said = workspace.fails(&["backup", folder.path().join("second").to_str().unwrap()], 1);
    assert!(said.contains("catalog.json") && said.contains("restore the bundle from a copy or publish again"), "{said}");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["copy"], "a broken backup leaves something behind");
}

#[test]
fn a_backup_waits_for_nobody_and_says_who_publishes() {
    let (workspace, folder, _) = backed_up();
    let lock = fs::File::options().write(true).open(workspace.path("releases/.lock")).unwrap();
    lock.lock().unwrap();
    let said = workspace.fails(&["backup", folder.path().join("second").to_str().unwrap()], 1);
    assert!(said.contains("another publish is running"), "{said}");
}

#[test]
fn a_damaged_backup_and_a_place_that_is_taken_are_refused_and_nothing_is_written() {
    let (workspace, folder, [old, _]) = backed_up();
    let copy = folder.path().join("copy");
    let target = folder.path().join("target");
    let (code, said) = restore(&copy, &workspace.path(""));
    assert!(code == Some(1) && said.contains("exists: a backup is restored only where there is no workspace"), "{said}");
    let values = format!("releases/{old}/values/areas/1/arrival_rate/2022.parquet");
    let manifest = fs::read_to_string(copy.join("backup.json")).unwrap();
    let harm: [(&str, String, &str); 6] = [
        ("choro.sqlite", String::new(), "choro.sqlite is damaged: it has 0 bytes"),
        (&values, "x".to_owned(), "2022.parquet is damaged"),
        ("backup.json", "{".to_owned(), "it does not follow choro-backup/1"),
        ("backup.json", manifest.replace("choro-backup/1", "choro-backup/2"), "use a newer choro"),
        ("backup.json", manifest.replace("\"choro.toml\"", "\"../choro.toml\""), "is no file of a backup"),
        ("backup.json", manifest.replace("\"choro.toml\"", "\"/tmp/choro.toml\""), "is no file of a backup"),
    ];
    for (file, content, words) in harm {
        let sound = fs::read(copy.join(file)).unwrap();
        // A file of its own: releases share theirs.
        fs::remove_file(copy.join(file)).unwrap();
        fs::write(copy.join(file), content).unwrap();
        let (code, said) = restore(&copy, &target);
        assert!(code == Some(1) && said.contains(words), "{file}: {said}");
        assert!(!target.exists(), "{file}: something was written");
        fs::write(copy.join(file), sound).unwrap();
    }
    fs::remove_file(copy.join("choro.toml")).unwrap();
    assert_eq!(restore(&copy, &target).0, Some(1), "a file is missing");
    assert!(!target.exists());
    fs::remove_file(copy.join("backup.json")).unwrap();
    let (_, said) = restore(&copy, &target);
    assert!(said.contains("this is no backup, or one that was broken off"), "{said}");
}

/// A limit on the size of files stands for a full disk: what was written before is taken away again.
#[test]
fn a_disk_that_fills_while_restoring_leaves_nothing_behind() {
    let (_workspace, folder, _) = backed_up();
    let (copy, target) = (folder.path().join("copy"), folder.path().join("target"));
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{PROGRAM}' restore {} {}", copy.display(), target.display());
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!target.exists(), "{output:?}");
    assert_eq!(restore(&copy, &target).0, Some(0), "with room enough");
}
