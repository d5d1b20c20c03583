//! Who may read what is not public.

use super::mode;
use crate::{harness::Workspace, operating::published_in_a_file};
use sqlx::{Connection as _, SqliteConnection};
use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

#[test]
fn the_database_what_sqlite_puts_beside_it_its_copies_and_the_key_are_of_the_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    // Whatever the umask is.
    let script = format!("umask 0000 && '{}' init made", crate::harness::PROGRAM);
    assert!(Command::new("bash").args(["-c", &script]).current_dir(dir.path()).output().unwrap().status.success());
    for name in ["choro.sqlite", "keys/release.key"] {
        assert_eq!(mode(&dir.path().join("made").join(name)), 0o600, "{name}");
    }
    let workspace = published_in_a_file();
    let beside = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let url = format!("sqlite:{}", workspace.path("choro.sqlite").display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query("CREATE TABLE beside (x BIGINT)").execute(&mut connection).await.unwrap();
        let modes = ["choro.sqlite-wal", "choro.sqlite-shm"].map(|name| mode(&workspace.path(name)));
        sqlx::query("DROP TABLE beside").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        modes
    });
    assert_eq!(beside, [0o600, 0o600]);
    // A file of before, which others may read, is told, and its copies are not read by them.
    fs::set_permissions(workspace.path("choro.sqlite"), fs::Permissions::from_mode(0o644)).unwrap();
    let report = workspace.ok(&["check"]);
    assert!(report.contains("warning  database") && report.contains("(mode 644): chmod 600"), "{report}");
    let backup = workspace.path("copy");
    workspace.ok(&["backup", backup.to_str().unwrap()]);
    assert_eq!(mode(&backup.join("choro.sqlite")), 0o600);
    fs::set_permissions(backup.join("choro.sqlite"), fs::Permissions::from_mode(0o644)).unwrap();
    let restored = Workspace::restored(|dir| {
        let script = format!("umask 0000 && '{}' restore '{}' .", crate::harness::PROGRAM, backup.display());
        assert!(Command::new("bash").args(["-c", &script]).current_dir(dir).output().unwrap().status.success());
    });
    assert_eq!(mode(&restored.path("choro.sqlite")), 0o600);
}
