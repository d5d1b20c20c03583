//! The table of docs/data.md, between its marks. It is written from `expected`, to which the tests hold every file.

use super::{FILES, File, refused::REFUSED};
use std::path::Path;

const BEGIN: &str = "<!-- statistics: written by tests/it/data_tables -->";
const END: &str = "<!-- statistics: end -->";

fn table() -> String {
    let mut page = "| file | boundary set | areas that join | observations | to know |\n|---|---|--:|--:|---|\n".to_owned();
    for file in FILES {
        page += &row(file);
    }
    page += "\nEvery label that has no area:\n";
    let mut last: Option<&File> = None;
    for file in FILES.into_iter().filter(|file| !file.misses.is_empty()) {
        if last.is_some_and(|last| last.misses == file.misses) {
            continue;
        }
        page += &format!("\n- {}, `{}`: {}\n", file.set.id(), file.name, file.misses.join(", "));
        last = Some(file);
    }
    page += "\nFiles that do not reach a map, as `choro import observations FILE --dry-run` tells it:\n\n";
    page += "| file | exit code | what it says |\n|---|--:|---|\n";
    for (file, code, words) in REFUSED {
        page += &format!("| `{file}` | {code} | {} |\n", words.join("; "));
    }
    page
}

fn row(file: &File) -> String {
    let besides = |count: usize, what: &str| if count > 0 { format!(", {count} {what}") } else { String::new() };
    let besides = besides(file.restored, "by a restored code") + &besides(file.joint, "row of two areas");
    let (name, set, matched, labels) = (file.name, file.set.id(), file.matched, file.labels());
    format!("| `{name}` | {set} | {matched} of {labels}{besides} | {} | {} |\n", file.observations, file.note)
}

/// `INSTA_UPDATE=always` writes the table, as it does snapshots.
#[test]
fn the_page_of_data_holds_the_measured_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("docs/data.md has the mark where the table begins");
    let (found, after) = rest.split_once(END).expect("docs/data.md has the mark where the table ends");
    let expected = format!("\n\n{}\n", table());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
    } else {
        assert_eq!(found, expected, "docs/data.md differs from what the tests measure: INSTA_UPDATE=always writes it");
    }
}
