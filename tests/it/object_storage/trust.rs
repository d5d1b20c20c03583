//! What somebody who can write to the storage offers to a server that trusts one key.

use super::{SERVE, Store, publish, workspace};
use crate::harness::{PROGRAM, Server, Workspace, fixture};
use std::{path::Path, process::Command, time::Duration};

/// A server of the storage that trusts one key. Its log goes to `serve.log`.
fn trusting(folder: &Path, store: &Store, key: &str) -> Command {
    std::fs::write(folder.join("choro.toml"), "[server]\nrelease_poll_ms = 100\n[storage]\ntimeout_s = 2\n").unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(SERVE).args(["--trust", key]).current_dir(folder).envs(store.env());
    command
}

/// Puts a release of a folder into the storage, as whoever can write there would, and points to it.
fn offer(store: &Store, folder: &Path, release: &str) {
    let dir = folder.join(release);
    let manifest = std::fs::read(dir.join("manifest.json")).unwrap();
    let parsed: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    for (name, file) in parsed["files"].as_object().unwrap() {
        store.overwrite(
            &format!("choro/files/{}", file["sha256"].as_str().unwrap()),
            &std::fs::read(dir.join(name)).unwrap(),
        );
    }
    store.overwrite(&format!("choro/releases/{release}/manifest.sig"), &std::fs::read(dir.join("manifest.sig")).unwrap());
    store.overwrite(&format!("choro/releases/{release}/manifest.json"), &manifest);
    store.overwrite("choro/current", release.as_bytes());
}

#[test]
fn what_storage_offers_is_served_only_if_the_pinned_key_signed_it_and_nothing_older_without_a_line() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    let key = workspace.ok(&["keys", "show"]).trim_end().to_owned();
    let run = |arguments: &[&str]| {
        let output = workspace.run_with(arguments, &store.env());
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    let correct = |figure: &str| {
        workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
        workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
        publish(&workspace, &store);
        workspace.current()
    };
    publish(&workspace, &store);
    let first = workspace.current();
    let log = std::fs::File::create(folder.path().join("serve.log")).unwrap();
    let far = Server::run_logging(trusting(folder.path(), &store, &key), log);
    let follows = |release: &str| {
        far.until("the switch", |far| far.get("/catalog.json").header("choro-release") == Some(release));
    };
    let stays = |release: &str, why: &str| {
        far.until(why, |_| std::fs::read_to_string(folder.path().join("serve.log")).unwrap().contains(why));
        assert_eq!(far.json("/catalog.json")["release"], release, "{why}");
    };
    let second = correct("11");
    follows(&second);
    // An older one of the workspace's own.
    store.overwrite("choro/current", first.as_bytes());
    stays(&second, "was served as number 2");
    // A stranger's, with a line of the stranger's own that names its key.
    let stranger = Workspace::invented();
    stranger.ok(&["publish"]);
    stranger.ok(&["keys", "rotate"]);
    let theirs = stranger.ok(&["keys", "show"]).trim_end().to_owned();
    stranger.ok(&["publish"]);
    let foreign = stranger.current();
    store.overwrite("choro/keys.jsonl", &std::fs::read(stranger.path("releases/keys.jsonl")).unwrap());
    offer(&store, &stranger.path("releases"), &foreign);
    stays(&second, &format!("release {foreign} is signed by {theirs}"));
    // Then with half a signature.
    let signature = std::fs::read(stranger.path(&format!("releases/{foreign}/manifest.sig"))).unwrap();
    store.overwrite(&format!("choro/releases/{foreign}/manifest.sig"), &signature[..signature.len() / 2]);
    store.overwrite("choro/current", second.as_bytes());
    std::thread::sleep(Duration::from_millis(1100));
    store.overwrite("choro/current", foreign.as_bytes());
    stays(&second, "manifest.sig: it does not follow choro-signature/1");
    // A server that starts now has nothing to go on with.
    let output = trusting(folder.path(), &store, &key).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("manifest.sig"), "{said}");
    // What the workspace does is followed: back, on, and under the next key.
    run(&["releases", "rollback", &first]);
    follows(&first);
    let line = std::fs::read(workspace.path("releases/history.jsonl")).unwrap();
    let third = correct("12");
    follows(&third);
    store.overwrite("choro/history.jsonl", &line);
    store.overwrite("choro/current", first.as_bytes());
    stays(&third, "was served as number 4");
    let output = trusting(folder.path(), &store, &key).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("was served as number 4"), "{said}");
    run(&["keys", "rotate"]);
    follows(&correct("13"));
}
