//! `choro releases`: list, rollback, withdraw, while a server runs.

use super::{TILE, VALUES, copy, publish_next, published, until_current};
use crate::numbers;
use std::{fs, time::Instant};

fn list(workspace: &crate::harness::Workspace) -> Vec<serde_json::Value> {
    serde_json::from_str(&workspace.ok(&["releases", "list", "--json"])).unwrap()
}

#[test]
fn the_list_says_when_how_large_what_and_which_is_current() {
    let workspace = published();
    let old = workspace.current();
    let new = publish_next(&workspace, "11");
    let listed = list(&workspace);
    let of = |key: &str| listed.iter().map(|release| release[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("release").iter().filter(|id| [&*old, &*new].contains(&id.as_str().unwrap())).count(), 2);
    for release in &listed {
        let manifest = workspace.path(&format!("releases/{}/manifest.json", release["release"].as_str().unwrap()));
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(manifest).unwrap()).unwrap();
        let bytes: u64 = manifest["files"].as_object().unwrap().values().map(|file| file["bytes"].as_u64().unwrap()).sum();
        assert_eq!(release["bytes"], bytes);
        assert_eq!(release["created"], manifest["created"]);
        assert_eq!(release["boundary_sets"], serde_json::json!([["areas", ["1"]]]));
        assert_eq!(release["current"], release["release"] == *new);
        assert_eq!(release["tables"], 2, "two years of one indicator");
    }
    let text = workspace.ok(&["releases", "list"]);
    assert!(text.contains(&format!("* {new}")) && text.contains(&format!("  {old}")), "{text}");
    assert!(text.contains("areas (1)"), "{text}");
    fs::write(workspace.path(&format!("releases/{old}/manifest.json")), "{").unwrap();
    let damaged = list(&workspace).into_iter().find(|release| release["release"] == *old).unwrap();
    assert_eq!(damaged["state"], "damaged");
    assert!(damaged["what"].as_str().unwrap().contains("restore the bundle from a copy"), "{damaged}");
}

#[test]
fn a_rollback_is_served_without_restart_and_both_releases_stay_pinned() {
    let workspace = published();
    let old = workspace.current();
    let new = publish_next(&workspace, "11");
    let server = workspace.serve();
    let golden = |release: &str| server.get(&format!("{TILE}&release={release}")).body;
    let (old_tile, new_tile) = (golden(&old), golden(&new));
    assert_ne!(old_tile, new_tile);
    for (to, from, tile) in [(&old, &new, &old_tile), (&new, &old, &new_tile), (&old, &new, &old_tile)] {
        let said = workspace.ok(&["releases", "rollback", to]);
        assert!(said.contains(&**to) && said.contains(&**from), "{said}");
        let begun = Instant::now();
        until_current(&server, to);
        numbers::say(9, "the release before is served, after the rollback has ended", begun.elapsed().as_millis(), "ms");
        assert_eq!(server.get(TILE).body, *tile);
        assert_eq!((golden(&old), golden(&new)), (old_tile.clone(), new_tile.clone()));
    }
    let history = fs::read_to_string(workspace.path("releases/history.jsonl")).unwrap();
    let events: Vec<serde_json::Value> = history.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 3, "{history}");
    assert_eq!((&events[2]["action"], &events[2]["before"]), (&"rollback".into(), &(*new).into()));
    // The next publish goes on from there.
    let next = publish_next(&workspace, "12");
    until_current(&server, &next);
}

#[test]
fn a_rollback_to_what_is_damaged_or_not_there_changes_nothing() {
    let workspace = published();
    let old = workspace.current();
    let new = publish_next(&workspace, "11");
    let said = workspace.fails(&["releases", "rollback", "2000-01-01-none"], 1);
    assert!(said.contains("there is no release 2000-01-01-none") && said.contains(&old), "{said}");
    let said = workspace.fails(&["releases", "rollback", "../.."], 2);
    assert!(said.contains("release id"), "{said}");
    // Not read on opening: only a rollback that verifies every byte finds it.
    let file = workspace.path(&format!("releases/{old}/values/areas/1/arrival_rate/2022.parquet"));
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let said = workspace.fails(&["releases", "rollback", &old], 1);
    assert!(said.contains("2022.parquet is damaged"), "{said}");
    assert_eq!(workspace.current(), new);
    assert!(!workspace.path("releases/history.jsonl").exists());
}

