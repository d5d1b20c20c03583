//! The table of docs/security.md, written from `attacks`, and those attacks that no other topic has.

use crate::{
    harness::{Server, Workspace},
    written::{self, Page},
};
use attacks::{ATTACKS, Attack};

mod attacks;
mod code;
mod evil;
mod opened;
mod packages;
mod surface;
mod wire;

const PAGE: Page = Page { file: "docs/security.md", by: "tests/it/security" };

fn row(attack: &Attack) -> String {
    let Attack { number, what, defence, tests } = attack;
    format!("| {number} | {what} | {defence} | {} |\n", written::cell(tests))
}

/// Attacks that there is something to attack for, and the others.
fn tables() -> [String; 2] {
    let of = |applies: bool, head: &str| {
        let rows = ATTACKS.iter().filter(|attack| attack.tests.is_empty() != applies);
        format!("\n{head}") + &rows.map(row).collect::<String>() + "\n"
    };
    [
        of(true, "| | attack | what stands against it | tests |\n|--:|---|---|---|\n"),
        of(false, "| | attack | why it does not apply, and what would bring it | |\n|--:|---|---|---|\n"),
    ]
}

#[test]
fn the_page_of_security_holds_every_attack() {
    let [attacks, absent] = tables();
    PAGE.holds("attacks", &attacks);
    PAGE.holds("absent", &absent);
}

#[test]
fn every_test_that_the_page_names_is_there_and_no_attack_is_left_out() {
    let numbers: Vec<u8> = ATTACKS.iter().map(|attack| attack.number).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    for (attack, test) in ATTACKS.iter().flat_map(|attack| attack.tests.iter().map(move |test| (attack.number, test))) {
        assert!(written::is_there(test), "attack {attack}: there is no test {test}: correct tests/it/security/attacks.rs");
    }
}

fn served() -> (Workspace, Server) {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    (workspace, server)
}

const SELECTION: &str = "indicator=arrival_rate&period=2021";

/// A good address of each kind of answer.
fn addresses() -> Vec<String> {
    [
        format!("/tiles/areas/WebMercatorQuad/0/0/0.mvt?{SELECTION}"),
        format!("/tiles/areas/WebMercatorQuad.json?{SELECTION}"),
        format!("/values/areas.json?{SELECTION}"),
        format!("/values/areas.csv?{SELECTION}"),
        format!("/areas/areas.geojson?{SELECTION}"),
        format!("/areas/areas.gpkg?{SELECTION}"),
        format!("/styles/choropleth.json?set=areas&grid=WebMercatorQuad&{SELECTION}"),
        format!("/picture.svg?set=areas&{SELECTION}"),
        format!("/?set=areas&{SELECTION}"),
        format!("/embed?set=areas&{SELECTION}"),
        "/legends/arrival_rate.json?set=areas&period=2021".to_owned(),
        "/areas/areas.json".to_owned(),
        "/areas/areas/01".to_owned(),
        "/catalog.json".to_owned(),
        "/openapi.json".to_owned(),
        "/health/live".to_owned(),
    ]
    .into()
}
