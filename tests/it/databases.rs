//! PostgreSQL beside SQLite.

use crate::{
    harness::{PROGRAM, Server, Workspace, block_on, fixture},
    postgres::{Cluster, PASSWORD, programs},
};
use std::{ffi::OsStr, fs, os::unix::fs::symlink, process::Command, time::Duration};

const PATHS: [&str; 5] = [
    "/values/areas.csv?indicator=arrival_rate&period=2022",
    "/values/areas.json?indicator=arrival_rate&period=2021",
    "/areas/areas.geojson?indicator=arrival_rate&period=2022",
    "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2022",
    "/legends/arrival_rate.json?set=areas&period=2022",
];

/// Imports another figure for area 04 in 2022 and publishes.
fn publish_next(workspace: &Workspace, figure: &str) {
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
}

#[test]
fn both_databases_give_the_same_release() {
    let Some(cluster) = Cluster::shared() else { return };
    let answers = |database| {
        let workspace = Workspace::invented_on(database);
        workspace.ok(&["publish"]);
        publish_next(&workspace, "77,5");
        let server = workspace.serve();
        let release = workspace.current();
        PATHS.map(|path| {
            let reply = server.get(path);
            assert_eq!(reply.status, 200, "{path}: {}", reply.text());
            // Legends and values name the release, whose id has the time in it.
            String::from_utf8_lossy(&reply.body).replace(&release, "RELEASE").into_bytes()
        })
    };
    let (sqlite, postgres) = (answers(None), answers(Some(block_on(cluster.database()))));
    for (path, (a, b)) in PATHS.into_iter().zip(sqlite.into_iter().zip(postgres)) {
        assert!(a == b, "{path}\n{}\n{}", String::from_utf8_lossy(&a), String::from_utf8_lossy(&b));
    }
}

#[test]
fn init_takes_a_database_by_flag_and_neither_writes_nor_prints_its_password() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = block_on(cluster.database());
    let public = url.replace(&format!(":{PASSWORD}"), "");
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], password: Option<&str>| {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(folder.path()).envs(password.map(|word| ("PGPASSWORD", word)));
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains(PASSWORD), "{said}");
        (output.status.code(), said)
    };
    let (code, said) = run(&["init", ".", "--database", "choro.db"], None);
    assert_eq!((code, said.contains("--database expects postgres://")), (Some(1), true), "{said}");
    let (code, said) = run(&["init", ".", "--database", &url.replace("test_", "absent_")], None);
    assert_eq!((code, said.contains("does not exist")), (Some(1), true), "{said}");
    assert!(!folder.path().join("choro.toml").exists());

    let (code, said) = run(&["init", ".", "--database", &url], None);
    assert_eq!(code, Some(0), "{said}");
    let settings = fs::read_to_string(folder.path().join("choro.toml")).unwrap();
    assert!(settings.contains(&format!("\ndatabase = {public:?}\n")) && !settings.contains(PASSWORD), "{settings}");
    assert!(!folder.path().join("choro.sqlite").exists());
    let (code, said) = run(&["publish"], Some(PASSWORD));
    assert_eq!((code, said.contains("import boundaries first")), (Some(1), true), "{said}");
    let (code, said) = run(&["publish"], Some("wrong"));
    assert_eq!((code, said.contains("the server refuses")), (Some(1), true), "{said}");
}

#[test]
fn servers_switch_when_a_release_is_announced_without_looking_for_it() {
    let Some(cluster) = Cluster::shared() else { return };
    let workspace = Workspace::invented_on(Some(block_on(cluster.database())));
    // An hour: what is seen before was announced.
    workspace.set("server", "release_poll_ms = 3600000");
    workspace.ok(&["publish"]);
    let servers = [workspace.serve(), workspace.serve()];
    let release = |server: &Server| server.json("/catalog.json")["release"].as_str().unwrap().to_owned();
    for figure in ["11", "12"] {
        publish_next(&workspace, figure);
        for server in &servers {
            server.until("the announced release", |server| release(server) == workspace.current());
        }
        // From the moment the pointer was replaced; includes the end of the publishing program.
        let switched = fs::metadata(workspace.path("releases/current")).unwrap().modified().unwrap().elapsed().unwrap();
        println!("two servers switched within {} ms", switched.as_millis());
        assert!(switched < Duration::from_secs(5), "{switched:?}");
    }
}

/// The kernel's word on the folder would be enough on one machine: this server watches a folder that nobody writes any more.
#[test]
fn a_server_that_hears_nothing_of_the_folder_switches_by_the_announcement() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = block_on(cluster.database());
    let workspace = Workspace::invented_on(Some(url.clone()));
    workspace.set("server", "release_poll_ms = 3600000");
    workspace.ok(&["publish"]);
    let elsewhere = workspace.copied_on(url);
    let (releases, old) = (elsewhere.path("releases"), elsewhere.path("old"));
    fs::rename(&releases, &old).unwrap();
    symlink(&old, &releases).unwrap();
    let server = elsewhere.serve();
    // It begins to watch the folder after it has named its address.
    std::thread::sleep(Duration::from_millis(500));
    fs::remove_file(&releases).unwrap();
    symlink(workspace.path("releases"), &releases).unwrap();
    publish_next(&workspace, "11");
    server.until("the announced release", |server| server.json("/catalog.json")["release"] == workspace.current());
}

/// docs/operations.md, backup and restore.
#[test]
fn a_workspace_on_postgresql_is_restored_from_pg_dump_and_its_folder() {
    let Some(cluster) = Cluster::shared() else { return };
    let (url, other) = (block_on(cluster.database()), block_on(cluster.database()));
    let workspace = Workspace::invented_on(Some(url.clone()));
    workspace.ok(&["publish"]);
    let copy = workspace.path("copy");
    let said = workspace.fails(&["backup", copy.to_str().unwrap()], 1);
    assert!(said.contains("copy it with pg_dump, and beside it choro.toml"), "{said}");
    assert!(!copy.exists(), "a refused backup leaves something behind");

    let dump = workspace.path("choro.dump");
    postgres_tool("pg_dump", &["-Fc".as_ref(), "-f".as_ref(), dump.as_ref(), url.as_ref()]);
    postgres_tool("pg_restore", &["--exit-on-error".as_ref(), "-d".as_ref(), other.as_ref(), dump.as_ref()]);
    let restored = workspace.copied_on(other);
    assert_eq!(restored.state().database, workspace.state().database);
    let said = restored.ok(&["check"]);
    assert!(said.contains("it is whole, its schema is up to date, 1 releases are recorded"), "{said}");
    let [said, unrestored] = [&restored, &workspace].map(|workspace| workspace.ok(&["publish"]));
    let counts = |said: &str| said.lines().last().unwrap().to_owned();
    assert_eq!(counts(&said), counts(&unrestored), "as much is taken over as without the way through the dump");
    assert!(!said.contains(" 0 taken over"), "{said}");
}

fn postgres_tool(program: &str, arguments: &[&OsStr]) {
    let output = Command::new(programs().unwrap().join(program)).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}
