//! Releases that somebody else made, that were changed, or that come back: what a server with `--trust` does with them.

use crate::{
    harness::{Server, Workspace, fixture},
    operating::{TILE, publish_next, until_current},
};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

mod database;
mod offers;
mod rotation;

/// A workspace with one release, whose server looks often for the next.
fn published() -> Workspace {
    let workspace = Workspace::invented();
    workspace.set("server", "release_poll_ms = 50");
    workspace.ok(&["publish"]);
    workspace
}

/// The workspace's public key.
fn key(workspace: &Workspace) -> String {
    workspace.ok(&["keys", "show"]).trim_end().to_owned()
}

fn trusting(workspace: &Workspace, key: &str) -> Command {
    workspace.command(&["serve", "--addr", "127.0.0.1:0", "--trust", key])
}

/// A server that trusts a key. Its log goes to `serve.log`.
fn serve(workspace: &Workspace, key: &str) -> Server {
    let log = fs::File::create(workspace.path("serve.log")).unwrap();
    Server::run_logging(trusting(workspace, key), Stdio::from(log))
}

fn said(workspace: &Workspace) -> String {
    fs::read_to_string(workspace.path("serve.log")).unwrap()
}

/// What the server says when it does not start.
fn refused_at_start(workspace: &Workspace, key: &str) -> String {
    let output = trusting(workspace, key).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let reason: Vec<_> = said.lines().filter(|line| line.contains("error: ") || line.starts_with("Error")).collect();
    assert!(!said.contains("panicked") && reason.len() <= 1, "{said}");
    said
}

/// Where the server has not yet seen what was done, and where it has: it is looked for every 50 ms.
fn wait() {
    std::thread::sleep(Duration::from_millis(400));
}

fn current(server: &Server) -> String {
    server.json("/catalog.json")["release"].as_str().unwrap().to_owned()
}

fn folder(workspace: &Workspace, release: &str) -> PathBuf {
    workspace.path(&format!("releases/{release}"))
}

fn point(workspace: &Workspace, release: &str) {
    // Replaced, as a publisher does it: two writes within a clock's tick are two files.
    workspace.write("releases/pointer", format!("{release}\n"));
    fs::rename(workspace.path("releases/pointer"), workspace.path("releases/current")).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn lines(workspace: &Workspace, name: &str) -> Vec<String> {
    fs::read_to_string(workspace.path(name)).unwrap().lines().map(str::to_owned).collect()
}

/// Another workspace's release: of the same areas, with other figures.
fn strangers() -> Workspace {
    let stranger = published();
    publish_next(&stranger, "666");
    stranger
}

#[test]
fn init_makes_a_key_of_its_own_and_says_the_public_half() {
    let workspace = published();
    let [secret, public] = ["keys/release.key", "keys/release.pub"].map(|name| workspace.path(name));
    assert_eq!((mode(&secret), workspace.path("releases/keys").exists()), (0o600, false));
    let shown = key(&workspace);
    assert_eq!(fs::read_to_string(public).unwrap(), format!("{shown}\n"));
    assert_ne!(key(&published()), shown, "two workspaces");
    let manifest = folder(&workspace, &workspace.current()).join("manifest.sig");
    assert!(fs::read_to_string(manifest).unwrap().contains(&shown));
    let said = workspace.fails(&["keys", "new"], 1);
    assert!(said.contains("release.key"), "{said}");
    fs::remove_file(&secret).unwrap();
    let said = workspace.fails(&["keys", "show"], 1);
    assert!(said.contains("choro keys new"), "{said}");
}

#[test]
fn a_workspace_without_a_key_goes_on_and_says_so() {
    let workspace = published();
    fs::remove_file(workspace.path("keys/release.key")).unwrap();
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;11"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    let output = workspace.run(&["publish"]);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.matches("not signed").count() == 1, "{err}");
    let release = workspace.current();
    assert!(!folder(&workspace, &release).join("manifest.sig").exists());
    let log = fs::File::create(workspace.path("serve.log")).unwrap();
    let server = Server::run_logging(workspace.command(&["serve", "--addr", "127.0.0.1:0"]), Stdio::from(log));
    assert_eq!(server.get(TILE).status, 200);
    let warned = || said(&workspace).matches("whoever made them").count();
    server.until("a warning", |_| warned() > 0);
    assert_eq!(warned(), 1, "{}", said(&workspace));
    let report = workspace.ok(&["check"]);
    assert!(report.contains("warning  signatures") && report.contains("choro keys new"), "{report}");
    workspace.ok(&["keys", "new"]);
    let report = workspace.ok(&["check"]);
    assert!(report.contains(&format!("{release} is not signed")), "{report}");
    until_current(&server, &publish_next(&workspace, "12"));
}

#[test]
fn numbers_rise_whatever_is_gone_back_to_withdrawn_or_deleted() {
    let workspace = published();
    let number = |release: &str| {
        let manifest = fs::read(folder(&workspace, release).join("manifest.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&manifest).unwrap()["sequence"].as_u64().unwrap()
    };
    let first = workspace.current();
    let second = publish_next(&workspace, "11");
    assert_eq!((number(&first), number(&second)), (1, 2));
    workspace.ok(&["releases", "rollback", &first]);
    let third = publish_next(&workspace, "12");
    workspace.ok(&["releases", "withdraw", &second]);
    let fourth = publish_next(&workspace, "13");
    assert_eq!((number(&third), number(&fourth)), (4, 6));
    // A folder that was emptied: the database counts on.
    fs::remove_dir_all(workspace.path("releases")).unwrap();
    fs::create_dir(workspace.path("releases")).unwrap();
    let fifth = publish_next(&workspace, "14");
    assert_eq!(number(&fifth), 7);
    for release in [&third, &fifth] {
        let digits = release.rsplit('-').next().unwrap();
        assert!(digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()), "128 bits: {release}");
    }
}

#[test]
fn a_backup_has_the_key_only_where_it_is_asked_for() {
    let workspace = crate::operating::published_in_a_file();
    let restore = |backup: &Path| {
        let restored = Workspace::restored(|dir| {
            let output = Command::new(crate::harness::PROGRAM).arg("restore").args([backup, dir]).output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{output:?}");
            fs::write(dir.join("said"), said).unwrap();
        });
        (fs::read_to_string(restored.path("said")).unwrap(), restored)
    };
    let secret = fs::read_to_string(workspace.path("keys/release.key")).unwrap();
    let [without, with] = ["without", "with"].map(|name| workspace.path(name));
    let said = workspace.ok(&["backup", without.to_str().unwrap()]);
    assert!(said.contains("without the secret key") && !without.join("release.key").exists(), "{said}");
    let (said, restored) = restore(&without);
    assert!(said.contains("put the secret key back to") && !restored.path("keys/release.key").exists(), "{said}");
    let said = workspace.ok(&["backup", "--with-key", with.to_str().unwrap()]);
    assert!(said.contains("it holds the secret key"), "{said}");
    let (_, restored) = restore(&with);
    assert_eq!(fs::read_to_string(restored.path("keys/release.key")).unwrap(), secret);
    assert_eq!(mode(&restored.path("keys/release.key")), 0o600);
    until_current(&serve(&restored, &key(&workspace)), &workspace.current());
}
