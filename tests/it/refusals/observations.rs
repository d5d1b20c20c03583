//! Statistics files that cannot be taken, wholly or in part.

use super::{Case, says};
use crate::harness::{Workspace, fixture};

const IMPORT: [&str; 7] = ["import", "observations", "given.csv", "--set", "areas", "--mapping", "given.toml"];

/// What is given; what is replaced in the table; what in the mapping; exit code; words.
type Edit = (&'static str, [&'static str; 2], [&'static str; 2], i32, &'static [&'static str]);

const NONE: [&str; 2] = ["", ""];
const EDITS: [Edit; 18] = [
    (
        "a column that is not there",
        NONE,
        ["\"area\"", "\"aera\""],
        1,
        &["given.csv", "no column \"aera\"", "did you mean \"area\"?"],
    ),
    ("a period beyond the table", NONE, ["2021:2022", "2021:2023"], 1, &["given.csv", "\"2023\""]),
    ("a mistyped key", NONE, ["decimal", "decimals"], 1, &["given.toml", "line 1", "did you mean \"decimal\"?"]),
    ("an indicator that is not defined", NONE, ["arrival_rate", "arrival_rat"], 1, &["did you mean \"arrival_rate\"?"]),
    ("a mapping that is no TOML", NONE, ["decimal = ", "decimal "], 1, &["given.toml", "line 1"]),
    (
        "a decimal comma under a decimal point",
        NONE,
        ["decimal = \",\"\n", ""],
        3,
        &[
            "rejected: 2",
            "row 2, column B \"2021\"",
            "\"1 234,5\"",
            "row 3, column C \"2022\"",
            "nothing was stored",
            "--skip-rejects",
        ],
    ),
    ("a number that no double can hold", ["01;1 234,5", "01;1e999"], NONE, 3, &["row 2, column B \"2021\"", "\"1e999\""]),
    ("NaN for a value", ["02;0", "02;NaN"], NONE, 3, &["row 3, column B \"2021\"", "\"NaN\""]),
    ("an undeclared mark", ["03;-", "03;..."], NONE, 3, &["row 4, column B \"2021\"", "\"...\""]),
    ("no row but the heading", ["\n01;1 234,5;7\n02;0;8,25\n03;-;9\n04;12;10", ""], NONE, 1, &["given.csv", "no row"]),
    (
        "a code without its leading zero",
        ["01;", "1;"],
        NONE,
        3,
        &["unmatched: 1", "\"1\"", "01 Northland (leading zeros lost"],
    ),
    (
        "a name with a Cyrillic o",
        ["01;", "N\u{43e}rthland;"],
        NONE,
        3,
        &["unmatched: 1", "01 Northland (look-alike letters"],
    ),
    (
        "a mistyped name",
        ["02;", "Suothland;"],
        NONE,
        3,
        &["unmatched: 1", "nearest: 02 Southland", "--crosswalk FILE:label=code"],
    ),
    ("a foreign name", ["02;", "Zzyzx;"], NONE, 3, &["unmatched: 1", "no such code or name", "areas without a value: 1"]),
    ("two rows that contradict", ["02;0", "01;5;7\n02;0"], NONE, 3, &["CONTRADICTIONS", "01 arrival_rate 2021", "row 3"]),
    ("an empty label", ["02;0", ";0"], NONE, 3, &["rejected: ", "row 3, column A \"area\""]),
    ("a binary file", ["area", "\u{0}\u{1}\u{2}"], NONE, 1, &["given.csv", "binary"]),
    ("an HTML page", ["area", "<html><table>"], NONE, 1, &["given.csv", "an HTML page"]),
];

fn case(edit: &Edit, workspace: &Workspace) -> Case<'static> {
    let (given, [from, to], [from_key, to_key], code, words) = *edit;
    let (table, mapping) = (fixture("rates.csv"), fixture("rates.toml"));
    assert!(table.contains(from) && mapping.contains(from_key), "{given}: there is nothing to replace");
    workspace.write("given.toml", mapping.replacen(from_key, to_key, 1));
    let content = table.replacen(from, to, 1).into_bytes();
    Case { given, file: ("given.csv", content), arguments: IMPORT.to_vec(), code, words }
}

#[test]
fn a_statistics_file_with_a_fault_is_refused_with_place_and_remedy_and_nothing_is_stored() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let before = workspace.state();
    for edit in &EDITS {
        case(edit, &workspace).check(&workspace, &before);
    }
    workspace.write("given.toml", fixture("rates.toml"));
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/intake/sheets.xlsx"), workspace.path("empty.xlsx"))
        .unwrap();
    let good = || fixture("rates.csv").into_bytes();
    for (given, file, replaced, code, words) in [
        ("a file that is not there", ("none.csv", Vec::new()), (2, "none.csv"), 1, &["none.csv"][..]),
        ("a file without a byte", ("blank.csv", b"\n".to_vec()), (2, "blank.csv"), 1, &["blank.csv", "is empty"]),
        ("an empty sheet", ("", Vec::new()), (2, "empty.xlsx"), 1, &["empty.xlsx", "is empty", "data is in \"Data\""]),
        ("a mapping that is not there", ("given.csv", good()), (6, "none.toml"), 1, &["none.toml"]),
        ("an unknown set", ("given.csv", good()), (4, "aeras"), 1, &["no boundary set aeras", "the workspace has areas 1"]),
        ("a malformed set id", ("given.csv", good()), (4, "../areas"), 2, &["--set"]),
    ] {
        let mut arguments = IMPORT.to_vec();
        let (place, argument) = replaced;
        arguments[place] = argument;
        Case { given, file, arguments, code, words }.check(&workspace, &before);
    }
    // What was refused can be imported when it is mended; equal values change nothing.
    let report = workspace.ok(&IMPORT);
    says("the good file", &report, &["matched: 4 of 4", "stored: 0 new, 0 changed, 8 as before"]);
    workspace.ok(&["publish"]);
}

