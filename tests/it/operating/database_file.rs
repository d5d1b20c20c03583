//! The workspace's SQLite file while an import runs: its disk fails or turns read-only at each write in turn, somebody else holds
//! it, its rights are gone. What must hold: an error that says how to mend it, and nothing half done.

use super::{VALUES, published_in_a_file};
use crate::{
    harness::{Workspace, fixture},
    numbers, tracer,
};
use sqlx::{Connection as _, SqliteConnection};
use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

const IMPORT: [&str; 7] = ["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"];
/// A workspace with another figure in rates.csv that is not imported yet.
fn changed() -> Workspace {
    let workspace = published_in_a_file();
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;11"));
    workspace
}

/// Which file's writes fail with what, and how it is to be mended.
const FAILURES: [(&str, &str, &str); 4] = [
    ("choro.sqlite-wal", "EROFS", "mend the disk or its mount, and run the command again"),
    ("choro.sqlite-wal", "EIO", "nothing was stored; see the system's log, mend the disk"),
    ("choro.sqlite-wal", "ENOSPC", "the disk is full: nothing was stored; make room and run the command again"),
    ("choro.sqlite-shm", "EROFS", "is it a folder, forbidden to read, or the disk full?"),
];

#[test]
fn a_disk_that_fails_from_any_write_of_an_import_on_is_told_with_its_remedy_and_nothing_is_stored() {
    for (file, error, remedy) in FAILURES {
        let workspace = changed();
        let (before, mut refused) = (workspace.state(), 0);
        for write in 1.. {
            let how = format!("error={error}:when={write}+");
            let harmed =
                tracer::harmed(&workspace.command(&IMPORT), &workspace.path(file), "pwrite64,ftruncate,fsync", &how);
            let Some(mut command) = harmed else { return };
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            if output.status.success() {
                break;
            }
            assert_eq!(output.status.code(), Some(1), "{file}: {error} from write {write} on: {said}");
            assert!(said.contains(remedy), "{file}: {error} from write {write} on: {said}");
            assert!(workspace.state() == before, "{file}: {error} from write {write} on: something was stored: {said}");
            refused += 1;
        }
        assert!(refused >= 3, "{file}: {error}: {refused} refused");
        let name = format!("imports refused with {error} of {file}, each from another write on");
        numbers::say(4, &name, refused, "");
        // The one that ended the loop felt nothing, and has stored all.
        assert!(workspace.ok(&IMPORT).contains("stored: 0 new, 0 changed, 8 as before"), "{file}: {error}");
        workspace.ok(&["publish"]);
    }
}

#[test]
fn a_database_that_another_process_holds_is_waited_for_and_then_left_as_it_is() {
    let workspace = changed();
    let before = workspace.state();
    let (runtime, url) = (Runtime::new().unwrap(), format!("sqlite:{}", workspace.path("choro.sqlite").display()));
    let mut holder = runtime.block_on(SqliteConnection::connect(&url)).unwrap();
    let mut tell = |sql: &'static str| {
        runtime.block_on(sqlx::query(sql).execute(&mut holder)).unwrap();
    };
    tell("BEGIN IMMEDIATE");
    let begun = Instant::now();
    let said = workspace.fails(&IMPORT, 1);
    numbers::say(3, "SQLite held by another process: an import gives up after", begun.elapsed().as_millis(), "ms");
    assert!(said.contains("in use by another choro") && said.contains("wait for it, or end it"), "{said}");
    let mut waiting = workspace.command(&IMPORT).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits");
    assert!(workspace.state() == before, "the import that waits has stored something");
    tell("ROLLBACK");
    assert!(waiting.wait().unwrap().success());
    assert!(workspace.state() != before);
}

/// Root may write whatever the rights say, so another user tries.
#[test]
fn a_database_without_the_right_to_write_is_told_with_its_remedy_and_the_server_goes_on() {
    let workspace = changed();
    let server = workspace.serve();
    let (golden, before) = (server.get(VALUES).body, workspace.state());
    let rights = |file: u32, folder: u32| {
        let set = |name: &str, mode| fs::set_permissions(workspace.path(name), Permissions::from_mode(mode)).unwrap();
        set("choro.sqlite", file);
        set("", folder);
    };
    let import = workspace.command(&IMPORT);
    let root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let mut command = Command::new(if root { "setpriv" } else { "env" });
    if root {
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
    }
    command.arg(import.get_program()).args(import.get_args()).current_dir(workspace.path(""));
    for (file, folder) in [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)] {
        rights(file, folder);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        rights(0o644, 0o755);
        assert_eq!(output.status.code(), Some(1), "{file:o} in {folder:o}: {said}");
        let told = ["check the rights of the file", "forbidden to read"].iter().any(|words| said.contains(words));
        assert!(told, "{file:o} in {folder:o}: {said}");
        assert!(workspace.state() == before && server.get(VALUES).body == golden, "{file:o} in {folder:o}: {said}");
    }
    workspace.ok(&IMPORT);
}
