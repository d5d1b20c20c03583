//! Changes that happened.

use super::*;

/// One change: two vintages, what links them, figures on the borders of one, and what they are on those of the other.
struct Change {
    name: &'static str,
    vintages: [(&'static str, &'static str); 2],
    links: &'static str,
    /// Indicator and period; vintage of the figures; the figures; the other vintage; the same there.
    tables: &'static [(&'static str, &'static str, &'static str, &'static str, &'static str)],
}

const CHANGES: &[Change] = &[
    Change {
        name: "Perm, 2005: the oblast and the Komi-Permyak okrug become a krai",
        vintages: [("2004", "RU-PER RU-KOP RU-SVE"), ("2005", "RU-PER RU-SVE")],
        links: "from,to,back,kind RU-PER,RU-PER,0.95,merge RU-KOP,RU-PER,0.05,merge",
        tables: &[
            ("people", "2004", "RU-PER 2800 RU-KOP 200 RU-SVE 4400", "2005", "RU-PER 3000 RU-SVE 4400"),
            ("people", "2003", "RU-PER 2800 RU-KOP c RU-SVE 4400", "2005", "RU-PER c RU-SVE 4400"),
            ("people", "2002", "RU-PER 2800 RU-KOP - RU-SVE 0", "2005", "RU-PER - RU-SVE 0"),
            ("rate", "2004", "RU-PER -1 RU-KOP -16 RU-SVE 2.5", "2005", "RU-PER -2/E RU-SVE 2.5"),
            // No people of that year: a rate is then not averaged.
            ("rate", "2001", "RU-PER -1 RU-KOP -16 RU-SVE 2.5", "2005", "RU-PER - RU-SVE 2.5"),
            ("share", "2004", "RU-PER 53 RU-KOP 54 RU-SVE 55", "2005", "RU-PER - RU-SVE 55"),
            ("moves", "2004", "RU-PER 900 RU-KOP 80 RU-SVE 700", "2005", "RU-PER - RU-SVE 700"),
            ("people", "2006", "RU-PER 2000 RU-SVE 4300", "2004", "RU-PER 1900/E RU-KOP 100/E RU-SVE 4300"),
            ("rate", "2006", "RU-PER -2 RU-SVE 3", "2004", "RU-PER - RU-KOP - RU-SVE 3"),
        ],
    },
    Change {
        name: "Kamchatka, 2007: the oblast and the Koryak okrug become a krai with a code of its own",
        vintages: [("2006", "RU-KAM_OBL RU-KOR"), ("2007", "RU-KAM")],
        links: "from,to RU-KAM_OBL,RU-KAM RU-KOR,RU-KAM",
        tables: &[
            ("people", "2006", "RU-KAM_OBL 330 RU-KOR 22", "2007", "RU-KAM 352"),
            ("people", "2005", "RU-KAM_OBL 0 RU-KOR 0", "2007", "RU-KAM 0"),
        ],
    },
    Change {
        name: "Zabaykalsky, 2008: Chita oblast and the Agin Buryat okrug become a krai",
        vintages: [("2007", "RU-CHI RU-AGB RU-BU"), ("2008", "RU-ZAB RU-BU")],
        links: "from;to;back RU-CHI;RU-ZAB;0.9 RU-AGB;RU-ZAB;0.1",
        tables: &[
            ("people", "2007", "RU-CHI 1050 RU-AGB 75 RU-BU 960", "2008", "RU-ZAB 1125 RU-BU 960"),
            ("people", "2009", "RU-ZAB 1120 RU-BU c", "2007", "RU-CHI 1008/E RU-AGB 112/E RU-BU c"),
        ],
    },
    Change {
        name: "Kazakhstan, 2018: South Kazakhstan is split, and its parts are known only together",
        vintages: [("2017", "KZ-YUZ KZ-AKM"), ("2018", "KZ-61 KZ-79 KZ-AKM")],
        links: "from,to,kind KZ-YUZ,KZ-61,split KZ-YUZ,KZ-79,split",
        tables: &[
            ("people", "2017", "KZ-YUZ 2900 KZ-AKM 740", "2018", "KZ-61 - KZ-79 - KZ-AKM 740"),
            ("people", "2018", "KZ-61 1980 KZ-79 1010 KZ-AKM 738", "2017", "KZ-YUZ 2990 KZ-AKM 738"),
            ("rate", "2018", "KZ-61 1 KZ-79 4 KZ-AKM 2", "2017", "KZ-YUZ 2.0133779264214047/E KZ-AKM 2"),
        ],
    },
    Change {
        name: "Kazakhstan, 2022: Abai, Jetisu and Ulytau are made of parts of three regions",
        vintages: [("2018", "KZ-VOS KZ-ALM KZ-KAR KZ-AKM"), ("2022", "KZ-63 KZ-10 KZ-19 KZ-33 KZ-35 KZ-62 KZ-11")],
        links: "from,to,weight KZ-VOS,KZ-63,0.55 KZ-VOS,KZ-10,0.45 KZ-ALM,KZ-19,0.7 KZ-ALM,KZ-33,0.3 KZ-KAR,KZ-35,0.8 \
                KZ-KAR,KZ-62,0.2 KZ-AKM,KZ-11,",
        tables: &[
            (
                "people",
                "2021",
                "KZ-VOS 2000 KZ-ALM 1000 KZ-KAR c KZ-AKM 740",
                "2022",
                "KZ-63 1100/E KZ-10 900/E KZ-19 700/E KZ-33 300/E KZ-35 c KZ-62 c KZ-11 740",
            ),
            (
                "rate",
                "2021",
                "KZ-VOS 1 KZ-ALM 2 KZ-KAR 3 KZ-AKM 4",
                "2022",
                "KZ-63 - KZ-10 - KZ-19 - KZ-33 - KZ-35 - KZ-62 - KZ-11 4",
            ),
        ],
    },
    Change {
        name: "NUTS, 2016 to 2021: codes that change, regions that are split, moved and gone",
        vintages: [("2016", "NO01 NO02 HR04 UKI1 BE10"), ("2021", "NO08 NO02 HR02 HR05 HR06 BE10")],
        links: "from,to,weight,kind NO01,NO08,0.9,transfer NO01,NO02,0.1,transfer NO02,NO02,,transfer HR04,HR02,0.4,split \
                HR04,HR05,0.3,split HR04,HR06,0.3,split UKI1,,,",
        tables: &[
            (
                "people",
                "2020",
                "NO01 1000 NO02 400 HR04 3000 UKI1 9000 BE10 1200",
                "2021",
                "NO08 900/E NO02 500/E HR02 1200/E HR05 900/E HR06 900/E BE10 1200",
            ),
            (
                "share",
                "2020",
                "NO01 50 NO02 50 HR04 52 UKI1 51 BE10 51",
                "2021",
                "NO08 - NO02 - HR02 - HR05 - HR06 - BE10 51",
            ),
        ],
    },
];

