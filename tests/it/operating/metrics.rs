//! `/metrics`: the figures move with what they count, and their number never does.

use super::{TILE, VALUES, publish_next, published, until_current};
use crate::harness::{Server, Workspace};
use std::collections::BTreeMap;

fn watched() -> Workspace {
    let workspace = published();
    workspace.set("metrics", "addr = \"127.0.0.1:0\"");
    workspace
}

/// The metrics' own address.
fn address(server: &Server) -> String {
    let line = server.said.iter().find(|line| line.starts_with("metrics at ")).unwrap();
    line.strip_prefix("metrics at ").unwrap().strip_suffix("/metrics").unwrap().to_owned()
}

/// Every sample by its name and labels.
pub fn samples(server: &Server) -> BTreeMap<String, f64> {
    let reply = server.get_at(&address(server), "/metrics");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/plain; version=0.0.4; charset=utf-8")));
    let text = reply.text();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| line.rsplit_once(' ').map(|(name, value)| (name.to_owned(), value.parse().unwrap())).unwrap();
    lines.map(sample).collect()
}

const TILES: &str = "route=\"/tiles/{set}/{grid}/{z}/{x}/{y}.mvt\"";

#[test]
fn the_figures_move_with_what_they_count() {
    let workspace = watched();
    let old = workspace.current();
    let server = workspace.serve();
    let before = samples(&server);
    for _ in 0..3 {
        assert_eq!(server.get(TILE).status, 200);
    }
    assert_eq!(server.get(&TILE.replace("/0/0/0", "/0/9/9")).status, 404);
    assert_eq!(server.get("/nothing").status, 404);
    assert_eq!(server.get(VALUES).status, 200);
    assert_eq!(server.get(VALUES).status, 200);
    let after = samples(&server);
    let grown = |name: &str| after[name] - before[name];
    for (name, expected) in [
        (format!("choro_http_requests_total{{{TILES},class=\"2xx\"}}"), 3.0),
        (format!("choro_http_requests_total{{{TILES},class=\"4xx\"}}"), 1.0),
        ("choro_http_requests_total{route=\"other\",class=\"4xx\"}".to_owned(), 1.0),
        (format!("choro_http_request_duration_seconds_count{{{TILES}}}"), 4.0),
        (format!("choro_http_request_duration_seconds_bucket{{{TILES},le=\"+Inf\"}}"), 4.0),
        ("choro_tiles_spliced_total".to_owned(), 3.0),
        ("choro_cache_requests_total{cache=\"columns\",result=\"miss\"}".to_owned(), 1.0),
        ("choro_cache_requests_total{cache=\"documents\",result=\"hit\"}".to_owned(), 1.0),
        ("choro_cache_requests_total{cache=\"documents\",result=\"miss\"}".to_owned(), 1.0),
        ("choro_releases_refused_total".to_owned(), 0.0),
    ] {
        assert!((grown(&name) - expected).abs() < 1e-9, "{name}: {} instead of {expected}", grown(&name));
    }
    assert!(grown("choro_cache_requests_total{cache=\"columns\",result=\"hit\"}") >= 2.0);
    assert!(grown(&format!("choro_http_request_duration_seconds_sum{{{TILES}}}")) > 0.0);
    assert!(after["process_resident_memory_bytes"] > 1e6 && after["process_start_time_seconds"] > 1.7e9, "{after:?}");
    assert!(after["choro_release_age_seconds"] < 3600.0 && after["choro_http_requests_in_flight"] == 0.0, "{after:?}");
    for cache in ["columns", "documents"] {
        assert!(after[&format!("choro_cache_entries{{cache=\"{cache}\"}}")] >= 1.0, "{after:?}");
        assert!(after[&format!("choro_cache_bytes{{cache=\"{cache}\"}}")] > 100.0, "{after:?}");
    }
    workspace.write("releases/current", "2000-01-01-none\n");
    server.until("a refusal", |server| (samples(server)["choro_releases_refused_total"] - 1.0).abs() < 1e-9);
    workspace.write("releases/current", format!("{old}\n"));
    let new = publish_next(&workspace, "11");
    until_current(&server, &new);
    workspace.ok(&["releases", "withdraw", &old]);
    server.until("the withdrawal", |server| samples(server)["choro_releases_withdrawn"] > 0.5);
    let end = samples(&server);
    assert!(end.contains_key(&format!("choro_release_info{{release=\"{new}\"}}")), "{end:?}");
    assert!(!end.contains_key(&format!("choro_release_info{{release=\"{old}\"}}")), "{end:?}");
}

#[test]
fn no_request_adds_a_line() {
    let workspace = watched();
    let server = workspace.serve();
    let count = samples(&server).len();
    assert!(count < 600, "{count} samples");
    for n in 0..300 {
        for path in [
            format!("/tiles/areas/WebMercatorQuad/{n}/{n}/0.mvt?indicator=i{n}&period={n}"),
            format!("/tiles/set{n}/grid{n}.json?dimension{n}=x"),
            format!("/areas/areas/{n}?release=r{n}"),
            format!("/p{n}/\"%0A{n}"),
        ] {
            assert!(server.get(&path).status >= 400, "{path}");
        }
    }
    assert_eq!(samples(&server).len(), count);
}

#[test]
fn metrics_are_on_their_own_listener_alone_and_off_unless_asked_for() {
    let workspace = watched();
    let server = workspace.serve();
    assert_eq!(server.get("/metrics").status, 404);
    for path in ["/", "/catalog.json", "/metrics/", "/health/"] {
        assert_eq!(server.get_at(&address(&server), path).status, 404, "{path}");
    }
    for path in ["/health/live", "/health/ready"] {
        assert!(server.get_at(&address(&server), path).body == server.get(path).body, "{path}");
    }
    let plain = published().serve();
    assert!(plain.said.iter().all(|line| !line.contains("metrics")), "{:?}", plain.said);
}
