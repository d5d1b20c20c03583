//! What entity tags and public hashes tell: every correction, and nothing that is withheld.

use crate::harness::{Server, Workspace, fixture};
use std::{collections::BTreeMap, fs};

const TILE: &str = "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2022";
const URLS: [&str; 4] = [
    TILE,
    "/values/areas.csv?indicator=arrival_rate&period=2022",
    "/values/areas.json?indicator=arrival_rate&period=2022",
    "/areas/areas.geojson?indicator=arrival_rate&period=2022",
];

fn import(workspace: &Workspace, table: &str) {
    workspace.write("rates.csv", table);
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
}

fn publish(workspace: &Workspace, server: &Server) {
    workspace.ok(&["publish"]);
    let release = workspace.current();
    server.until("the switch", |server| server.get("/catalog.json").header("choro-release") == Some(&*release));
}

fn tag(server: &Server, url: &str) -> String {
    let reply = server.get(url);
    assert_eq!(reply.status, 200, "{url}: {}", reply.text());
    reply.header("etag").unwrap().to_owned()
}

#[test]
fn a_corrected_figure_never_answers_304_to_the_tag_of_the_wrong_one() {
    let workspace = Workspace::invented();
    workspace.set("server", "release_poll_ms = 50");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let digits = |tag: &str| tag.trim_matches('"').chars().take_while(char::is_ascii_hexdigit).count();
    let before = URLS.map(|url| tag(&server, url));
    assert_eq!(before.each_ref().map(|tag| digits(tag)), [64, 32, 32, 32], "{before:?}");
    assert!(before[0].ends_with("-3s\""), "{}", before[0]);
    let right = fixture("rates.csv");
    for (what, table) in [
        ("swapped", right.replace("01;1 234,5;7", "01;1 234,5;10").replace("04;12;10", "04;12;7")),
        ("the last digit", right.replace("02;0;8,25", "02;0;8,250000000000001")),
        ("a sign", right.replace("02;0;8,25", "02;0;-8,25")),
        ("a gap", right.replace("02;0;8,25", "02;0;-")),
    ] {
        import(&workspace, &table);
        publish(&workspace, &server);
        for (url, old) in URLS.iter().zip(&before) {
            let reply = server.get_with(url, &[("If-None-Match", old)]);
            assert_eq!(reply.status, 200, "{what}: {url}");
            assert_ne!(reply.header("etag"), Some(&**old), "{what}: {url}");
        }
    }
    // The tile of before has the tag of before, in whichever release.
    import(&workspace, &right);
    publish(&workspace, &server);
    assert_eq!(server.get_with(TILE, &[("If-None-Match", &before[0])]).status, 304);
}

#[test]
fn two_workspaces_that_differ_in_a_withheld_number_publish_the_same_hashes_and_tags() {
    let [mine, yours] = ["77", "78"].map(|number| {
        let workspace = Workspace::invented();
        let mapping = fixture("rates.toml").replace("[\"2021:2022\"]", "[\"2022\"]");
        workspace.write("rates.toml", mapping + "\nconfidentiality = { column = \"conf\", public = [\"F\"] }\n");
        import(&workspace, &format!("area;conf;2022\n01;F;7\n02;F;8,25\n03;N;{number}\n04;F;10\n"));
        workspace.ok(&["publish"]);
        let server = workspace.serve();
        assert!(server.get(URLS[1]).text().contains("03,Eastmark,,secrecy"), "{}", server.get(URLS[1]).text());
        let tag = tag(&server, TILE);
        drop(server);
        let folder = workspace.path(&format!("releases/{}", workspace.current()));
        let manifest = fs::read(folder.join("manifest.json")).unwrap();
        let mut manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        // When it was published is in the id, in the time itself and in what the catalogue was made from.
        manifest["files"]["catalog.json"]["made_from"].take();
        let files: BTreeMap<String, serde_json::Value> = serde_json::from_value(manifest["files"].take()).unwrap();
        (files, tag)
    });
    assert!(mine.0.keys().any(|name| name.starts_with("values/")), "{:?}", mine.0.keys());
    assert_eq!(mine, yours);
}
