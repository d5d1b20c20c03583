//! The tables of docs/reliability.md, between their marks. That of the faults is written from `faults` and must agree with it.
//! Figures differ from machine to machine: they are written only where `CHORO_TEST_NUMBERS` names the folder of a run of tests.

use crate::{
    numbers,
    written::{self, Page},
};
use faults::{FAULTS, Fault};

mod faults;

const PAGE: Page = Page { file: "docs/reliability.md", by: "tests/it/reliability" };

fn row(fault: &Fault) -> String {
    let Fault { number, what, made, holds, tests } = fault;
    format!("| {number} | {what} | {made} | {holds} | {} |\n", written::cell(tests))
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

#[test]
fn the_page_of_reliability_holds_the_faults_that_are_tested() {
    PAGE.holds("faults", &table());
    if let Some(figures) = figures().filter(|_| written::is_asked_for()) {
        PAGE.write("figures", &figures);
    }
}

#[test]
fn every_test_that_the_page_names_is_there() {
    for (fault, test) in FAULTS.iter().flat_map(|fault| fault.tests.iter().map(move |test| (fault.number, test))) {
        assert!(written::is_there(test), "fault {fault}: there is no test {test}: correct tests/it/reliability/faults.rs");
    }
}
