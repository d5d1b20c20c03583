//! What is offered to a running server in its folder and is no release of the workspace, or an older one.

use super::{
    current, folder, key, lines, point, publish_next, published, refused_at_start, said, serve, strangers, until_current,
    wait,
};
use crate::{
    harness::{Server, Workspace},
    operating::{copy, metrics::samples},
};
use std::fs;

/// The server goes on with what it had, counts one refusal, and has said why.
fn stays(workspace: &Workspace, server: &Server, release: &str, why: &str, what: &str) {
    wait();
    assert_eq!(current(server), release, "{what}");
    let said = said(workspace);
    assert!(said.contains("is refused") && said.contains(why), "{what}: {said}");
}

#[test]
fn another_workspaces_release_is_not_served_and_the_next_own_one_is() {
    let (workspace, stranger) = (published(), strangers());
    workspace.set("metrics", "addr = \"127.0.0.1:0\"");
    let (own, foreign) = (workspace.current(), stranger.current());
    let server = serve(&workspace, &key(&workspace));
    copy(&folder(&stranger, &foreign), &folder(&workspace, &foreign));
    point(&workspace, &foreign);
    stays(&workspace, &server, &own, "neither pinned nor named", "a stranger's");
    assert_eq!(server.get(&format!("/catalog.json?release={foreign}")).status, 410, "named, it is none");
    assert_eq!(samples(&server)["choro_releases_refused_total"], 1.0);
    assert!(refused_at_start(&workspace, &key(&workspace)).contains(&key(&stranger)));
    let report = workspace.ok(&["check"]);
    assert!(report.contains(&format!("{foreign} is signed by {}", key(&stranger))), "{report}");
    until_current(&server, &publish_next(&workspace, "11"));
    // Whoever pins the stranger gets its releases.
    point(&workspace, &foreign);
    let both = format!("{} {}", key(&workspace), key(&stranger));
    fs::remove_dir_all(workspace.path("storage-cache")).unwrap();
    assert_eq!(
        current(&Server::run(workspace.command(&["serve", "--addr", "127.0.0.1:0"]).env("CHORO_TRUST", both))),
        foreign
    );
}

#[test]
fn a_manifest_or_signature_that_was_changed_is_refused() {
    type Harm = fn(&mut Vec<u8>);
    let middle: Harm = |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    };
    for (what, file, harm, why) in [
        ("a bit of the manifest", "manifest.json", middle, "manifest.json"),
        (
            "a bit of the signature",
            "manifest.sig",
            (|bytes| *bytes.iter_mut().nth_back(8).unwrap() ^= 1) as Harm,
            "manifest.sig",
        ),
        ("a signature cut off", "manifest.sig", |bytes| bytes.truncate(60), "manifest.sig"),
        ("a signature emptied", "manifest.sig", Vec::clear, "manifest.sig"),
        ("a blank behind the manifest", "manifest.json", |bytes| bytes.push(b' '), "no signature of this manifest"),
    ] {
        let workspace = published();
        let old = workspace.current();
        let server = serve(&workspace, &key(&workspace));
        point(&workspace, &old);
        let new = publish_aside(&workspace);
        let path = folder(&workspace, &new).join(file);
        let mut bytes = fs::read(&path).unwrap();
        harm(&mut bytes);
        fs::write(&path, bytes).unwrap();
        point(&workspace, &new);
        stays(&workspace, &server, &old, why, what);
        assert!(refused_at_start(&workspace, &key(&workspace)).contains(why), "{what}");
        workspace.fails(&["check"], 1);
    }
}

/// Publishes while the pointer seems to stay: the server sees what lies there only when the test says so.
fn publish_aside(workspace: &Workspace) -> String {
    let old = workspace.current();
    let hidden = workspace.path("hidden");
    copy(&workspace.path("releases"), &hidden);
    let new = {
        let output = workspace.command(&["publish"]).env("CHORO_RELEASES", &hidden).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        fs::read_to_string(hidden.join("current")).unwrap().trim_end().to_owned()
    };
    assert_ne!(new, old);
    copy(&hidden.join(&new), &folder(workspace, &new));
    new
}

