//! What is refused, and what is said instead of a value.

use super::*;

#[test]
fn a_period_without_a_way_to_the_borders_is_told_why() {
    let workspace = workspace(&[("1", "A B"), ("2", "A B")]);
    values(&workspace, "areas", "1", ("people", "2001"), "A 10 B 20");
    values(&workspace, "areas", "2", ("people", "2002"), "A 11 B 21");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let said = |query: &str| {
        let reply = server.get(&format!("/values/areas.csv?indicator=people&{query}"));
        assert_eq!(reply.status, 400, "{query}: {}", reply.text());
        server.get(&format!("/values/areas.csv?indicator=people&{query}")).text()
    };
    let alone = said("period=2001&borders=2");
    assert!(
        alone.contains("set areas has it on borders 1: no correspondence leads there") && alone.contains("it has 2002"),
        "{alone}"
    );
    let both = said("period=2001,2002");
    assert!(both.contains("different borders") && both.contains("borders=VINTAGE"), "{both}");
}

#[test]
fn small_counts_made_by_restating_are_left_out_as_a_whole_and_never_named() {
    let workspace = workspace(&[("1", "A B"), ("2", "C B")]);
    correspondence(&workspace, ("1", "2"), "from,to A,C");
    values(&workspace, "areas", "1", ("people", "2001"), "A 10 B 20");
    values(&workspace, "areas", "1", ("people", "2002"), "A 10 B 20");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    assert_eq!(cells(&server, "areas", ("people", "2001"), "2"), expected("B 20 C 10"));
    drop(server);
    // By the new weights A gives 3 of its 10 to C.
    let workspace = super::workspace(&[("1", "A B"), ("2", "A B C")]);
    correspondence(&workspace, ("1", "2"), "from,to,weight A,A,0.7 A,C,0.3");
    values(&workspace, "areas", "1", ("people", "2001"), "A 10 B 20");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let entry = entry(&server, "areas", "people", "2");
    let reason = entry["unavailable"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("cells of 1 to 4") && !reason.contains('C'), "{reason}");
    let reply = server.get("/values/areas.csv?indicator=people&period=2001&borders=2");
    assert_eq!(reply.status, 400, "{}", reply.text());
}

#[test]
fn a_correspondence_that_does_not_fit_is_refused_and_nothing_changes() {
    let workspace = workspace(&[("1", "RU-PER RU-KOP"), ("2", "RU-PER")]);
    let before = workspace.state();
    let import = |rows: &str, extra: &[&str]| {
        workspace.write("links.csv", rows);
        [&["import", "correspondence", "links.csv"], extra].concat().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let good = ["--set", "areas", "--from", "1", "--to", "2"];
    for (rows, arguments, code, words) in [
        ("from,to\nRU-PER,RU-PER\n", &good[..], 3, &["links.csv", "area RU-KOP of vintage 1", "a row RU-KOP,"][..]),
        ("from,to\nRU-PRE,RU-PER\n", &good[..], 3, &["row 2, from", "did you mean \"RU-PER\"?"]),
        ("from,to,back\nRU-PER,RU-PER,0.9\nRU-KOP,RU-PER,0.2\n", &good[..], 3, &["back", "add up to 1.1"]),
        (
            "from,to\n",
            &["--set", "areas", "--from", "1", "--to", "3"][..],
            1,
            &["no boundary set areas, vintage 3", "areas 2"],
        ),
        ("from,to\n", &["--set", "areas", "--from", "1", "--to", "1"][..], 1, &["stands between two"]),
        ("\0", &good[..], 1, &["links.csv", "is a binary file"]),
    ] {
        let arguments = import(rows, arguments);
        let said = workspace.fails(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), code);
        for word in words {
            assert!(said.contains(word), "{rows}: {word:?} is not said in {said}");
        }
        assert!(workspace.state() == before, "{rows}: the store has changed");
    }
    workspace.write("links.csv", "from,to\nRU-PER,RU-PER\n");
    let listed = workspace.run(&[&["import", "correspondence", "links.csv", "--json"], &good[..]].concat());
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!((&listed["faults"][0]["field"], &listed["stored"]), (&"from".into(), &false.into()), "{listed}");
    let dry = [&["import", "correspondence", "links.csv"], &good[..], &["--dry-run", "--json"]].concat();
    workspace.write("links.csv", "from,to\nRU-PER,RU-PER\nRU-KOP,RU-PER\n");
    let report: serde_json::Value = serde_json::from_str(&workspace.ok(&dry)).unwrap();
    assert_eq!((&report["changes"]["merge"], &report["stored"]), (&2.into(), &false.into()), "{report}");
    assert!(workspace.state() == before, "a dry run stores nothing");
}

#[test]
fn a_correspondence_of_a_vintage_that_was_replaced_must_be_imported_again() {
    let workspace = workspace(&[("1", "A B"), ("2", "C")]);
    correspondence(&workspace, ("1", "2"), "from,to A,C B,C");
    values(&workspace, "areas", "1", ("people", "2001"), "A 10 B 20");
    workspace.write(
        "other.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"E"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}}]}"#,
    );
    workspace.ok(&[
        "import",
        "boundaries",
        "other.geojson",
        "--set",
        "areas",
        "--vintage",
        "2",
        "--code",
        "code",
        "--replace",
    ]);
    let said = workspace.fails(&["publish"], 1);
    assert!(said.contains("from 1 to 2 does not fit") && said.contains("import it again"), "{said}");
}

#[test]
fn figures_of_one_period_are_not_put_on_other_borders_by_half() {
    let workspace = workspace(&[("1", "A B"), ("2", "A B")]);
    values(&workspace, "areas", "1", ("people", "2001"), "A 10 B 20");
    workspace.write("values.csv", "area;2001;status\nA;11;\n");
    // Without --vintage it is the newest.
    let import = ["import", "observations", "values.csv", "--set", "areas", "--mapping", "values.toml"];
    let import = [&import[..], &["--accept", "fewer-rows,fewer-areas"]].concat();
    let before = workspace.state();
    let said = workspace.fails(&import, 1);
    assert!(said.contains("people 2001 is stored on borders 1") && said.contains("--vintage 1"), "{said}");
    assert!(workspace.state() == before);
    values(&workspace, "areas", "1", ("people", "2001"), "A 11");
    values(&workspace, "areas", "2", ("people", "2001"), "A 12 B 20");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    assert_eq!(cells(&server, "areas", ("people", "2001"), "2"), expected("A 12 B 20"));
    assert_eq!(entry(&server, "areas", "people", "2")["periods"], serde_json::json!(["2001"]));
}
