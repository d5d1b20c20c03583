//! Tables as offices write them, each through the program: what is asked about, with which exit code, what must not be said, and the
//! figures that are stored once somebody has typed what the report says.

mod doubts;
mod earlier;
mod good;
mod periods;
mod remedies;

use crate::harness::{Workspace, block_on};
use choro_store::Store;
use std::{collections::BTreeMap, path::Path};

/// A table, and what is right for it.
struct Case {
    /// What is tried, for messages.
    given: &'static str,
    table: Table,
    set: &'static str,
    /// A file of the fixtures, or a mapping itself; empty: none.
    mapping: &'static str,
    arguments: &'static [&'static str],
    /// The exit code of a dry run.
    code: i32,
    /// What the report must say.
    says: &'static [&'static str],
    /// What it must not say.
    says_not: &'static [&'static str],
    /// Lines of the report that are typed into the mapping before the table is imported.
    typed: &'static [&'static str],
    /// Further arguments of the import.
    then: &'static [&'static str],
    /// What is stored then: `AREA INDICATOR PERIOD CODES` and the figure. Empty: the import is not tried.
    stored: &'static [(&'static str, f64)],
}

/// A table.
enum Table {
    /// A file of the fixtures.
    Fixture(&'static str),
    /// Its content, as a file of this name.
    Text(&'static str, &'static str),
}

/// Nothing but what a case says.
const CASE: Case = Case {
    given: "",
    table: Table::Fixture(""),
    set: "north",
    mapping: "",
    arguments: &[],
    code: 0,
    says: &[],
    says_not: &[],
    typed: &[],
    then: &[],
    stored: &[],
};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/field")).join(name)
}

/// A workspace with the indicators and one of the sets.
fn workspace(set: &str) -> Workspace {
    let workspace = Workspace::new(&std::fs::read_to_string(fixture("indicators.toml")).unwrap());
    import_set(&workspace, set, &["--code", "code", "--name", "name"]);
    workspace
}

fn import_set(workspace: &Workspace, set: &str, fields: &[&str]) {
    let file = fixture("sets").join(format!("{set}.geojson")).display().to_string();
    workspace.ok(&[&["import", "boundaries", &file, "--set", set, "--vintage", "2020"], fields].concat());
}

/// Writes the table and the mapping of a case; the arguments that import it.
fn import(workspace: &Workspace, case: &Case, mapping: &str) -> Vec<String> {
    let name = match &case.table {
        Table::Fixture(name) => {
            std::fs::copy(fixture(name), workspace.path(name)).unwrap();
            *name
        }
        Table::Text(name, text) => {
            workspace.write(name, text);
            *name
        }
    };
    let mut arguments = ["import", "observations", name, "--set", case.set].map(str::to_owned).to_vec();
    if !mapping.is_empty() {
        workspace.write("mapping.toml", mapping);
        arguments.extend(["--mapping", "mapping.toml"].map(str::to_owned));
    }
    arguments.extend(case.arguments.iter().map(|argument| (*argument).to_owned()));
    arguments
}

fn run(workspace: &Workspace, arguments: &[String], more: &[&str]) -> (Option<i32>, String) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
    let output = workspace.run(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), said)
}

fn check(case: &Case) {
    let workspace = workspace(case.set);
    let mapping = if case.mapping.ends_with(".toml") {
        std::fs::read_to_string(fixture(case.mapping)).unwrap()
    } else {
        case.mapping.to_owned()
    };
    let arguments = import(&workspace, case, &mapping);
    let (code, said) = run(&workspace, &arguments, &["--dry-run"]);
    assert_eq!(code, Some(case.code), "{}\n{said}", case.given);
    assert!(!said.contains("panicked"), "{}\n{said}", case.given);
    for word in case.says.iter().chain(case.typed) {
        assert!(said.contains(word), "{}: {word:?} is not said\n{said}", case.given);
    }
    for word in case.says_not {
        assert!(!said.contains(word), "{}: {word:?} is said\n{said}", case.given);
    }
    assert_eq!(stored(&workspace, case.set), expected(&[]), "{}: a dry run has stored something", case.given);
    if case.stored.is_empty() {
        return;
    }
    let mended = case.typed.iter().fold(mapping, |mapping, line| typed(&mapping, line));
    let arguments = import(&workspace, case, &mended);
    let (code, said) = run(&workspace, &arguments, case.then);
    assert_eq!(code, Some(0), "{}: after {:?}\n{said}", case.given, case.typed);
    assert_eq!(stored(&workspace, case.set), expected(case.stored), "{}\n{said}", case.given);
}

/// A mapping with a line of a report typed into it: `period.values = { .. }` belongs into the table `period`.
fn typed(mapping: &str, line: &str) -> String {
    let mut table: toml::Table = mapping.parse().unwrap();
    merge(&mut table, line.parse().unwrap());
    table.to_string()
}

fn merge(table: &mut toml::Table, more: toml::Table) {
    for (key, value) in more {
        match (table.get_mut(&key), value) {
            (Some(toml::Value::Table(known)), toml::Value::Table(more)) => merge(known, more),
            (_, value) => drop(table.insert(key, value)),
        }
    }
}

fn expected(list: &[(&str, f64)]) -> BTreeMap<String, f64> {
    list.iter().map(|(place, figure)| ((*place).to_owned(), *figure)).collect()
}

/// Every stored figure, by area, indicator, period and codes.
fn stored(workspace: &Workspace, set: &str) -> BTreeMap<String, f64> {
    block_on(async {
        let store = Store::open(&workspace.place(), false).await.unwrap();
        let set = set.parse().unwrap();
        let mut figures = BTreeMap::new();
        for series in store.columns(&set).await.unwrap() {
            let observations = store.observations(&set, &series.indicator, series.period).await.unwrap();
            for of in observations.into_iter().filter(|of| of.codes == series.codes) {
                let codes: String = of.codes.iter().map(|code| format!(" {code}")).collect();
                let Some(figure) = of.cell.number() else { continue };
                figures.insert(format!("{} {} {}{codes}", of.area, of.indicator, of.period), figure);
            }
        }
        store.close().await;
        figures
    })
}
