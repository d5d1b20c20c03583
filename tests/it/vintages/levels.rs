//! Levels: areas of one set lie in those of another, and are summed to them where that means something.

use super::*;
use crate::harness::real_data;

/// Two countries, their districts, and the subjects of those.
fn levels() -> Workspace {
    let workspace = workspace(&[("1", "N/DN S/DS E/DS X/FAR")]);
    boundaries(&workspace, "districts", "1", "DN/C1 DS/C1");
    boundaries(&workspace, "countries", "1", "C1 C2");
    workspace.set("boundary_sets.areas", "level = \"subject\"\nparent_set = \"districts\"");
    for (set, lines) in
        [("districts", "level = \"district\"\nparent_set = \"countries\""), ("countries", "level = \"country\"")]
    {
        workspace.configure(&format!("[boundary_sets.{set}]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 1\n{lines}"));
    }
    workspace
}

#[test]
fn sums_go_up_all_levels_where_every_area_below_has_a_value() {
    let workspace = levels();
    for (indicator, period, figures) in [
        ("people", "2001", "N 10 S 20 E 30 X 40"),
        ("people", "2002", "N 10 S 20 E - X 40"),
        ("people", "2003", "N 10 S c E 30 X 40"),
        ("moves", "2001", "N 10 S 20 E 30 X 40"),
        ("rate", "2001", "N 1 S 2 E 3 X 4"),
    ] {
        values(&workspace, "areas", "1", (indicator, period), figures);
    }
    let report = workspace.ok(&["publish"]);
    assert!(report.contains("6 summed from the areas below"), "{report}");
    assert!(report.contains("1 areas of areas 1 name a parent that districts does not have: X"), "{report}");
    let server = workspace.serve();
    for (set, period, figures) in [
        ("districts", "2001", "DN 10 DS 50"),
        ("districts", "2002", "DN 10 DS -"),
        ("districts", "2003", "DN 10 DS c"),
        ("countries", "2001", "C1 60 C2 -"),
    ] {
        assert_eq!(cells(&server, set, ("people", period), "1"), expected(figures), "{set} {period}");
    }
    // An area whose sum is missing says which of those below lack a figure; one that is withheld says no more.
    let profile = server.json("/areas/districts/DS");
    let people = profile["indicators"].as_array().unwrap().iter().find(|known| known["id"] == "people").unwrap();
    let lacking: Vec<_> = people["observations"].as_array().unwrap().iter().map(|cell| &cell["lacking"]).collect();
    assert_eq!(
        lacking,
        [&serde_json::Value::Null, &serde_json::json!({"count": 1, "first": ["E"]}), &serde_json::Value::Null],
        "{profile}"
    );
    let geojson = server.json("/areas/countries.geojson?indicator=people&period=2001");
    assert_eq!(geojson["aggregated"], true);
    assert_eq!(geojson["aggregated_from"], serde_json::json!({"set": "districts", "borders": "1"}));
    let districts = entry(&server, "districts", "people", "1");
    assert_eq!(districts["aggregated"][0]["periods"], serde_json::json!(["2001", "2002", "2003"]));
    assert_eq!(districts["periods"], serde_json::json!(["2001", "2002", "2003"]), "shown where no borders are asked for");
    for indicator in ["moves", "rate"] {
        let entry = entry(&server, "districts", indicator, "1");
        assert_eq!(entry["periods"], serde_json::json!([]));
        assert!(entry["unavailable"][0]["reason"].as_str().unwrap().contains("not declared additive"), "{entry}");
    }
    let reply = server.get("/values/districts.csv?indicator=rate&period=2001");
    let why = "(set areas has it on borders 1: the indicator is not declared additive";
    assert!(reply.status == 400 && reply.text().contains(why), "{}", reply.text());
}

#[test]
fn a_figure_of_the_source_is_never_replaced_by_a_sum() {
    let workspace = levels();
    values(&workspace, "areas", "1", ("people", "2001"), "N 10 S 20 E 30 X 40");
    values(&workspace, "districts", "1", ("people", "2001"), "DN 11 DS -");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    assert_eq!(cells(&server, "districts", ("people", "2001"), "1"), expected("DN 11 DS -"));
    assert_eq!(
        cells(&server, "countries", ("people", "2001"), "1"),
        expected("C1 - C2 -"),
        "of the source's, not of the sums"
    );
    assert!(entry(&server, "districts", "people", "1").get("aggregated").is_none());
}