#[test]
fn a_withdrawn_release_is_gone_for_whoever_names_it_and_does_not_come_back() {
    let workspace = published();
    let old = workspace.current();
    let new = publish_next(&workspace, "11");
    let server = workspace.serve();
    let pinned = format!("{VALUES}&release={old}");
    assert_eq!(server.get(&pinned).status, 200);
    let kept = tempfile::tempdir().unwrap();
    copy(&workspace.path(&format!("releases/{old}")), kept.path());
    let said = workspace.ok(&["releases", "withdraw", &old, "--reason", "a \"wrong\" table"]);
    // The year 2021 is the same in both.
    assert!(said.contains(&format!("release {new} holds 1 of its tables of values unchanged")), "{said}");
    server.until("the withdrawal", |server| server.get(&pinned).status == 410);
    for path in [&format!("{TILE}&release={old}"), &format!("/catalog.json?release={old}")] {
        let gone = server.get(path);
        assert_eq!((gone.status, gone.header("cache-control")), (410, Some("no-store")), "{path}");
    }
    assert_eq!(server.get(VALUES).status, 200);
    assert!(!workspace.path(&format!("releases/{old}")).exists());
    assert_eq!(workspace.leftovers(), Vec::<String>::new());
    let listed = list(&workspace);
    let gone = listed.iter().find(|release| release["release"] == *old).unwrap();
    assert_eq!((&gone["state"], &gone["reason"]), (&"withdrawn".into(), &"a \"wrong\" table".into()));
    // Neither a publish, nor a restart, nor the same folder put back by hand brings it back.
    let next = publish_next(&workspace, "12");
    until_current(&server, &next);
    copy(&kept.path().join(&old), &workspace.path("releases"));
    assert_eq!(server.get(&pinned).status, 410);
    assert_eq!(workspace.serve().get(&pinned).status, 410);
    let said = workspace.fails(&["releases", "rollback", &old], 1);
    assert!(said.contains("was withdrawn at"), "{said}");
    // Withdrawing again finishes what is left.
    workspace.ok(&["releases", "withdraw", &old]);
    assert!(!workspace.path(&format!("releases/{old}")).exists());
}

#[test]
fn the_current_release_is_withdrawn_only_with_another_one_in_its_place() {
    let workspace = published();
    let old = workspace.current();
    let new = publish_next(&workspace, "11");
    let server = workspace.serve();
    let old_values = server.get(&format!("{VALUES}&release={old}")).body;
    let before = workspace.state();
    for (arguments, words) in [
        (&[&*new][..], "is the current one: publish a corrected one first"),
        (&[&*new, "--replacement", &*new], "is the current one"),
        (&[&*new, "--replacement", "2000-01-01-none"], "there is no release 2000-01-01-none"),
        (&["2000-01-01-none"], "there is no release 2000-01-01-none"),
        (&[&*old, "--reason", &*"x".repeat(501)], "501 characters, expected at most 500"),
    ] {
        let said = workspace.fails(&[&["releases", "withdraw"], arguments].concat(), 1);
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(workspace.state() == before, "{arguments:?}");
    }
    workspace.ok(&["releases", "withdraw", &new, "--replacement", &old]);
    until_current(&server, &old);
    server.until("the withdrawal", |server| server.get(&format!("{VALUES}&release={new}")).status == 410);
    assert_eq!(server.get(VALUES).body, old_values);
}

/// Nothing can take its place: then nothing is served rather than what was withdrawn.
#[test]
fn a_withdrawn_current_release_is_not_served_even_where_no_other_can_be_opened() {
    let workspace = published();
    let (release, server) = (workspace.current(), workspace.serve());
    let event = format!("{{\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"withdraw\",\"release\":\"{release}\"}}\n");
    workspace.write("releases/history.jsonl", event);
    server.until("the withdrawal", |server| server.get(VALUES).status == 410);
    let output = workspace.run(&["serve", "--addr", "127.0.0.1:0"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("release {release} was withdrawn: publish anew")), "{said}");
    let next = publish_next(&workspace, "12");
    until_current(&server, &next);
    assert_eq!(server.get(VALUES).status, 200);
}