#[test]
fn without_a_mapping_one_is_proposed_and_nothing_is_imported() {
    let workspace = Workspace::invented();
    let before = workspace.state();
    let words = &["Nothing was imported", "decimal = \",\"", "[area]", "# To fill in: "];
    let arguments = IMPORT[..5].to_vec();
    let file = ("given.csv", fixture("rates.csv").into_bytes());
    Case { given: "no mapping", file, arguments, code: 3, words }.check(&workspace, &before);
}

#[test]
fn a_dry_run_reports_and_stores_nothing_and_json_is_json() {
    let workspace = Workspace::invented();
    workspace.write("given.toml", fixture("rates.toml"));
    workspace.write("given.csv", fixture("rates.csv").replace("04;12", "04;13"));
    let before = workspace.state();
    let text = workspace.ok(&[&IMPORT[..], &["--dry-run"]].concat());
    says("a dry run", &text, &["matched: 4 of 4", "dry run: nothing was stored"]);
    let json: serde_json::Value =
        serde_json::from_str(&workspace.ok(&[&IMPORT[..], &["--dry-run", "--json"]].concat())).unwrap();
    assert_eq!((json["labels"].as_u64(), json["matched"].as_array().map(Vec::len)), (Some(4), Some(4)), "{json}");
    let boundaries = ["import", "boundaries", "areas.geojson", "--set", "areas", "--vintage", "2", "--code", "code"];
    let json: serde_json::Value =
        serde_json::from_str(&workspace.ok(&[&boundaries[..], &["--dry-run", "--json"]].concat())).unwrap();
    assert_eq!(json["taken"], 4, "{json}");
    assert!(workspace.state() == before, "a dry run has changed the store");
}

