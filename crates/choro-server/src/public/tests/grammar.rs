//! What stands twice, here and in the page's TypeScript, is written from here: constants as `web/src/state/grammar.ts`, rules as
//! cases that the page's tests go through (`web/tests/state/cases.json`). `INSTA_UPDATE=always` writes both anew.

use crate::{
    public::{openapi::document, router::endpoints, values_in_queries::MAX_PERIODS},
    serving::{
        Camera,
        grammar::{DRAWN, MOST_VALUES, MapView, OWN, SHOWS, VERSION, difference},
        testing,
    },
};
use choro_carto::drawing::{Form, Size};
use choro_figures::classify::{ClassCount, ManualBreaks, Method, PaletteId, Scope, palettes};
use choro_model::{
    Cell, Lang, RESERVED_NAMES, State,
    grid::{EQUAL_AREA, MAX_ZOOM, is_equal_area},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, str::FromStr};

/// A file that must say `made`.
fn check_file(path: &str, made: &str) {
    let path = format!("{}/../../web/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(&path, made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "{path} is stale: run this test with INSTA_UPDATE=always");
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("'{name}'")).collect();
    format!("[{}] as const", quoted.join(", "))
}

#[test]
fn the_page_has_the_grammar_of_addresses_from_here() {
    let head = "// Made of the server's own types by a test of it; not to be edited:\n\
                // INSTA_UPDATE=always cargo test --workspace --lib -- grammar\n";
    let constants = [
        (
            "Parameters of a map's address, of the page, of frames and of pictures.",
            "PARAMETERS",
            list([&DRAWN[..], &OWN].concat()),
        ),
        ("The version of these parameters.", "VERSION", format!("'{VERSION}'")),
        ("How breaks are found; the first is the usual one.", "METHODS", list(Method::ALL.map(Method::as_str))),
        ("Which values breaks come from; the first is the usual one.", "SCOPES", list(Scope::ALL.map(Scope::as_str))),
        ("How values are shown.", "FORMS", list(Form::ALL.map(Form::as_str))),
        ("What the page shows; the first is the usual one.", "SHOWS", list(SHOWS)),
        ("Sizes of pictures; the first is the usual one.", "SIZES", list(Size::ALL.map(Size::as_str))),
        ("Palettes by their ids.", "PALETTES", list(palettes().iter().map(|palette| palette.id))),
        (
            "How many classes there may be.",
            "CLASSES",
            format!(
                "{{ least: {}, most: {}, usual: {} }} as const",
                ClassCount::LEAST,
                ClassCount::MOST,
                ClassCount::default()
            ),
        ),
        ("The most breaks of one's own.", "MOST_BREAKS", ManualBreaks::MOST.to_string()),
        ("The most periods, or ranges of periods, that one question names.", "MOST_PERIODS", MAX_PERIODS.to_string()),
        ("The most values of an answer of more periods.", "MOST_VALUES", MOST_VALUES.to_string()),
        (
            "How far the middle of a map lies from 0, 0 at most, in degrees, and its greatest zoom.",
            "FARTHEST",
            format!("{{ lon: {}, lat: {}, zoom: {MAX_ZOOM} }} as const", Camera::MOST_LON, Camera::MOST_LAT),
        ),
        ("Projections of PROJ that keep the ratios between areas.", "EQUAL_AREA", list(EQUAL_AREA)),
    ];
    let lines = constants.map(|(about, name, value)| format!("\n/** {about} */\nexport const {name} = {value};\n"));
    check_file("src/state/grammar.ts", &format!("{head}{}", lines.concat()));
}

