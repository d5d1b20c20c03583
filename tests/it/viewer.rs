//! The viewer on a release made for it: a true zero, and the three reasons why there is no value.

use crate::{browser, harness::Workspace};

const TABLE: &str = "area;year;value;conf\n\
    01;2021;1,5;F\n02;2021;8;F\n03;2021;9;F\n04;2021;10;F\n\
    01;2022;0;F\n02;2022;-;F\n03;2022;4321,5;C\n04;2022;x;F\n";

const MAPPING: &str = "decimal = \",\"\n\
    area = { column = \"area\" }\n\
    indicator = { value = \"arrival_rate\" }\n\
    period = { column = \"year\" }\n\
    value = { column = \"value\" }\n\
    marks = { missing = [\"-\"], invalid = [\"x\"] }\n\
    confidentiality = { column = \"conf\", public = [\"F\"] }\n";

fn workspace() -> Workspace {
    let workspace = Workspace::invented();
    workspace.write("states.csv", TABLE);
    workspace.write("states.toml", MAPPING);
    workspace.ok(&["import", "observations", "states.csv", "--set", "areas", "--mapping", "states.toml"]);
    workspace.ok(&["publish"]);
    workspace
}

/// Acceptance check 5 of docs/viewer.md, as the server draws it.
#[test]
fn zero_and_the_three_absences_differ_in_picture_legend_and_table_and_the_withheld_number_is_nowhere() {
    let workspace = workspace();
    let server = workspace.serve();
    let query = "set=areas&indicator=arrival_rate&period=2022&lang=en";
    let picture = server.get(&format!("/picture.svg?{query}")).text();
    let fill = |code: &str| {
        let group = picture.split("<g fill=\"").find(|group| group.contains(&format!("data-code=\"{code}\"")));
        group.and_then(|group| group.split('"').next()).map(str::to_owned)
    };
    let fills: Vec<_> = ["01", "02", "03", "04"].into_iter().map(|code| fill(code).unwrap()).collect();
    let legend = server.json("/legends/arrival_rate.json?set=areas&period=2022&lang=en");
    assert_eq!(fills[0], legend["zero"]["colour"].as_str().unwrap());
    assert_eq!(fills[1..], ["url(#choro-missing)", "url(#choro-secrecy)", "#ffffff"]);
    let embed = server.get(&format!("/embed?{query}")).text();
    for (code, cell) in [("01", "0.0</td><td>"), ("02", "no data"), ("03", "confidential"), ("04", "cannot occur")] {
        let row = embed.split("<tr data-code=").find(|row| row.starts_with(&format!("\"{code}\""))).unwrap();
        assert!(row.split("</tr>").next().unwrap().contains(cell), "{code}: {row}");
    }
    for path in [
        format!("/picture.svg?{query}"),
        format!("/embed?{query}"),
        format!("/?{query}"),
        format!("/legends/arrival_rate.json?{}", query.replace("&indicator=arrival_rate", "")),
        "/values/areas.json?indicator=arrival_rate&period=2021,2022".to_owned(),
        "/values/areas.csv?indicator=arrival_rate&period=2021,2022".to_owned(),
        "/areas/areas.geojson?indicator=arrival_rate&period=2022".to_owned(),
        "/areas/areas/03".to_owned(),
    ] {
        let reply = server.get(&path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        assert!(!reply.text().replace([',', ' ', '\u{a0}'], "").contains("4321"), "{path} tells what is withheld");
    }
}

/// In Chromium, by its pixels (tests/browser/states.mjs).
#[test]
fn the_page_shows_zero_and_the_three_absences_each_in_a_look_of_its_own() {
    let Some(scripts) = browser::scripts() else { return };
    let workspace = workspace();
    let server = workspace.serve();
    browser::passes(&scripts, "states.mjs", &server);
}
