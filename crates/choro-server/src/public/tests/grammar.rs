//! What stands twice, here and in the page's TypeScript, is written from here: constants as `web/src/state/grammar.ts`, rules as
//! cases that the page's tests go through (`web/tests/state/cases.json`). `INSTA_UPDATE=always` writes both anew.

use crate::{
    public::{openapi::document, router::endpoints, values_in_queries::MAX_PERIODS},
    serving::{
        Camera, MOST_VALUES,
        grammar::{DRAWN, MapView, OWN, SHOWS, VERSION, check_periods, difference},
        testing,
    },
};
use choro_carto::{
    drawing::{Form, Size},
    style::NumberForm,
};
use choro_figures::classify::{ClassCount, ManualBreaks, Method, PaletteId, Scope, palettes};
use choro_model::{
    Cell, FOREIGN_BEGINNINGS, FOREIGN_NAMES, Lang, Period, RESERVED_NAMES, State,
    grid::{EQUAL_AREA, MAX_ZOOM, is_equal_area},
    is_foreign,
    words::words,
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
        ("Parameters of others, which are ignored.", "FOREIGN_NAMES", list(FOREIGN_NAMES)),
        ("Beginnings of names of such parameters.", "FOREIGN_BEGINNINGS", list(FOREIGN_BEGINNINGS)),
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
        "numbers": numbers(),
        "periods": periods(),
        "equal_area": equal_area(),
        "foreign": foreign(),
        "addresses": addresses(),
    });
    check_file("tests/state/cases.json", &(serde_json::to_string_pretty(&cases).unwrap() + "\n"));
}

/// Whether each text is a value of a parameter.
fn read<T: FromStr>(texts: &[&str]) -> Map<String, Value> {
    texts.iter().map(|text| ((*text).to_owned(), text.parse::<T>().is_ok().into())).collect()
}

/// The later cell, the earlier one, and the difference.
fn differences() -> Vec<[Value; 3]> {
    let numbers = [78.8, 78.7, -0.5, 0.1, 0.3, 1e15, 1e-13, 1e308, -1e308];
    let cells = numbers.map(Cell::Value).into_iter().chain(State::ALL.map(Cell::State));
    let cells: Vec<Cell> = cells.collect();
    let json = |cell: Cell| match cell {
        Cell::Value(number) => json!(number),
        Cell::State(state) => json!(state),
    };
    let pairs = cells.iter().flat_map(|after| cells.iter().map(|before| (*after, *before)));
    pairs.map(|(after, before)| [json(after), json(before), json(difference((after, before)))]).collect()
}

/// A number, its decimals, limits that it keeps its side of, whether it has a plus sign, the language, and what is printed.
fn numbers() -> Vec<Value> {
    let numbers: [(f64, u8, &[f64]); 34] = [
        (9.95, 1, &[]),
        (9.95, 1, &[10.0]),
        (9.96, 1, &[5.0, 10.0]),
        (9.999_999, 0, &[10.0]),
        (10.04, 1, &[10.0]),
        (1.005, 2, &[]),
        (-0.25, 1, &[]),
        (2.5, 0, &[]),
        (-2.5, 0, &[]),
        (0.0, 1, &[]),
        (-0.0, 1, &[]),
        (0.04, 1, &[]),
        (-0.04, 1, &[]),
        (-0.0009, 0, &[]),
        (0.096, 0, &[]),
        (0.5, 0, &[]),
        (0.05, 1, &[0.05]),
        (1234.56, 1, &[]),
        (-1_234_567.891, 2, &[]),
        (123_456_789_012_345.6, 1, &[]),
        (999_999_999_999_999.0, 0, &[]),
        (1e15, 0, &[]),
        (-1e15, 2, &[]),
        (1_234_567_890_123_456.0, 0, &[]),
        (9.9999e20, 0, &[]),
        (1e300, 0, &[]),
        (f64::MAX, 0, &[]),
        (1e-13, 1, &[]),
        (-1.234_56e-13, 1, &[]),
        (1.234_56e-13, 1, &[1.235e-13]),
        (9.999_999e-7, 1, &[]),
        (0.000_001, 1, &[]),
        (5e-324, 1, &[]),
        (2.0, 13, &[]),
    ];
    let languages = ["en", "ru"].map(|lang| Lang::new(lang).unwrap());
    let printed = |(value, decimals, limits): (f64, u8, &[f64]), signed, lang: &Lang| {
        json!([value, decimals, limits, signed, lang, NumberForm { decimals, limits, signed, lang }.print(value)])
    };
    let of = |number| languages.iter().map(move |lang| printed(number, lang.as_str() == "en", lang));
    numbers.into_iter().flat_map(of).collect()
}

