//! Releases: switching to the next one, refusing a broken one, keeping the old ones, stopping.

use crate::{
    harness::{PROGRAM, Server, Workspace, fixture, on_postgres},
    numbers,
};
use std::{fs, path::Path, process::Command};

const VALUES: &str = "/values/areas.csv?indicator=arrival_rate&period=2022";
const TILE: &str = "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2022";

fn published() -> Workspace {
    let workspace = Workspace::invented();
    workspace.set("server", "release_poll_ms = 50");
    workspace.ok(&["publish"]);
    workspace
}

/// Imports the rates with another figure for area 04 in 2022 and publishes.
fn publish_next(workspace: &Workspace, figure: &str) -> String {
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
    workspace.current()
}

fn figure_of_area_4(server: &Server, query: &str) -> String {
    let reply = server.get(&format!("{VALUES}{query}"));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let text = reply.text();
    let row = text.lines().find(|line| line.starts_with("04,")).unwrap().to_owned();
    row.split(',').nth(2).unwrap().to_owned()
}

#[test]
fn the_next_release_is_served_without_restart_and_the_old_one_by_its_id() {
    let workspace = published();
    let old = workspace.current();
    let server = workspace.serve();
    let process = server.pid();
    let old_tile = server.get(&format!("{TILE}&release={old}"));
    assert_eq!(figure_of_area_4(&server, ""), "10");
    let new = publish_next(&workspace, "77,5");
    server.until("the next release", |server| server.json("/catalog.json")["release"] == new.as_str());
    assert_eq!(server.pid(), process);
    assert_eq!(figure_of_area_4(&server, ""), "77.5");
    assert_eq!(figure_of_area_4(&server, &format!("&release={new}")), "77.5");
    assert_eq!(figure_of_area_4(&server, &format!("&release={old}")), "10");
    let pinned = server.get(&format!("{TILE}&release={old}"));
    assert_eq!((pinned.status, &pinned.body), (200, &old_tile.body));
    assert!(pinned.header("cache-control").is_some_and(|policy| policy.contains("immutable")), "{:?}", pinned.headers);
    assert_ne!(server.get(TILE).body, old_tile.body);
    // A server that starts now knows the old release by its folder alone.
    assert_eq!(figure_of_area_4(&workspace.serve(), &format!("&release={old}")), "10");
    fs::remove_dir_all(workspace.path(&format!("releases/{old}"))).unwrap();
    let gone = workspace.serve().get(&format!("{VALUES}&release={old}"));
    assert_eq!((gone.status, gone.header("content-type")), (410, Some("application/problem+json")), "{}", gone.text());
    assert!(gone.text().contains(&old), "{}", gone.text());
}

#[test]
fn a_broken_next_release_is_refused_and_the_old_one_goes_on() {
    let mut refused = 0;
    for (what, file, damage) in [
        ("a byte of the manifest", "manifest.json", 0.5),
        ("a byte of the catalogue", "catalog.json", 0.5),
        ("a byte of the area table", "boundaries/areas/1/areas.json", 0.5),
        ("half of the tiles", "tiles/areas/1/WebMercatorQuad.skeleton", f64::NAN),
        ("a table of values, which is not there", "values/areas/1/arrival_rate/2022.parquet", f64::INFINITY),
    ] {
        let workspace = published();
        let old = workspace.current();
        let server = workspace.serve();
        let broken = workspace.path("releases/2000-01-01-broken");
        copy(&workspace.path(&format!("releases/{old}")), &broken);
        spoil(&broken.join(file), damage);
        workspace.write("releases/current", "2000-01-01-broken\n");
        std::thread::sleep(std::time::Duration::from_millis(400));
        assert_eq!(server.json("/catalog.json")["release"], old.as_str(), "{what}");
        assert_eq!(server.get("/health/ready").status, 200, "{what}");
        assert_eq!(figure_of_area_4(&server, ""), "10", "{what}");
        let said = workspace.fails(&["check"], 1);
        assert!(said.contains("2000-01-01-broken") && said.contains(file), "{what}: {said}");
        // The next good one is taken.
        let new = publish_next(&workspace, "11");
        server.until("the next release", |server| server.json("/catalog.json")["release"] == new.as_str());
        assert_eq!(figure_of_area_4(&server, ""), "11", "{what}");
        refused += 1;
    }
    numbers::say(9, "broken releases refused, the one before served on", refused, "of 5");
}

/// Changes the byte at a part of the file, cuts it in half (NaN), or removes it (infinity).
fn spoil(path: &Path, at: f64) {
    if at.is_infinite() {
        return fs::remove_file(path).unwrap();
    }
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    if at.is_nan() {
        bytes.truncate(middle);
    } else {
        bytes[middle] ^= 1;
    }
    // A file of its own: the release before may share it.
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").args(["-r"]).args([from, to]).status().unwrap().success());
}

