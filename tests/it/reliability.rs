//! The tables of docs/reliability.md, between their marks. That of the faults is written from `faults` and must agree with it.
//! Figures differ from machine to machine: they are written only where `CHORO_TEST_NUMBERS` names the folder of a run of tests.

use crate::numbers;
use faults::{FAULTS, Fault};
use std::path::{Path, PathBuf};

mod faults;

/// What stands between two marks of the page, and the page around it.
fn part<'a>(page: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
    let (begin, end) = (format!("<!-- {name}: written by tests/it/reliability -->\n"), format!("<!-- {name}: end -->"));
    let start = page.find(&begin).unwrap_or_else(|| panic!("docs/reliability.md lacks {begin}")) + begin.len();
    let stop = start + page[start..].find(&end).unwrap_or_else(|| panic!("docs/reliability.md lacks {end}"));
    (&page[..start], &page[start..stop], &page[stop..])
}

fn row(fault: &Fault) -> String {
    let Fault { number, what, made, holds, tests } = fault;
    let tests = tests.iter().map(|test| format!("`{test}`")).collect::<Vec<_>>().join(", ");
    format!("| {number} | {what} | {made} | {holds} | {tests} |\n")
}

fn table() -> String {
    let head = "\n| | fault | how it is made | what must hold | tests |\n|--:|---|---|---|---|\n".to_owned();
    head + &FAULTS.iter().map(row).collect::<String>() + "\n"
}

/// `None`: nobody asked for them.
fn figures() -> Option<String> {
    let kept = numbers::kept()?;
    let row = |((fault, name), value): (&(u8, String), &String)| format!("| {fault} | {name} | {value} |\n");
    Some("\n| | what | measured |\n|--:|---|---|\n".to_owned() + &kept.iter().map(row).collect::<String>() + "\n")
}

/// `INSTA_UPDATE=always` writes the page, as it does snapshots.
#[test]
fn the_page_of_reliability_holds_the_faults_that_are_tested() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, found, after) = part(&page, "faults");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let mut page = format!("{before}{}{after}", table());
        if let Some(figures) = figures() {
            let (before, _, after) = part(&page, "figures");
            page = format!("{before}{figures}{after}");
        }
        std::fs::write(&path, page).unwrap();
        return;
    }
    assert_eq!(
        found,
        table(),
        "docs/reliability.md differs from tests/it/reliability/faults.rs: INSTA_UPDATE=always writes it"
    );
}

#[test]
fn every_test_that_the_page_names_is_there() {
    for fault in FAULTS {
        for test in fault.tests {
            let (module, name) = test.rsplit_once("::").unwrap();
            let file = file(module);
            let code = std::fs::read_to_string(&file).unwrap();
            let there = code.contains(&format!("#[test]\nfn {name}()"));
            assert!(
                there,
                "fault {}: {} has no test {name}: correct tests/it/reliability/faults.rs",
                fault.number,
                file.display()
            );
        }
    }
}

fn file(module: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(module.replace("::", "/")).with_extension("rs")
}
