//! SIGHUP: settings are read anew while the server runs.

use super::{TILE, published};
use crate::harness::{Server, Workspace};
use serde_json::Value;
use std::{fs, fs::File, process::Command};

/// A server whose log is a file of JSON lines.
fn running(workspace: &Workspace) -> Server {
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    let log = File::create(workspace.path("log")).unwrap();
    Server::run_logging(command.env("CHORO_LOG_FORMAT", "json"), log)
}

/// The events of the log with a message that begins so.
fn events(workspace: &Workspace, message: &str) -> Vec<Value> {
    let log = fs::read_to_string(workspace.path("log")).unwrap();
    // The last line may be half written.
    let events = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    events.filter(|event| event["message"].as_str().is_some_and(|text| text.starts_with(message))).collect()
}

/// Sends the signal and waits for what the log says of it.
fn reload(workspace: &Workspace, server: &Server) -> Value {
    let before = events(workspace, "SIGHUP").len();
    assert!(Command::new("kill").args(["-HUP", &server.pid().to_string()]).status().unwrap().success());
    server.until("a line about SIGHUP", |_| events(workspace, "SIGHUP").len() > before);
    events(workspace, "SIGHUP").pop().unwrap()
}

fn ancestors(server: &Server) -> String {
    let reply = server.get("/embed?set=areas");
    reply.header("content-security-policy").unwrap().split("frame-ancestors ").nth(1).unwrap().to_owned()
}

#[test]
fn what_can_change_does_and_the_rest_is_told_to_need_a_restart() {
    let workspace = published();
    let before = fs::read_to_string(workspace.path("choro.toml")).unwrap();
    let server = running(&workspace);
    let long = format!("/{}", "a".repeat(400));
    assert_eq!((server.get(&long).status, ancestors(&server).as_str()), (404, "*"));
    assert!(events(&workspace, "request").is_empty());

    workspace.set("log", "level = \"debug\"");
    workspace.set(
        "server",
        "max_url_bytes = 300\nframe_ancestors = \"'none'\"\nallowed_hosts = \"maps.example.org\"\ncache_mb = 8\nkeep_releases = 3",
    );
    let told = reload(&workspace, &server);
    assert_eq!(told["reloaded"], "server.allowed_hosts, server.frame_ancestors, server.max_url_bytes, log.level", "{told}");
    assert_eq!((&told["level"], &told["of_commands"]), (&"INFO".into(), &"server.keep_releases".into()), "{told}");
    let restart = events(&workspace, "these settings have changed and hold after a restart");
    assert_eq!(restart.iter().map(|event| &event["keys"]).collect::<Vec<_>>(), ["server.cache_mb"]);

    assert_eq!((server.get(&long).status, ancestors(&server).as_str()), (414, "'none'"));
    assert_eq!(server.json("/limits.json")["url_bytes"], 300);
    assert_eq!(server.raw("GET /catalog.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), 421);
    assert_eq!(server.raw("GET /catalog.json HTTP/1.1\r\nHost: maps.example.org\r\nConnection: close\r\n\r\n"), 200);
    server.until("a line of level debug", |_| !events(&workspace, "request").is_empty());

    // What needs a restart is told again, and what has been taken over is not.
    let again = reload(&workspace, &server);
    assert_eq!(again["reloaded"], "nothing has changed");
    assert_eq!(events(&workspace, "these settings have changed and hold after a restart").len(), 2);

    workspace.write("choro.toml", before);
    reload(&workspace, &server);
    assert_eq!((server.get(&long).status, ancestors(&server).as_str()), (404, "*"));
    assert_eq!(server.stop("-TERM"), Some(0));
}

#[test]
fn a_file_that_is_wrong_changes_nothing_and_is_told() {
    let workspace = published();
    workspace.set("server", "max_url_bytes = 300");
    let sound = fs::read_to_string(workspace.path("choro.toml")).unwrap();
    let server = running(&workspace);
    let long = format!("/{}", "a".repeat(400));
    for (wrong, words) in [
        ("[server", "not valid TOML"),
        ("[server]\nmax_url_bytes = 5000\nmax_heders = 20\n", "did you mean `server.max_headers`?"),
        ("[server]\nmax_url_bytes = 5000\n[log]\nlevel = \"loud\"\n", "`log.level` is \"loud\", expected"),
        ("[server]\nmax_url_bytes = 5000\n[log]\nlevel = \"a[=info\"\n", "log.level \"a[=info\""),
    ] {
        workspace.write("choro.toml", wrong);
        let told = reload(&workspace, &server);
        assert!(told["level"] == "ERROR" && told["error"].as_str().unwrap().contains(words), "{wrong}: {told}");
        assert_eq!((server.get(&long).status, server.get(TILE).status), (414, 200), "{wrong}");
    }
    fs::remove_file(workspace.path("choro.toml")).unwrap();
    assert_eq!(reload(&workspace, &server)["level"], "ERROR");
    workspace.write("choro.toml", sound.replace("max_url_bytes = 300", "max_url_bytes = 500"));
    assert_eq!(reload(&workspace, &server)["reloaded"], "server.max_url_bytes");
    assert_eq!(server.get(&long).status, 404);
}

/// A variable and a flag outweigh the file, then as at the start.
#[test]
fn what_outweighs_the_file_still_does() {
    let workspace = published();
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.envs([("CHORO_LOG_FORMAT", "json"), ("CHORO_MAX_URL_BYTES", "300")]);
    let server = Server::run_logging(command, File::create(workspace.path("log")).unwrap());
    workspace.set("server", "max_url_bytes = 5000\naddr = \":1\"");
    assert_eq!(reload(&workspace, &server)["reloaded"], "nothing has changed");
    assert!(events(&workspace, "these settings have changed").is_empty());
    assert_eq!(server.get(&format!("/{}", "a".repeat(400))).status, 414);
}