#[test]
fn check_names_the_damaged_file_and_passes_a_whole_bundle() {
    let workspace = published();
    let release = workspace.current();
    assert!(workspace.ok(&["check"]).contains(&release));
    let bundle = workspace.path(&format!("releases/{release}"));
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(bundle.join("manifest.json")).unwrap()).unwrap();
    let files: Vec<String> = manifest["files"].as_object().unwrap().keys().cloned().collect();
    assert!(files.len() > 4, "{files:?}");
    for file in files {
        let damaged = workspace.path("damaged");
        copy(&bundle, &damaged);
        spoil(&damaged.join(&file), 0.5);
        let said = workspace.fails(&["check", "--bundle", "damaged"], 1);
        assert!(said.contains(&file) && said.contains("restore the bundle from a copy"), "{file}: {said}");
        fs::remove_file(damaged.join(&file)).unwrap();
        let said = workspace.fails(&["check", "--bundle", "damaged"], 1);
        assert!(said.contains(&file), "{file} gone: {said}");
        fs::remove_dir_all(damaged).unwrap();
    }
}

#[test]
fn a_bundle_is_served_anywhere_and_without_any_database() {
    let workspace = published();
    let elsewhere = tempfile::tempdir().unwrap();
    copy(&workspace.path(&format!("releases/{}", workspace.current())), &elsewhere.path().join("bundle"));
    let server = workspace.serve();
    let database = (!on_postgres()).then_some("choro.sqlite");
    for file in ["indicators.toml", "rates.csv"].into_iter().chain(database) {
        fs::remove_file(workspace.path(file)).unwrap();
    }
    assert_eq!(figure_of_area_4(&server, ""), "10", "a server that runs");
    assert_eq!(figure_of_area_4(&workspace.serve(), ""), "10", "a server that starts");
    drop(workspace);
    let server = Server::start(&["serve", "--bundle", "bundle", "--addr", "127.0.0.1:0"], elsewhere.path());
    assert_eq!(figure_of_area_4(&server, ""), "10", "a bundle elsewhere");
    assert_eq!(server.get(TILE).status, 200);
    let left: Vec<_> = fs::read_dir(elsewhere.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["bundle"], "serving writes nothing");
}

#[test]
fn a_signal_stops_the_server_in_order() {
    let workspace = published();
    for signal in ["-TERM", "-INT"] {
        let server = workspace.serve();
        assert_eq!(server.get("/health/live").status, 200);
        assert_eq!(server.stop(signal), Some(0), "{signal}");
    }
}

#[test]
fn the_tile_urls_of_tilejson_and_style_are_pinned_to_the_release() {
    let workspace = published();
    let (release, server) = (workspace.current(), workspace.serve());
    let pinned = format!("release={release}");
    let tilejson = server.json("/tiles/areas/WebMercatorQuad.json?indicator=arrival_rate&period=2022");
    let style = "/styles/choropleth.json?set=areas&grid=WebMercatorQuad&indicator=arrival_rate&period=2022";
    let style = server.json(style);
    let sources = style["sources"].as_object().unwrap();
    let of_style = sources.values().filter_map(|source| source["tiles"][0].as_str());
    let urls: Vec<&str> = tilejson["tiles"][0].as_str().into_iter().chain(of_style).collect();
    assert!(urls.len() >= 2, "{tilejson} {style}");
    for url in urls {
        assert!(url.contains(&pinned), "{url}");
        let tile = url.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0");
        let reply = server.get(tile.strip_prefix(&server.url).unwrap_or_else(|| panic!("{tile} is not of {}", server.url)));
        assert_eq!(reply.status, 200, "{tile}: {}", reply.text());
        assert!(reply.header("cache-control").is_some_and(|policy| policy.contains("immutable")), "{tile}");
    }
}

#[test]
fn what_did_not_change_is_a_hard_link_to_the_release_before() {
    let workspace = published();
    let (old, before) = (workspace.current(), workspace.release_files());
    let new = publish_next(&workspace, "11");
    let files = workspace.release_files();
    let inode = |release: &str, file: &str| files[&Path::new(release).join(file)].0;
    for file in ["boundaries/areas/1/areas.json", "boundaries/areas/1/areas.fgb", "tiles/areas/1/WebMercatorQuad.skeleton"] {
        assert_eq!(inode(&old, file), inode(&new, file), "{file} is written again");
    }
    assert_eq!(
        inode(&old, "values/areas/1/arrival_rate/2021.parquet"),
        inode(&new, "values/areas/1/arrival_rate/2021.parquet")
    );
    assert_ne!(
        inode(&old, "values/areas/1/arrival_rate/2022.parquet"),
        inode(&new, "values/areas/1/arrival_rate/2022.parquet")
    );
    for (path, file) in before.iter().filter(|(path, _)| path.starts_with(&old)) {
        assert_eq!(files[path], *file, "{path:?}: the old release has changed");
    }
    let report: serde_json::Value = serde_json::from_str(&workspace.ok(&["publish", "--json"])).unwrap();
    let (written, linked) = (report["bytes_written"].as_u64().unwrap(), report["bytes_linked"].as_u64().unwrap());
    assert!(written < 4096 && linked > written, "a publish without changes: {report}");
}

/// Reads what the program asks the loader for; GDAL is only in choro-gdal.
#[test]
fn the_program_is_not_linked_to_gdal() {
    let output = Command::new("ldd").arg(PROGRAM).output().unwrap();
    let libraries = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && libraries.contains("libc.so"), "{libraries}");
    for library in ["gdal", "proj", "geos", "sqlite"] {
        assert!(!libraries.contains(library), "{libraries}");
    }
}
