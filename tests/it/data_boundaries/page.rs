//! The table of docs/data.md, written from the cases.

use super::{Case, cases};
use std::path::Path;

const BEGIN: &str = "<!-- boundaries: written by tests/it/data_boundaries, INSTA_UPDATE=always updates it -->\n";
const END: &str = "<!-- boundaries: end -->";

fn row(case: &Case) -> String {
    let quoted = |word: &&str| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() };
    let options = case.options.iter().map(quoted).collect::<Vec<_>>().join(" ");
    let options = options.replace("{data}/", "").replace("{own}/", "");
    let mut said: Vec<String> = case.misses.iter().map(|(who, why)| format!("{who} ({})", why.replace('_', " "))).collect();
    said.extend(case.without_polygon.iter().map(|code| format!("{code} (in the crosswalk, no polygon)")));
    let missed = if said.is_empty() { "none".to_owned() } else { said.join(", ") };
    let Case { file, read, taken, repaired, .. } = case;
    format!("| {file} | `{options}` | {taken} of {read} | {repaired} | {missed} |\n")
}

#[test]
fn the_table_of_boundary_files_says_what_the_tests_expect() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let head = "| file | read with | areas taken | mended | missed |\n|---|---|--:|--:|---|\n";
    let table = format!("{BEGIN}{head}{}", cases::ALL.iter().map(row).collect::<String>());
    let (before, rest) = page.split_once(BEGIN).expect("docs/data.md has the mark where the table begins");
    let (_, after) = rest.split_once(END).expect("docs/data.md has the mark where the table ends");
    let expected = format!("{before}{table}{END}{after}");
    if page != expected && std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(&path, &expected).unwrap();
        return;
    }
    assert!(page == expected, "docs/data.md differs from the cases; update it by INSTA_UPDATE=always:\n{table}");
}