#[test]
fn the_catalogue_and_every_area_tell_what_lies_above_and_below() {
    let workspace = levels();
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let sets = catalog["boundary_sets"].as_array().unwrap();
    let of = |id: &str| sets.iter().find(|set| set["id"] == id).unwrap();
    assert_eq!((&of("areas")["level"], &of("areas")["parent_set"]), (&"subject".into(), &"districts".into()));
    assert_eq!(of("areas")["vintages"][0]["parent_vintage"], "1");
    assert_eq!((&of("countries")["level"], of("countries").get("parent_set")), (&"country".into(), None));
    let codes = |list: &serde_json::Value| -> Vec<String> {
        let one = |area: &serde_json::Value| format!("{} {}", area["set"].as_str().unwrap(), area["code"].as_str().unwrap());
        list.as_array().unwrap().iter().map(one).collect()
    };
    let subject = server.json("/areas/areas/S");
    assert_eq!(codes(&subject["parents"]), ["districts DS", "countries C1"]);
    assert_eq!(codes(&subject["children"]), [""; 0]);
    let district = server.json("/areas/districts/DS");
    assert_eq!(
        (codes(&district["parents"]), codes(&district["children"])),
        (vec!["countries C1".to_owned()], vec!["areas E".to_owned(), "areas S".to_owned()])
    );
    assert_eq!(codes(&server.json("/areas/countries/C1")["children"]), ["districts DN", "districts DS"]);
    assert_eq!(codes(&server.json("/areas/areas/X")["parents"]), [""; 0], "its parent is not there");
}

#[test]
fn the_vintage_above_is_the_newest_that_has_all_parents() {
    let workspace = levels();
    boundaries(&workspace, "districts", "2", "DN/C1 DSE/C1");
    boundaries(&workspace, "areas", "2", "N/DN S/DSE E/DSE");
    values(&workspace, "areas", "1", ("people", "2001"), "N 10 S 20 E 30 X 40");
    values(&workspace, "areas", "2", ("people", "2002"), "N 11 S 21 E 31");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    assert_eq!(cells(&server, "districts", ("people", "2001"), "1"), expected("DN 10 DS 50"));
    assert_eq!(cells(&server, "districts", ("people", "2002"), "2"), expected("DN 11 DSE 52"));
}

#[test]
fn a_parent_set_that_is_not_there_or_lies_above_itself_is_refused() {
    let workspace = workspace(&[("1", "A/B")]);
    workspace.set("boundary_sets.areas", "parent_set = \"nowhere\"");
    let said = workspace.fails(&["publish"], 1);
    assert!(said.contains("boundary_sets.areas.parent_set names nowhere") && said.contains("it has areas"), "{said}");
    let circle = super::workspace(&[("1", "A")]);
    circle.set("boundary_sets.areas", "parent_set = \"others\"");
    circle.configure("[boundary_sets.others]\nparent_set = \"areas\"");
    let said = circle.fails(&["publish"], 1);
    assert!(said.contains("boundary_sets.areas.parent_set") && said.contains("come back to it"), "{said}");
}

