//! Tables that were cut off on their way.

use super::says;
use crate::harness::Workspace;

const IMPORT: [&str; 7] = ["import", "observations", "given.csv", "--set", "areas", "--mapping", "given.toml"];
const WHOLE: &str = "area;2021;2022\n01;1234,50;7,25\n02;100,00;8,25\n03;250,75;9,00\n04;12,00;10,50\n";
const MAPPING: &str = r#"
decimal = ","
area = { column = "area" }
indicator = { value = "arrival_rate" }
period = { header_row = 1 }
value = { columns = ["2021:2022"] }
"#;

fn workspace() -> Workspace {
    let workspace = Workspace::invented();
    workspace.write("given.toml", MAPPING);
    workspace
}

#[test]
fn a_table_cut_anywhere_is_asked_about_or_refused_and_nothing_of_it_is_stored() {
    let workspace = workspace();
    workspace.write("given.csv", WHOLE);
    workspace.ok(&IMPORT);
    let before = workspace.state();
    // Thirty places, among them every line end and every cell of the last lines.
    let line_ends = WHOLE.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < WHOLE.len());
    let cuts: std::collections::BTreeSet<usize> =
        line_ends.chain(WHOLE.len() - 28..WHOLE.len()).chain([1, 20, 31]).collect();
    assert!(cuts.len() >= 30, "{cuts:?}");
    for cut in cuts {
        workspace.write("given.csv", &WHOLE[..cut]);
        let output = workspace.run(&IMPORT);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(1 | 3..=5)), "cut at {cut}: {said}");
        assert!(workspace.state() == before, "cut at {cut} has changed the store: {said}");
        if output.status.code() != Some(1) {
            says("a cut", &said, &["DOUBTS", "nothing was stored"]);
        }
    }
}

#[test]
fn each_doubt_is_named_and_the_import_goes_on_where_it_is_accepted() {
    let workspace = workspace();
    workspace.write("given.csv", WHOLE);
    workspace.ok(&IMPORT);
    let last = "04;12,00;10,50\n";
    for (given, table, names) in [
        ("no end of the last line", WHOLE.trim_end().to_owned(), "no-line-end"),
        ("a cut value", WHOLE.replace(last, "04;12,00;10,5"), "no-line-end,short-value"),
        ("a cut row", WHOLE.replace(last, "04;12,00"), "no-line-end,short-row"),
        ("a quote that never closes", WHOLE.replace(last, "04;12,00;\"10,50\n"), "open-quote"),
        ("a row less", WHOLE.replace(last, ""), "fewer-rows,fewer-areas"),
    ] {
        workspace.write("given.csv", &table);
        let before = workspace.state();
        let said = workspace.fails(&IMPORT, 5);
        says(given, &said, &["DOUBTS", &format!("go on by --accept {names}")]);
        assert!(workspace.state() == before, "{given}");
        let dry = workspace.fails(&[&IMPORT[..], &["--dry-run"]].concat(), 5);
        says(given, &dry, &["DOUBTS", "dry run"]);
        let said = workspace.ok(&[&IMPORT[..], &["--accept", names]].concat());
        says(given, &said, &["DOUBTS", "stored: "]);
        // What was accepted is the state from which the next file is looked at.
        workspace.write("given.csv", WHOLE);
        workspace.ok(&IMPORT);
    }
    workspace.write("given.csv", WHOLE.replace(last, "05;1,00;1,00\n"));
    says("another area", &workspace.fails(&IMPORT, 3), &["unmatched: 1", "nothing was stored: mend"]);
    let said = workspace.fails(&[&IMPORT[..], &["--accept", "no-line-ends"]].concat(), 2);
    says("a doubt that there is not", &said, &["no-line-ends", "did you mean no-line-end?"]);
    let json = workspace.run(&[&IMPORT[..5], &["--mapping", "given.toml", "--json"]].concat());
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["doubts"], serde_json::json!([]), "{report}");
}