#[test]
fn figures_follow_the_changes_that_history_made() {
    for Change { name, vintages, links, tables } in CHANGES {
        let workspace = workspace(vintages);
        correspondence(&workspace, (vintages[0].0, vintages[1].0), links);
        let native = |target: &str| vintages.iter().map(|(id, _)| *id).find(|id| *id != target).unwrap();
        for (indicator, period, figures, target, _) in *tables {
            values(&workspace, "areas", native(target), (indicator, period), figures);
        }
        workspace.ok(&["publish"]);
        let server = workspace.serve();
        for (indicator, period, figures, target, restated) in *tables {
            let place = format!("{name}: {indicator} {period}");
            assert_eq!(cells(&server, "areas", (indicator, period), native(target)), expected(figures), "{place}");
            assert_eq!(cells(&server, "areas", (indicator, period), target), expected(restated), "{place} on {target}");
        }
    }
}

/// The Perm workspace with people of 2004 and 2006, published and served.
fn perm() -> (Workspace, Server) {
    let workspace = workspace(&CHANGES[0].vintages);
    correspondence(&workspace, ("2004", "2005"), CHANGES[0].links);
    for (indicator, period, vintage, figures) in [
        ("people", "2004", "2004", "RU-PER 2800 RU-KOP 200 RU-SVE 4400"),
        ("people", "2006", "2005", "RU-PER 2000 RU-SVE 4300"),
        ("share", "2004", "2004", "RU-PER 53 RU-KOP 54 RU-SVE 55"),
    ] {
        values(&workspace, "areas", vintage, (indicator, period), figures);
    }
    let report = workspace.ok(&["publish"]);
    assert!(report.contains("3 columns;") && report.contains("3 columns restated on other borders"), "{report}");
    let server = workspace.serve();
    (workspace, server)
}

#[test]
fn every_answer_says_that_its_values_are_restated_and_from_where() {
    let (_workspace, server) = perm();
    let query = "indicator=people&period=2004&borders=2005";
    let geojson = server.json(&format!("/areas/areas.geojson?{query}"));
    assert_eq!((&geojson["restated"], &geojson["restated_from"]), (&true.into(), &"2004".into()), "{geojson}");
    assert_eq!(geojson["borders"], "2005");
    let own = server.json("/areas/areas.geojson?indicator=people&period=2004");
    assert!(own.get("restated").is_none() && own["borders"] == "2004" && own["features"].as_array().unwrap().len() == 3);
    let back = server.json("/areas/areas.geojson?indicator=people&period=2006&borders=2004");
    assert_eq!(back["features"][0]["properties"]["status"], "E", "{back}");
    let table = server.json("/values/areas.json?indicator=people&period=2004,2006&borders=2005");
    assert_eq!(table["origins"], serde_json::json!([{"restated": true, "restated_from": "2004"}, null]));
    assert_eq!(table["values"].to_string(), "[[3000,4400],[2000,4300]]");
    let csv = server.get("/values/areas.csv?indicator=people&period=2004,2006&borders=2005").text();
    assert!(csv.starts_with("code,name,2004,2004_state,2004_status,2004_restated_from,2006,2006_state,2006_status,source"));
    let tilejson = server.json(&format!("/tiles/areas/WebMercatorQuad.json?{query}"));
    let tiles = tilejson["tiles"][0].as_str().unwrap();
    assert!(tiles.contains("period=2004&borders=2005&release="), "{tiles}");
    let gone = server.get("/areas/areas/RU-KOP");
    assert!(gone.status == 404 && gone.text().contains("ask for it by borders=2004"), "{}", gone.text());
    let area = server.json("/areas/areas/RU-PER?borders=2004");
    let people = &area["indicators"][0]["observations"];
    assert_eq!(
        people[1],
        serde_json::json!({"period": "2006", "value": 1900.0, "status": "E", "restated": true, "restated_from": "2005"})
    );
}