/// Periods in order, their kinds and names, and which can be compared.
fn periods() -> Value {
    let mut periods: Vec<Period> = [
        "2013",
        "2014",
        "2014-S1",
        "2014-S2",
        "2014-T1",
        "2014-T2",
        "2014-T3",
        "2014-Q1",
        "2014-Q2",
        "2014-Q3",
        "2014-Q4",
        "2013-12",
        "2014-01",
        "2014-02",
        "2014-05",
        "2014-08",
        "2014-12",
        "2013-W52",
        "2014-W01",
        "2014-W05",
        "2015-W01",
        "2015-W53",
        "2014-01-01",
        "2014-02-03",
        "2014-07-09",
        "2013-12-30",
    ]
    .map(|text| text.parse().unwrap())
    .into();
    let kind = |period: &Period| format!("{:?}", period.kind()).to_lowercase();
    let kinds: Map<String, Value> = periods.iter().map(|period| (period.to_string(), kind(period).into())).collect();
    let names = |lang: &str| -> Map<String, Value> {
        let words = words(&Lang::new(lang).unwrap());
        periods.iter().map(|period| (period.to_string(), words.period_name(*period).into())).collect()
    };
    let names = json!({"en": names("en"), "ru": names("ru")});
    let pairs = periods.iter().take(8).flat_map(|from| periods.iter().take(8).map(move |to| (*from, *to)));
    let compared: Vec<Value> = pairs.map(|(from, to)| json!([from, to, check_periods(from, to).is_ok()])).collect();
    periods.sort_unstable();
    json!({"sorted": periods, "kinds": kinds, "names": names, "compared": compared})
}

fn equal_area() -> Map<String, Value> {
    let crs =
        ["+proj=aea +lat_1=52", "+units=m +proj=laea", "+proj=merc", "+proj=laeax", "+proj=eqearth", "+proj=lcc +lat_1=1"];
    crs.map(|crs| (crs.to_owned(), is_equal_area(crs).into())).into_iter().collect()
}

/// Whether a parameter of each name is foreign.
fn foreign() -> Map<String, Value> {
    let near = ["", "ref", "utm", "utm_source", "utm_", "mtm_campaign", "FBCLID", "childid", "set", "period", "sex", "vv"];
    let names = FOREIGN_NAMES.into_iter().chain(near);
    names.map(|name| (name.to_owned(), is_foreign(name).into())).collect()
}

/// A catalogue in which not every period has values at every code, addresses of it, and what each means: the period, the earlier one, the
/// codes, and what is not understood.
fn addresses() -> Value {
    let (_dir, server) = testing::moved();
    let release = server.current();
    let mut catalog = serde_json::to_value(release.catalog()).unwrap();
    // It is made of the content of files, which is another matter.
    catalog["release"] = json!("r");
    let read = |query: &&str| {
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let (view, strange) = MapView::read(&release, &pairs, &Lang::new("en").unwrap()).unwrap();
        let strange: BTreeSet<String> = strange.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        // What a page would show is there: no address leads to a page of an error.
        let codes = view.subject(&release).unwrap().selection.codes;
        json!({"query": query, "period": view.period, "from": view.from, "codes": codes, "strange": strange})
    };
    let queries = [
        "",
        "period=2013",
        "period=2014&sex=_T",
        "period=2014&from=2013",
        "period=2014&from=2012",
        "period=2014&from=2011",
        "period=2014&from=2011&sex=M",
        "period=2014&from=2012&sex=_T",
        "period=2014&from=2009",
        "period=2012&from=2014",
        "period=2013&from=2012",
        "period=2013&from=2012&sex=F",
        "period=2014&from=1999",
    ];
    json!({"catalog": catalog, "read": queries.iter().map(read).collect::<Vec<_>>()})
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
    assert!(of_address.iter().all(|name| !is_foreign(name)), "what is ignored is no parameter");
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