/// Municipalities name their subject (`iso_3166_2`); all subjects of the crosswalk lie in one country.
#[test]
fn real_municipalities_are_reached_from_their_country_by_their_subject() {
    let Some(data) = real_data() else { return };
    let workspace = Workspace::new("");
    for (set, lines) in [
        ("municipalities", "level = \"municipality\"\nparent_set = \"subjects\""),
        ("subjects", "level = \"subject\"\nparent_set = \"countries\""),
        ("countries", "level = \"country\""),
    ] {
        workspace.configure(&format!("[boundary_sets.{set}]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 1\n{lines}"));
    }
    let codes = std::fs::read_to_string(data.join("russia_adm1/region_codes.csv")).unwrap();
    let mut lines = codes.lines().map(str::to_owned);
    let head = lines.next().unwrap() + ",country\n";
    workspace.write("codes.csv", head + &lines.map(|line| line + ",RUS\n").collect::<String>());
    for (file, set, options) in [
        ("world/ne_110m_admin_0_countries.geojson", "countries", &["--code", "ADM0_A3"][..]),
        (
            "russia_adm1/russia_gislab_osm.geojson",
            "subjects",
            &["--code", "name", "--crosswalk", "codes.csv:name_click_that_hood=iso_3166_2", "--parent", "crosswalk:country"],
        ),
        (
            "russia_adm2/russia_municipalities_osm.gpkg",
            "municipalities",
            &["--code", "source_file+source_index", "--name", "ru=name", "--parent", "iso_3166_2"],
        ),
    ] {
        let file = data.join(file).display().to_string();
        let import = ["import", "boundaries", &file, "--set", set, "--vintage", "1"];
        workspace.ok(&[&import[..], options].concat());
    }
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let list = |path: &str, key: &str| server.json(path)[key].as_array().unwrap().clone();
    assert_eq!(list("/areas/countries/RUS", "children").len(), 85);
    // The seven districts that README.md of the municipalities counts for Chukotka.
    let districts = list("/areas/subjects/RU-CHU", "children");
    assert_eq!(districts.len(), 7, "{districts:?}");
    let code: String = districts[0]["code"].as_str().unwrap().bytes().map(|byte| format!("%{byte:02X}")).collect();
    let parents = list(&format!("/areas/municipalities/{code}"), "parents");
    let parents: Vec<_> = parents.iter().map(|area| (area["set"].as_str(), area["code"].as_str())).collect();
    assert_eq!(parents, [(Some("subjects"), Some("RU-CHU")), (Some("countries"), Some("RUS"))]);
}

/// A figure of one source and one of another on the level above may each be public by itself and together tell what the first withholds.
#[test]
fn what_one_level_withholds_and_another_tells_by_one_subtraction_is_refused_and_nothing_is_published() {
    let told = "1 withheld cells can be computed from a sum whose other cells are public";
    for (set, figures, areas, named) in [
        ("districts", "DN 10 DS 50", "N 10 S c E 30 X 40", "(S by areas 1 E + S = districts 1 DS)"),
        ("districts", "DN 10 DS c", "N 10 S 20 E 30 X 40", "(DS by areas 1 E + S = districts 1 DS)"),
        ("countries", "C1 60 C2 1000", "N 10 S c E 30 X 40", "(S by areas 1 E + N + S = countries 1 C1)"),
        ("districts", "DN 10 DS c", "N 10 S c E 30 X 40", ""),
        ("districts", "DN 10 DS 50", "N 10 S c E c X 40", ""),
        ("districts", "DN 10 DS 50", "N 10 S c E - X 40", ""),
    ] {
        let workspace = levels();
        values(&workspace, "areas", "1", ("people", "2001"), areas);
        values(&workspace, set, "1", ("people", "2001"), figures);
        if named.is_empty() {
            workspace.ok(&["publish"]);
            continue;
        }
        let before = workspace.state();
        let said = workspace.fails(&["publish"], 1);
        for words in [told, named, "indicator people, 2001", "withhold a second cell", "nothing was published"] {
            assert!(said.contains(words), "{figures}, {areas}: {words:?} is not in {said}");
        }
        assert!(workspace.state() == before, "{figures}, {areas}: the store or the releases have changed");
    }
}

/// The figures stand on later borders, the parents on earlier ones: a rename leads from one to the other.
#[test]
fn what_is_withheld_on_other_borders_is_not_told_by_a_sum_either() {
    let workspace = levels();
    boundaries(&workspace, "areas", "2", "N2 S2 E2 X2");
    correspondence(&workspace, ("1", "2"), "from,to N,N2 S,S2 E,E2 X,X2");
    values(&workspace, "areas", "2", ("people", "2001"), "N2 10 S2 c E2 30 X2 40");
    values(&workspace, "districts", "1", ("people", "2001"), "DN 10 DS 50");
    let said = workspace.fails(&["publish"], 1);
    assert!(said.contains("(S by areas 1 E + S = districts 1 DS)"), "{said}");
}