#[test]
fn a_signature_of_another_key_or_another_release_counts_for_nothing() {
    let (workspace, stranger) = (published(), strangers());
    let old = workspace.current();
    let server = serve(&workspace, &key(&workspace));
    let signature = |workspace: &Workspace, release: &str| folder(workspace, release).join("manifest.sig");
    // The stranger's release with a signature that names the pinned key.
    let foreign = stranger.current();
    copy(&folder(&stranger, &foreign), &folder(&workspace, &foreign));
    let text = fs::read_to_string(signature(&stranger, &foreign)).unwrap().replace(&key(&stranger), &key(&workspace));
    fs::write(signature(&workspace, &foreign), text).unwrap();
    point(&workspace, &foreign);
    stays(&workspace, &server, &old, "no signature of this manifest", "a renamed signer");
    // With the signature of the workspace's own release.
    fs::copy(signature(&workspace, &old), signature(&workspace, &foreign)).unwrap();
    point(&workspace, &old);
    wait();
    point(&workspace, &foreign);
    stays(&workspace, &server, &old, "no signature of this manifest", "a borrowed signature");
    // And without one.
    fs::remove_file(signature(&workspace, &foreign)).unwrap();
    point(&workspace, &old);
    wait();
    point(&workspace, &foreign);
    stays(&workspace, &server, &old, "is not signed", "no signature");
}

#[test]
fn an_older_release_comes_back_only_by_a_signed_line_and_no_line_counts_twice() {
    let workspace = published();
    let first = workspace.current();
    let server = serve(&workspace, &key(&workspace));
    let second = publish_next(&workspace, "11");
    until_current(&server, &second);
    // Put back by hand.
    point(&workspace, &first);
    stays(&workspace, &server, &second, "was served as number 2", "put back");
    assert!(
        refused_at_start(&workspace, &key(&workspace)).contains("choro releases rollback"),
        "the memory outlives the server"
    );
    // Named, it is served: it was published, and nobody withdrew it.
    assert_eq!(server.get(&format!("/catalog.json?release={first}")).status, 200);
    point(&workspace, &second);
    workspace.ok(&["releases", "rollback", &first]);
    until_current(&server, &first);
    assert_eq!(current(&serve(&workspace, &key(&workspace))), first, "and after a restart");
    let line = lines(&workspace, "releases/history.jsonl").pop().unwrap();
    let third = publish_next(&workspace, "12");
    until_current(&server, &third);
    // A line that was there before: it is older than the release that it would lower.
    for history in [line.clone(), format!("{line}\n{line}"), line.replace("\"sequence\":3", "\"sequence\":9")] {
        workspace.write("releases/history.jsonl", history + "\n");
        point(&workspace, &first);
        stays(&workspace, &server, &third, "was served as number 4", "a replayed line");
        point(&workspace, &third);
        wait();
    }
}

#[test]
fn an_unsigned_line_of_history_lowers_nothing() {
    let workspace = published();
    let first = workspace.current();
    let server = serve(&workspace, &key(&workspace));
    let second = publish_next(&workspace, "11");
    until_current(&server, &second);
    for (what, key_of) in [("unsigned", None), ("a stranger's", Some(strangers()))] {
        let mut rollback = workspace.command(&["releases", "rollback", &first]);
        let secret = key_of.as_ref().map_or(workspace.path("keys/none"), |stranger| stranger.path("keys/release.key"));
        assert!(rollback.env("CHORO_KEY", secret).output().unwrap().status.success());
        stays(&workspace, &server, &second, "was served as number 2", what);
        let report = workspace.ok(&["check"]);
        assert!(report.contains("history.jsonl:1 is "), "{what}: {report}");
        fs::remove_file(workspace.path("releases/history.jsonl")).unwrap();
        point(&workspace, &second);
        wait();
    }
}

#[test]
fn without_memory_the_release_that_is_offered_is_taken_and_a_folder_that_cannot_be_written_is_told() {
    let workspace = published();
    let first = workspace.current();
    publish_next(&workspace, "11");
    point(&workspace, &first);
    workspace.write("storage-cache", "no folder");
    let server = serve(&workspace, &key(&workspace));
    assert_eq!(current(&server), first);
    assert!(said(&workspace).contains("cannot be remembered"), "{}", said(&workspace));
    until_current(&server, &publish_next(&workspace, "12"));
    // A memory that cannot be read is not taken for none.
    fs::remove_file(workspace.path("storage-cache")).unwrap();
    drop(serve(&workspace, &key(&workspace)));
    let memory = fs::read_dir(workspace.path("storage-cache")).unwrap().next().unwrap().unwrap().path();
    fs::write(&memory, "{").unwrap();
    assert!(refused_at_start(&workspace, &key(&workspace)).contains("it says which release was served last"));
}
