//! What a server opens while it is asked for everything that is not its own: read from its system calls.

use super::addresses;
use crate::{
    harness::{Server, Workspace},
    tracer::watched,
};
use std::fs;

/// Ways to say "up" or "elsewhere", plain and in every coding that somebody has forgotten to undo once too often.
fn payloads() -> Vec<String> {
    let up = [
        "..",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%252e%252e",
        "%25252e%25252e",
        "..;",
        "....",
        "%c0%ae%c0%ae",
        "%u002e%u002e",
        "%ef%bc%8e%ef%bc%8e",
    ];
    let between = ["%2f", "%5c", "%252f", "%255c", "%c0%af", "%c1%9c", "%ef%bc%8f"];
    let goal = ["etc%2fpasswd", "secret.json", "choro.toml"];
    let mut payloads: Vec<String> = Vec::new();
    for (up, between) in up.iter().flat_map(|up| between.iter().map(move |between| (up, between))) {
        payloads.extend(goal.iter().map(|goal| format!("{up}{between}{up}{between}{up}{between}{goal}")));
    }
    let whole = [
        "%2fetc%2fpasswd",
        "c%3a%5cwindows%5cwin.ini",
        "file:%2f%2f%2fetc%2fpasswd",
        "%00",
        "areas%00.json",
        "con",
        "aux",
        "nul",
        "~root",
        "current",
        "history.jsonl",
        "*",
        "%5c%5cevil.example%5cshare",
        "http:%2f%2fevil.example%2fa",
    ];
    payloads.extend(whole.map(str::to_owned));
    payloads
}

/// Every payload at places in turn, so that each place gets dozens.
fn asked() -> Vec<String> {
    let places = [
        "/{}",
        "/assets/{}",
        "/tiles/{}/WebMercatorQuad/0/0/0.mvt",
        "/tiles/areas/{}/0/0/0.mvt",
        "/tiles/areas/{}.json",
        "/values/{}.json?indicator=arrival_rate&period=2021",
        "/areas/{}.geojson?indicator=arrival_rate&period=2021",
        "/areas/areas/{}",
        "/styles/{}.json?set=areas&grid=WebMercatorQuad&indicator=arrival_rate&period=2021",
        "/legends/{}.json?set=areas&period=2021",
        "/catalog.json?release={}",
        "/picture.svg?set={}&indicator=arrival_rate&period=2021",
        "/oembed?url={}",
    ];
    let payloads = payloads();
    assert!(payloads.len() > 200, "{}", payloads.len());
    payloads
        .iter()
        .enumerate()
        .flat_map(|(n, text)| [places[n % 13], places[(n + 5) % 13]].map(|place| place.replace("{}", text)))
        .collect()
}

#[test]
fn whatever_is_asked_for_nothing_outside_the_release_is_opened_and_nobody_is_connected_to() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    workspace.write("secret.json", "{\"secret\":true}");
    fs::create_dir(workspace.path("tmp")).unwrap();
    // A GeoPackage is made in a temporary folder.
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    let server = Server::run(command.env("TMPDIR", workspace.path("tmp")));
    let log = workspace.path("calls");
    let calls = "open,openat,openat2,connect,execve,unlink,unlinkat,rename,renameat";
    let Some(watch) = watched(server.pid(), calls, &log) else { return };
    for path in addresses() {
        assert_eq!(server.get(&path).status, 200, "{path}");
    }
    for path in asked() {
        let reply = server.get(&path);
        assert!(matches!(reply.status, 400 | 404 | 410), "{path}: {} {}", reply.status, reply.text());
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{path}");
        assert!(!reply.text().contains("root:") && !reply.text().contains("secret\":"), "{path}: {}", reply.text());
    }
    drop(watch);
    let calls = fs::read_to_string(&log).unwrap();
    assert!(calls.contains("releases/"), "the calls were not seen: {calls}");
    for line in calls.lines().filter(|line| line.contains('(')) {
        assert!(is_own(&workspace, line), "{line}");
    }
}

/// Whether a call opens a file of the releases, for reading, a temporary file, chance, or something about the process
/// itself.
fn is_own(workspace: &Workspace, line: &str) -> bool {
    let opens = ["open(", "openat(", "openat2("].iter().any(|call| line.contains(call));
    let [releases, temporary] = ["releases", "tmp"].map(|name| workspace.path(name).display().to_string());
    let named = line.split('"').nth(1).unwrap_or_default();
    let own = !named.contains("..");
    if own && named.starts_with(&temporary) && !line.contains("execve") && !line.contains("connect") {
        return true;
    }
    // A temporary folder is removed name by name, each within the folder that was opened.
    if line.contains("unlinkat(") && !line.contains("AT_FDCWD") && !named.contains('/') && own {
        return true;
    }
    let inside = own && (named.starts_with(&releases) || named.starts_with("releases/"));
    let system =
        ["/proc/self/", "/sys/fs/cgroup/", "/etc/localtime", "/dev/urandom"].iter().any(|place| named.starts_with(place));
    let written = ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| line.contains(flag));
    line.contains("resumed>") || opens && (inside || system) && !written
}
