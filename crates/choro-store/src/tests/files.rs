//! What is refused as an SQLite file.

use super::{Empty, Store, run};
use choro_config::Database;
use std::path::Path;

#[test]
fn files_that_are_no_workspace_are_refused_and_left_as_they_are() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choro.sqlite");
        let error = Store::open(&Database::file(&path), false).await.unwrap_err().to_string();
        assert!(error.contains("choro init") && !path.exists(), "{error}");

        std::fs::write(&path, "code;value\n".repeat(1000)).unwrap();
        let error = Store::open(&Database::file(&path), true).await.unwrap_err().to_string();
        assert!(error.contains("not a database"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap().len(), 11_000);

        std::fs::remove_file(&path).unwrap();
        foreign(&path).await;
        let before = std::fs::read(&path).unwrap();
        let error = Store::open(&Database::file(&path), true).await.unwrap_err().to_string();
        assert!(error.contains("not a Choro workspace"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);

        let error = Store::open(&Database::file(folder.path()), true).await.unwrap_err().to_string();
        assert!(error.contains("cannot be opened"), "{error}");
        let error =
            Store::open(&Database::file(folder.path().join("no/such/folder/x")), true).await.unwrap_err().to_string();
        assert!(error.contains("cannot be opened"), "{error}");
    });
}

async fn foreign(path: &Path) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("CREATE TABLE notes (text TEXT)").execute(&pool).await.unwrap();
    pool.close().await;
}

#[test]
fn a_file_that_was_cut_off_is_named_as_damaged() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choro.sqlite");
        Empty(Database::file(&path)).with_data().await.store.close().await;
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let error = Store::open(&Database::file(&path), false).await.unwrap_err().to_string();
        assert!(error.contains("damaged"), "{error}");
    });
}
