//! Pages of docs, typed as they stand, in their order, in folders of the test's own: every command ends with 0 and prints what the page
//! says, but for ids, sizes and times.

use crate::{
    harness::{Workspace, block_on},
    postgres::{Cluster, programs},
};
use operator::Operator;
use std::{path::Path, process::Command};

mod operator;
mod transcript;

const OPERATIONS: &str = "docs/operations.md";

/// A page's blocks of commands.
fn blocks(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let page = std::fs::read_to_string(path).unwrap();
    let block = |part: &str| part.split_once("\n```\n").unwrap().0.to_owned();
    page.split("\n```console\n").skip(1).map(block).collect()
}

fn on_postgres(block: &str) -> bool {
    block.contains("postgres://")
}

#[test]
fn an_operator_who_types_the_page_gets_what_it_says_from_the_first_release_to_the_restore() {
    let mut operator = Operator::new(&[]);
    let example = operator.path("home/example");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/it");
    assert!(Command::new("cp").arg("-r").args([&fixtures, &example]).status().unwrap().success());
    let typed: usize = blocks(OPERATIONS).iter().filter(|block| !on_postgres(block)).map(|block| operator.walk(block)).sum();
    assert!(typed >= 20, "{typed} commands: has the page another form?");
}

#[test]
fn an_operator_on_postgresql_who_types_the_page_gets_a_copy_back() {
    let Some(cluster) = Cluster::shared() else { return };
    let (url, restored) = (block_on(cluster.database()), block_on(cluster.database()));
    let workspace = Workspace::invented_on(Some(url.clone()));
    workspace.ok(&["publish"]);
    let page = "postgres://choro@db.example.org/";
    let mut operator = Operator::new(&[(format!("{page}choro"), url), (format!("{page}restored"), restored)]);
    operator.find_programs_in(&programs().unwrap());
    let folder = operator.path("var/lib/choro");
    assert!(Command::new("cp").arg("-a").args([&workspace.path(""), &folder]).status().unwrap().success());
    let typed: usize = blocks(OPERATIONS).iter().filter(|block| on_postgres(block)).map(|block| operator.walk(block)).sum();
    assert!(typed >= 5, "{typed} commands: has the page another form?");
}

#[test]
fn a_newcomer_with_data_of_their_own_who_types_the_page_gets_what_it_says() {
    const PAGE: &str = "docs/second-data-set.md";
    let mut operator = Operator::new(&[]);
    let example = operator.path("home/example");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/second");
    assert!(Command::new("cp").arg("-r").args([&fixtures, &example]).status().unwrap().success());
    let typed: usize = blocks(PAGE).iter().map(|block| operator.walk(block)).sum();
    assert!(typed >= 10, "{typed} commands: has the page another form?");
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap();
    let mapping = std::fs::read_to_string(fixtures.join("arrivals.toml")).unwrap();
    let said = |text: &str| text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    assert!(said(&page).contains(said(&mapping).trim_end()), "the page shows the mapping as it is");
}
