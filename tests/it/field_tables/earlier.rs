//! Tables beside what was imported before, and beside the areas above.

use super::{fixture, import_set, run, stored, workspace};
use crate::harness::Workspace;

const WIDE: &str =
    "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }";
const BEFORE: &str = "code,2013\nN1,41000\nN2,9500\nN3,23400\nN4,7700\nN5,500\nN6,600\n";

/// The exit code of the import of a table, and what it says.
fn import(workspace: &Workspace, table: &str, more: &[&str]) -> (Option<i32>, String) {
    workspace.write("table.csv", table);
    workspace.write("mapping.toml", WIDE);
    let arguments =
        ["import", "observations", "table.csv", "--set", "north", "--mapping", "mapping.toml"].map(str::to_owned);
    run(workspace, &arguments, more)
}

#[test]
fn a_table_in_thousands_and_one_of_months_are_asked_about_where_the_last_was_of_persons_and_years() {
    let workspace = workspace("north");
    assert_eq!(import(&workspace, BEFORE, &[]).0, Some(0));
    for (table, words) in [
        (
            "code,2014\nN1,42\nN2,9.7\nN3,24\nN4,7.8\nN5,0.5\nN6,0.6\n",
            &["thousandfold", "N1 has 42 in 2014, and 41000 in 2013 as stored, like most of 4 areas"][..],
        ),
        ("code,2013\nN1,41\nN2,9.5\nN3,23\nN4,7.7\nN5,0.5\nN6,0.6\n", &["thousandfold", "in 2013 as stored"]),
        (
            "code,2014\nN1,42000\nN2,9700000\nN3,24000\nN4,7800\nN5,500\nN6,600\n",
            &["N2 has 9700000 in 2014, and 9500 in 2013 as stored;"],
        ),
        (
            "code,2014-01\nN1,3400\nN2,800\nN3,2000\nN4,700\nN5,40\nN6,50\n",
            &["other-periods: arrivals has months in this file (2014-01), and has years (2013) so far"],
        ),
    ] {
        let (code, said) = import(&workspace, table, &[]);
        assert_eq!(code, Some(5), "{said}");
        words.iter().for_each(|word| assert!(said.contains(word), "{word:?} is not said\n{said}"));
    }
    let (code, said) = import(&workspace, "code,2014\nN1,42000\nN2,9700\nN3,24000\nN4,7800\nN5,510\nN6,590\n", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(stored(&workspace, "north").len(), 12);
    let json = import(&workspace, "code,2014\nN1,42\nN2,9.7\nN3,24\nN4,7.8\nN5,0.5\nN6,0.6\n", &["--dry-run", "--json"]).1;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(report["doubts"].as_array().unwrap().iter().all(|doubt| doubt["grave"] == true), "{report}");
}

#[test]
fn columns_of_the_areas_above_are_known_by_their_names() {
    let workspace = Workspace::new(&std::fs::read_to_string(fixture("indicators.toml")).unwrap());
    let square = |code: &str, name: &str, at: u8| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{at},40],[{0},40],[{0},41],[{at},41],[{at},40]]]}}}}",
            at + 1
        )
    };
    let above = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}",
        square("A", "Alland", 0),
        square("B", "Boland", 1)
    );
    workspace.write("above.geojson", above);
    workspace.ok(&[
        "import",
        "boundaries",
        "above.geojson",
        "--set",
        "regions",
        "--vintage",
        "1",
        "--code",
        "code",
        "--name",
        "name",
    ]);
    workspace.configure("[boundary_sets.districts]\nparent_set = \"regions\"");
    import_set(&workspace, "districts", &["--code", "code", "--name", "name", "--parent", "parent"]);
    let long = "area = { column = 'district' }\nindicator = { value = 'arrivals' }\nperiod = { value = 2014 }\nvalue = { column = 'v' }";
    workspace.write("mapping.toml", long);
    let arguments = ["import", "observations", "table.csv", "--set", "districts", "--mapping", "mapping.toml", "--dry-run"];
    let arguments = arguments.map(str::to_owned);
    workspace.write("table.csv", "land,district,v\nAlland,Советский район,1\nBoland,Приморский район,2\n");
    let (code, said) = run(&workspace, &arguments, &[]);
    assert_eq!(code, Some(0), "{said}");
    // The set has no such district of Boland.
    workspace.write("table.csv", "land,district,v\nBoland,Советский район,1\nBoland,Приморский район,2\n");
    let (code, said) = run(&workspace, &arguments, &[]);
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("row 2 \"Советский район\" is A-1 Советский район, and there stands \"Boland\""), "{said}");
}