#[test]
fn the_page_has_cases_of_the_grammar_and_of_other_rules_from_here() {
    let cases = json!({
        "values": {
            "method": read::<Method>(&["quantile", "manual", "Quantile", "jenks"]),
            "classes": read::<ClassCount>(&["3", "9", "2", "10", "05", "+5", "5.0", "five"]),
            "breaks": read::<ManualBreaks>(&[
                "1", "1,2.5", "-3,0,1e3", "1,2,3,4,5,6,7,8", "1,2,3,4,5,6,7,8,9", "2,1", "1,1", "1,", ",1", "1;2", "+1", "1e999", "NaN",
                "0x10", "1 ,2", "-", "1e", ".5,1.",
            ]),
            "scope": read::<Scope>(&["all", "period", "none"]),
            "palette": read::<PaletteId>(&["blues", "blue-red", "red-blue", "Blues"]),
            "at": read::<Camera>(&[
                "37.6,55.7,4", "-360,-90,0", "360,90,22", "361,0,1", "0,91,1", "0,0,23", "0,0,-1", "1,2", "1,2,3,4", "1,,3", "a,2,3",
                "1e1,2,3", "+1,2,3", " 1,2,3", "0x1,2,3", "Infinity,2,3", "NaN,2,3", ".5,5.,1",
            ]),
        },
        "differences": differences(),
        "equal_area": equal_area(),
    });
    check_file("tests/state/cases.json", &(serde_json::to_string_pretty(&cases).unwrap() + "\n"));
}

/// Whether each text is a value of a parameter.
fn read<T: FromStr>(texts: &[&str]) -> Map<String, Value> {
    texts.iter().map(|text| ((*text).to_owned(), text.parse::<T>().is_ok().into())).collect()
}

/// The later cell, the earlier one, and the difference.
fn differences() -> Vec<[Value; 3]> {
    let cells = [Cell::Value(5.0), Cell::Value(-0.5)].into_iter().chain(State::ALL.map(Cell::State));
    let cells: Vec<Cell> = cells.collect();
    let json = |cell: Cell| match cell {
        Cell::Value(number) => json!(number),
        Cell::State(state) => json!(state),
    };
    let pairs = cells.iter().flat_map(|after| cells.iter().map(|before| (*after, *before)));
    pairs.map(|(after, before)| [json(after), json(before), json(difference((after, before)))]).collect()
}

fn equal_area() -> Map<String, Value> {
    let crs =
        ["+proj=aea +lat_1=52", "+units=m +proj=laea", "+proj=merc", "+proj=laeax", "+proj=eqearth", "+proj=lcc +lat_1=1"];
    crs.map(|crs| (crs.to_owned(), is_equal_area(crs).into())).into_iter().collect()
}

fn names(parameters: &Value, place: &str) -> BTreeSet<String> {
    let found = parameters.as_array().into_iter().flatten().filter(|parameter| parameter["in"] == place);
    found.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_document_has_the_parameters_of_an_address_and_reserves_what_stands_beside_dimensions() {
    let document = serde_json::to_value(document(&endpoints())).unwrap();
    let parameters = |path: &str| &document["paths"][path]["get"]["parameters"];
    let of_address: BTreeSet<String> = [&DRAWN[..], &OWN, &["dimensions"]].concat().into_iter().map(str::to_owned).collect();
    assert_eq!(names(parameters("/embed"), "query"), of_address);
    let reserved: BTreeSet<String> = RESERVED_NAMES.map(str::to_owned).into();
    let mut all = BTreeSet::new();
    for path in document["paths"].as_object().unwrap().keys() {
        let mut query = names(parameters(path), "query");
        all.extend(query.union(&names(parameters(path), "path")).cloned());
        if query.remove("dimensions") {
            assert!(query.is_subset(&reserved), "{path}: {query:?}");
        }
    }
    assert!(reserved.is_subset(&all), "{reserved:?}");
}

#[test]
fn every_parameter_of_what_is_drawn_is_read() {
    let (_dir, server) = testing::server();
    for name in DRAWN {
        let query = [(name.to_owned(), "?".to_owned())];
        let (_, strange) = MapView::read(&server.current(), &query, &Lang::new("en").unwrap()).unwrap();
        assert_eq!(strange, query, "{name}");
    }
}
