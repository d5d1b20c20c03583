//! The next key: named by the one before it, or by nobody.

use super::{
    current, folder, key, lines, mode, point, publish_next, published, refused_at_start, serve, strangers, until_current,
};
use crate::operating::copy;
use std::fs;

#[test]
fn who_trusts_the_old_key_trusts_the_next_one_that_it_names() {
    let workspace = published();
    let first = workspace.current();
    let old = key(&workspace);
    let server = serve(&workspace, &old);
    let said = workspace.ok(&["keys", "rotate"]);
    let new = key(&workspace);
    assert!(new != old && said.contains(&old) && said.contains(&new), "{said}");
    assert_eq!((mode(&workspace.path("keys/release.key")), mode(&workspace.path("keys/release.key.old"))), (0o600, 0o600));
    let second = publish_next(&workspace, "11");
    until_current(&server, &second);
    workspace.ok(&["keys", "rotate"]);
    let third = publish_next(&workspace, "12");
    until_current(&server, &third);
    drop(server);
    for pinned in [&old, &new, &key(&workspace)] {
        assert_eq!(current(&serve(&workspace, pinned)), third, "{pinned}");
    }
    // A key does not vouch for those before it.
    assert_eq!(serve(&workspace, &key(&workspace)).get(&format!("/catalog.json?release={first}")).status, 410);
    let report = workspace.ok(&["check"]);
    assert!(report.contains("ok       signatures"), "{report}");
    assert_eq!(lines(&workspace, "releases/keys.jsonl").len(), 2);
}

#[test]
fn a_key_that_nobody_trusted_has_named_is_not_trusted() {
    let (workspace, stranger) = (published(), strangers());
    let (own, foreign) = (key(&workspace), key(&stranger));
    workspace.ok(&["keys", "rotate"]);
    let line = lines(&workspace, "releases/keys.jsonl").pop().unwrap();
    stranger.ok(&["keys", "rotate"]);
    let theirs = lines(&stranger, "releases/keys.jsonl").pop().unwrap();
    publish_next(&stranger, "13");
    let release = stranger.current();
    copy(&folder(&stranger, &release), &folder(&workspace, &release));
    point(&workspace, &release);
    for (what, forged) in [
        ("the line of a stranger", theirs.clone()),
        ("one that says the pinned key signed it", theirs.replace(&foreign, &own)),
        ("one whose new key was changed", line.replace(&key(&workspace), &key(&stranger))),
    ] {
        workspace.write("releases/keys.jsonl", format!("{line}\n{forged}\n"));
        let said = refused_at_start(&workspace, &own);
        assert!(said.contains("neither pinned nor named"), "{what}: {said}");
    }
    workspace.write("releases/keys.jsonl", "{\n");
    let said = refused_at_start(&workspace, &own);
    assert!(said.contains("keys.jsonl:1:"), "{said}");
    fs::remove_file(workspace.path("releases/keys.jsonl")).unwrap();
}