#[test]
fn a_tile_shows_a_period_on_the_borders_asked_for_and_else_on_its_own() {
    let (_workspace, server) = perm();
    let values = |query: &str| -> Vec<f64> {
        let reply = server.get(&format!("/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=people&{query}"));
        assert_eq!(reply.status, 200, "{query}: {}", reply.text());
        let reader = fast_mvt::MvtReaderRef::new(&reply.body).unwrap();
        let areas = reader.layers().find(|layer| layer.name() == "areas").unwrap();
        let number = |value| if let fast_mvt::MvtValueRef::Double(number) = value { Some(number) } else { None };
        let properties = areas.features().flat_map(|feature| feature.properties().map(Result::unwrap).collect::<Vec<_>>());
        properties.filter(|(key, _)| *key == "value").filter_map(|(_, value)| number(value)).collect()
    };
    for (query, expected) in [
        // Areas stand in the order of their codes: RU-KOP, RU-PER, RU-SVE.
        ("period=2004", vec![200.0, 2800.0, 4400.0]),
        ("period=2004&borders=2004", vec![200.0, 2800.0, 4400.0]),
        ("period=2004&borders=2005", vec![3000.0, 4400.0]),
        ("period=2006", vec![2000.0, 4300.0]),
        ("period=2006&borders=2004", vec![100.0, 1900.0, 4300.0]),
        // A second time from the cache, where both vintages have a column of the same selection.
        ("period=2004&borders=2005", vec![3000.0, 4400.0]),
    ] {
        assert_eq!(values(query), expected, "{query}");
    }
}

#[test]
fn classes_on_chosen_borders_come_from_the_values_on_those_borders() {
    let (_workspace, server) = perm();
    let style = |period: &str| {
        let base = "/styles/choropleth.json?set=areas&grid=WebMercatorQuad&indicator=people&method=equal&classes=3";
        server.json(&format!("{base}&period={period}&borders=2005"))["metadata"].clone()
    };
    let legend = |query: &str| {
        server.json(&format!("/legends/people.json?set=areas&method=equal&classes=3&{query}"))["classes"].clone()
    };
    assert_eq!(legend("period=2004&borders=2005"), legend("period=2006&borders=2005"), "periods are comparable");
    assert_eq!(legend("period=2004"), legend("period=2006"));
    assert_ne!(legend("period=2004"), legend("period=2004&borders=2005"), "200 of the okrug is no value of 2005");
    assert!(style("2004").is_object() && style("2006").is_object());
}

#[test]
fn the_catalogue_tells_own_periods_from_restated_ones_and_names_areas_without_a_value() {
    let (_workspace, server) = perm();
    let people = entry(&server, "areas", "people", "2005");
    assert_eq!(people["periods"], serde_json::json!(["2006"]));
    assert_eq!(people["restated"], serde_json::json!([{"set": "areas", "vintage": "2004", "periods": ["2004"]}]));
    let share = entry(&server, "areas", "share", "2005");
    assert_eq!(share["periods"], serde_json::json!([]));
    let gap = &share["restated"][0]["gaps"][0];
    assert_eq!(gap["areas"], serde_json::json!(["RU-PER"]));
    assert!(gap["reason"].as_str().unwrap().contains("neither additive nor weighted"), "{gap}");
}

#[test]
fn a_chain_of_changes_is_followed_in_both_directions() {
    let workspace = workspace(&[("1", "A B C"), ("2", "AB C"), ("3", "D"), ("9", "X")]);
    correspondence(&workspace, ("1", "2"), "from,to,back A,AB,0.25 B,AB,0.75");
    correspondence(&workspace, ("2", "3"), "from,to,back AB,D,0.5 C,D,0.5");
    values(&workspace, "areas", "1", ("people", "2001"), "A 10 B 20 C 30");
    values(&workspace, "areas", "3", ("people", "2003"), "D 80");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    for (period, borders, figures) in [
        ("2001", "2", "AB 30 C 30"),
        ("2001", "3", "D 60"),
        ("2003", "2", "AB 40/E C 40/E"),
        ("2003", "1", "A 10/E B 30/E C 40/E"),
    ] {
        assert_eq!(cells(&server, "areas", ("people", period), borders), expected(figures), "{period} on {borders}");
    }
    let lone = entry(&server, "areas", "people", "9");
    assert_eq!(lone["unavailable"][0]["reason"], "no correspondence leads there", "{lone}");
    assert_eq!(lone["unavailable"][0]["periods"], serde_json::json!(["2001"]));
}
