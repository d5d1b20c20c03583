//! What a client sees, whole: `cargo insta review`, or `INSTA_UPDATE=always`, takes a wanted change over.

use crate::harness::Workspace;
use insta::{Settings, assert_json_snapshot};

/// The invented workspace's answers, with what changes from run to run taken out.
#[test]
fn documents_look_as_they_did() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let (set, indicator) = (&catalog["boundary_sets"][0], &catalog["indicators"][0]);
    let (set, id) = (set["id"].as_str().unwrap(), indicator["id"].as_str().unwrap());
    let period = indicator["boundary_sets"][0]["periods"][0].as_str().unwrap();
    let selection = format!("indicator={id}&period={period}");
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.add_filter(r"\d{4}-\d\d-\d\d-[0-9a-f]{32}", "[release]");
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[time]");
    settings.add_filter(r"http://127\.0\.0\.1:\d+", "[server]");
    settings.bind(|| {
        for (name, path) in [
            ("catalog", "/catalog.json".to_owned()),
            ("tilejson", format!("/tiles/{set}/WebMercatorQuad.json?{selection}")),
            ("style", format!("/styles/choropleth.json?set={set}&grid=WebMercatorQuad&{selection}")),
            ("legend", format!("/legends/{id}.json?set={set}&period={period}")),
            ("values", format!("/values/{set}.json?{selection}")),
            ("areas", format!("/areas/{set}.geojson?{selection}")),
        ] {
            assert_json_snapshot!(name, server.json(&path));
        }
    });
}

/// Status and headers of one answer of each kind.
#[test]
fn headers_look_as_they_did() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let release = catalog["release"].as_str().unwrap();
    let set = catalog["boundary_sets"][0]["id"].as_str().unwrap();
    let indicator = &catalog["indicators"][0];
    let (id, period) = (indicator["id"].as_str().unwrap(), &indicator["boundary_sets"][0]["periods"][0]);
    let tile = format!("/tiles/{set}/WebMercatorQuad/0/0/0.mvt?indicator={id}&period={}", period.as_str().unwrap());
    let mut text = String::new();
    for (path, headers) in [
        (tile.clone(), vec![]),
        (format!("{tile}&release={release}"), vec![("accept-encoding", "gzip")]),
        (format!("/tiles/{set}/WebMercatorQuad/8/0/0.mvt"), vec![]),
        (format!("{tile}&nonsense=1"), vec![]),
        ("/nowhere".to_owned(), vec![]),
        ("/health/ready".to_owned(), vec![]),
    ] {
        let reply = server.get_with(&path, &headers);
        let mut lines: Vec<_> = reply.headers.iter().map(|(name, value)| format!("  {name}: {value}")).collect();
        lines.sort();
        text += &format!("{path} {headers:?}\n  {}\n{}\n", reply.status, lines.join("\n"));
    }
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.add_filter(r"\d{4}-\d\d-\d\d-[0-9a-f]{32}", "[release]");
    settings.add_filter(r"  date: .*\n", "");
    // Tags are made from hashes of compressed bytes, which another version of the compressor may change.
    settings.add_filter(r#"etag: "[0-9a-f]{32,64}(-3s)?"#, "etag: \"[hash]");
    settings.add_filter(r#"x-request-id: .*"#, "x-request-id: [id]");
    settings.bind(|| insta::assert_snapshot!("headers", text));
}