#[test]
fn a_correction_handed_back_imports_all() {
    let workspace = Workspace::invented();
    workspace.write("given.toml", fixture("rates.toml"));
    workspace.write("given.csv", fixture("rates.csv").replace("01;1 234,5", "N\u{43e}rthland;77").replace("04;", "4;"));
    let said = workspace.fails(&[&IMPORT[..], &["--corrections", "mend.csv"]].concat(), 3);
    says("two labels without an area", &said, &["matched: 2 of 4", "unmatched: 2"]);
    let csv = std::fs::read_to_string(workspace.path("mend.csv")).unwrap();
    let mended: Vec<String> = csv.lines().map(fill).collect();
    assert_ne!(csv, mended.join("\n") + "\n");
    workspace.write("mend.csv", mended.join("\n"));
    let said = workspace.ok(&[&IMPORT[..], &["--crosswalk", "mend.csv:label=code"]].concat());
    says("the correction", &said, &["matched: 4 of 4", "stored: 0 new, 1 changed, 7 as before"]);
    workspace.ok(&["publish"]);
    let rates = workspace.serve().get("/values/areas.csv?indicator=arrival_rate&period=2021");
    assert!(rates.text().contains("77"), "{}", rates.text());
}

/// Writes the first candidate's code where the code is empty.
fn fill(line: &str) -> String {
    let cells: Vec<&str> = line.split(',').collect();
    let candidate = cells[2].split(' ').next().unwrap();
    if cells[1].is_empty() { line.replacen(",,", &format!(",{candidate},"), 1) } else { line.to_owned() }
}

#[test]
fn the_rest_is_imported_where_the_operator_says_so() {
    let workspace = Workspace::invented();
    workspace.write("given.toml", fixture("rates.toml"));
    workspace.write("given.csv", fixture("rates.csv").replace("02;0", "02;x").replace("04;12;10", "Zzyzx;12;11"));
    workspace.fails(&IMPORT, 3);
    let said = workspace.ok(&[&IMPORT[..], &["--skip-rejects"]].concat());
    says("skipped", &said, &["rejected: 1", "unmatched: 1", "stored: 0 new, 0 changed, 5 as before"]);
}

/// An import says what its file says, however often and after whatever: the same twice changes nothing, and no period waits for another.
#[test]
fn a_file_imported_twice_changes_nothing_and_periods_come_in_any_order() {
    let year = |year: u32| (format!("{year}.csv"), format!("area;{year}\n01;{}\n02;2\n03;-\n04;4\n", year - 2000));
    let import = |workspace: &Workspace, of: u32| {
        let (name, content) = year(of);
        workspace.write(&name, content);
        let mapping = fixture("rates.toml").replace("2021:2022", &of.to_string());
        workspace.write("year.toml", mapping);
        workspace.ok(&["import", "observations", &name, "--set", "areas", "--mapping", "year.toml"])
    };
    let mut seen = Vec::new();
    for order in [[2019, 2020, 2023], [2023, 2019, 2020]] {
        let workspace = Workspace::invented();
        for of in order {
            says("a new year", &import(&workspace, of), &["stored: 4 new, 0 changed, 0 as before"]);
            let before = workspace.state();
            says("the same again", &import(&workspace, of), &["stored: 0 new, 0 changed, 4 as before"]);
            let after = workspace.state();
            assert!(before.current == after.current, "{of}");
        }
        workspace.ok(&["publish"]);
        let server = workspace.serve();
        let values = server.get("/values/areas.csv?indicator=arrival_rate&period=2019,2020,2021,2022,2023");
        assert_eq!(values.status, 200, "{}", values.text());
        seen.push(values.body);
        let first = workspace.current();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        workspace.ok(&["publish"]);
        server.until("the next release", |server| server.json("/catalog.json")["release"] != first.as_str());
        let again = server.get("/values/areas.csv?indicator=arrival_rate&period=2019,2020,2021,2022,2023");
        assert_eq!(&again.body, seen.last().unwrap(), "another release of the same figures");
    }
    assert_eq!(seen[0], seen[1], "the order is seen in the release");
}
