//! `choro check`: each thing that can be wrong is named with its remedy, and nothing is changed by looking.

use super::{publish_next, published_in_a_file};
use crate::harness::Workspace;
use sqlx::{Connection as _, SqliteConnection};
use std::{fs, os::unix::fs::FileExt as _};

/// The findings about one thing, with their levels.
fn findings(workspace: &Workspace, about: &str, code: i32) -> Vec<(String, String)> {
    let output = workspace.run(&["check", "--json"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{said}");
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(report["ok"], code == 0, "{said}");
    let all = report["findings"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.filter(|finding| finding["about"] == about).map(|f| (text(&f["level"]), text(&f["what"]))).collect()
}

#[test]
fn a_sound_workspace_has_no_error_and_stays_as_it_is() {
    let workspace = published_in_a_file();
    publish_next(&workspace, "11");
    let before = workspace.state();
    for (about, count) in
        [("settings", 1), ("indicators", 1), ("database", 1), ("current release", 1), ("release", 2), ("disk", 1)]
    {
        let found = findings(&workspace, about, 0);
        assert_eq!(found.len(), count, "{about}: {found:?}");
        assert!(found.iter().all(|(level, _)| level == "ok"), "{about}: {found:?}");
    }
    let text = workspace.ok(&["check"]);
    assert!(
        text.lines().all(|line| line.starts_with("ok ") || line.starts_with("warning ") && line.contains("choro-gdal")),
        "{text}"
    );
    assert!(workspace.state() == before, "looking has changed something");
}

fn execute(workspace: &Workspace, sql: &'static str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let url = format!("sqlite:{}", workspace.path("choro.sqlite").display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// What is done to a workspace, what it is about, the level, the words.
type Harm = (fn(&Workspace), &'static str, &'static str, &'static [&'static str]);

const HARMS: [Harm; 13] = [
    (|w| w.configure("[server2]"), "settings", "error", &["choro.toml:", "unknown key `server2`"]),
    (
        |w| w.set("server", "addr = \"0.0.0.0:8080\""),
        "settings",
        "warning",
        &["server.public_url is not set", "http://0.0.0.0:8080"],
    ),
    (
        |w| w.configure("[[grids]]\nid = \"Odd\"\ncrs = \"+proj=nothing\"\ncorner = [0.0, 0.0]\nside = 1.0"),
        "grids",
        "error",
        &["Odd"],
    ),
    (|w| w.write("indicators.toml", "[[indicator]]\nid = 1"), "indicators", "error", &["indicators.toml"]),
    (
        |w| fs::remove_file(w.path("indicators.toml")).unwrap(),
        "indicators",
        "warning",
        &["importing and publishing need it"],
    ),
    (
        |w| fs::remove_file(w.path("choro.sqlite")).unwrap(),
        "database",
        "warning",
        &["no database here", "the current release is served without it"],
    ),
    (|w| w.write("choro.sqlite", "text ".repeat(1000)), "database", "error", &["not a database"]),
    (
        |w| execute(w, "UPDATE _sqlx_migrations SET version = 99990101000000 WHERE version = 20261122000000"),
        "database",
        "error",
        &["written by a newer choro (schema step 99990101000000)"],
    ),
    (
        |w| execute(w, "UPDATE release SET manifest_hash = 'x'"),
        "release",
        "error",
        &["not the one that was recorded when it was published", "restore it from a copy"],
    ),
    (
        |w| w.write("releases/current", "2000-01-01-none\n"),
        "current release",
        "error",
        &["2000-01-01-none, which is not there"],
    ),
    (
        |w| w.write("releases/history.jsonl", "{\n"),
        "releases",
        "error",
        &["history.jsonl:1:", "which releases were withdrawn"],
    ),
    (
        |w| fs::create_dir(w.path("releases/.writing-killed")).unwrap(),
        "releases",
        "warning",
        &[".writing-killed was left by a process that was killed", "the next publish removes it"],
    ),
    (
        |w| {
            let event = format!("{{\"at\":\"now\",\"action\":\"withdraw\",\"release\":\"{}\"}}\n", w.current());
            w.write("releases/history.jsonl", event);
        },
        "current release",
        "error",
        &["which was withdrawn", "publish anew"],
    ),
];

#[test]
fn each_harm_is_found_with_its_remedy() {
    for (harm, about, level, words) in HARMS {
        let workspace = published_in_a_file();
        harm(&workspace);
        let found = findings(&workspace, about, i32::from(level == "error"));
        assert!(!found.is_empty(), "{words:?}: nothing about {about}");
        for word in words {
            let said = found.iter().any(|(its_level, what)| its_level == level && what.contains(word));
            assert!(said, "{about}: {word:?} is not said in {found:?}");
        }
    }
}

#[test]
fn a_database_with_a_damaged_page_is_told_from_a_sound_one() {
    let workspace = published_in_a_file();
    // Whatever lies in the log goes to the file first.
    execute(&workspace, "PRAGMA wal_checkpoint(TRUNCATE)");
    let file = fs::File::options().write(true).open(workspace.path("choro.sqlite")).unwrap();
    let pages = file.metadata().unwrap().len() / 4096;
    for page in pages / 2..pages {
        file.write_all_at(&[0xAB; 64], page * 4096).unwrap();
    }
    let found = findings(&workspace, "database", 1);
    assert!(found.iter().any(|(level, what)| level == "error" && what.contains("damaged")), "{found:?}");
}

#[test]
fn a_publish_that_is_running_has_no_leftovers() {
    let workspace = published_in_a_file();
    fs::create_dir(workspace.path("releases/.writing-now")).unwrap();
    let lock = fs::File::options().write(true).open(workspace.path("releases/.lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(findings(&workspace, "releases", 0), vec![]);
    drop(lock);
    assert_eq!(findings(&workspace, "releases", 0).len(), 1);
}
