//! Rates of small bases: said in `indicators.toml`, found when publishing, told by every file.

use super::*;

/// A and B of 2010, which are C in 2020. The rate is reliable from 1,000 inhabitants on.
fn workspace_of_bases() -> Workspace {
    let from = "weighted_by = \"people\"\nreliable_from = { base = \"people\", value = 1000 }";
    let workspace = Workspace::new(&INDICATORS.replace("weighted_by = \"people\"", from));
    workspace.configure("[boundary_sets.areas]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 1");
    boundaries(&workspace, "areas", "2010", "A B");
    boundaries(&workspace, "areas", "2020", "C");
    correspondence(&workspace, ("2010", "2020"), "from,to A,C B,C");
    workspace
}

/// What the CSV says of the reliability of each area; nothing where it has no such column.
fn reliability(server: &Server, period: &str, borders: &str) -> Option<BTreeMap<String, String>> {
    let reply = server.get(&format!("/values/areas.csv?indicator=rate&period={period}&borders={borders}"));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let mut reader = csv::Reader::from_reader(reply.body.as_slice());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    rows.map(|row| Some((row["code"].clone(), row.get(&format!("{period}_reliability"))?.clone()))).collect()
}

fn marks(text: &str) -> Option<BTreeMap<String, String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].replace("ok", ""))).collect())
}

#[test]
fn a_rate_of_a_small_base_is_flagged_and_no_longer_once_its_base_is_corrected() {
    let workspace = workspace_of_bases();
    for (indicator, period, figures) in [
        ("people", "2015", "A 5000 B 600"),
        ("rate", "2015", "A 2.1 B 9.9"),
        ("people", "2016", "A 5000 B c"),
        ("rate", "2016", "A 2.1 B 9.9"),
        // Nobody has counted the people of 2017.
        ("rate", "2017", "A 2.1 B -"),
    ] {
        values(&workspace, "areas", "2010", (indicator, period), figures);
    }
    let said = workspace.ok(&["publish"]);
    assert!(
        said.contains("1 values of a base that is too small to rely on, 2 of one that is not known: each is flagged"),
        "{said}"
    );
    let server = workspace.serve();
    assert_eq!(reliability(&server, "2015", "2010"), marks("A ok B small_base"));
    assert_eq!(reliability(&server, "2015", "2020"), None, "C has 5,600 inhabitants");
    assert_eq!(
        reliability(&server, "2016", "2010"),
        marks("A ok B unknown_base"),
        "a withheld base tells nothing of its size"
    );
    assert_eq!(
        reliability(&server, "2017", "2010"),
        marks("A unknown_base B ok"),
        "what has no value has nothing to rely on"
    );
    let geojson = server.json("/areas/areas.geojson?indicator=rate&period=2015");
    assert_eq!(geojson["features"][1]["properties"]["reliability"], "small_base");
    assert!(geojson["features"][0]["properties"].get("reliability").is_none(), "{geojson}");
    let catalog = server.json("/catalog.json").to_string();
    assert!(catalog.contains(r#""reliable_from":{"base":"people","value":1000.0}"#), "{catalog}");
    drop(server);
    // The rates are as they were; what is said of them is not.
    values(&workspace, "areas", "2010", ("people", "2015"), "A 5000 B 1000");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    assert_eq!(reliability(&server, "2015", "2010"), None, "the limit itself is enough");
    assert_eq!(reliability(&server, "2016", "2010"), marks("A ok B unknown_base"));
    drop(server);
    assert!(workspace.ok(&["check"]).contains("release"), "columns are those of their fingerprints");
}
