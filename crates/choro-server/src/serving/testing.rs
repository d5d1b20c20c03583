//! A small release for tests: four areas of one set, of which B crosses 180 degrees and D has no polygon.

use super::{AnswerOptions, ReleaseServer, ReleasesLocation};
use choro_bundle::{BoundaryInput, Build, BundleError, ColumnReliability, Origin, ValuesInput, ZoomRange, point_to};
use choro_figures::disclosure::{UnprotectedColumn, UnprotectedTable, protect_alone};
use choro_model::{
    Area, AreaCode, BoundarySet, Cell, Figure, GridId, Indicator, Kind, Lang, Names, ObsStatus, ReleaseId, Reliability,
    Selection, SetId, State, VintageId, grid::Grid,
};
use geo::{LineString, MultiPolygon, Polygon};
use serde_json::json;
use std::{path::Path, time::Duration};

const CODES: [&str; 4] = ["A", "B", "C/1", "D"];

/// The options that the tests use.
pub fn options() -> AnswerOptions {
    AnswerOptions {
        public_url: "https://maps.example.org".to_owned(),
        lang: lang("en"),
        cache_mb: 16,
        release_poll: Duration::from_millis(20),
        tail: choro_bundle::encode::splice::Tail::Stored,
    }
}

/// A releases folder with a release, and a server of it.
pub fn server() -> (tempfile::TempDir, ReleaseServer) {
    let dir = tempfile::tempdir().unwrap();
    publish(dir.path(), 0.0);
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options()).unwrap();
    (dir, server)
}

/// Makes `release` the current one.
pub fn point(dir: &Path, release: &str) {
    point_to(dir, &ReleaseId::new(release).unwrap()).unwrap();
}

/// Publishes a release that becomes the current one. All values are greater by `more`. Returns its id.
pub fn publish(dir: &Path, more: f64) -> String {
    publish_with(dir, [more, more])
}

/// Publishes a release that becomes the current one. `more`: what is added to rates, and to arrivals.
pub fn publish_with(dir: &Path, more: [f64; 2]) -> String {
    publish_tables(dir, |build, set| add_values(build, set, more))
}

/// Publishes a release with rates of these periods alone, which becomes the current one.
pub fn publish_rates(dir: &Path, rates: &[(&str, [f64; 4])]) -> String {
    let rate = rate();
    publish_tables(dir, |build, set| {
        let cells = |cells: [f64; 4]| vec![(&[][..], cells.map(Cell::Value))];
        rates.iter().for_each(|(period, rates)| add_table(build, set, &rate, ("2014", period), cells(*rates)));
    })
}

fn publish_tables(dir: &Path, add: impl FnOnce(&mut Build, &SetId)) -> String {
    let (mut build, set) = begin(dir);
    add(&mut build, &set);
    build.finish("2026-01-01T00:00:00Z").unwrap().release.to_string()
}

/// A bundle with the areas of `regions` in two vintages.
fn begin(dir: &Path) -> (Build, SetId) {
    let mut build = Build::begin(dir).unwrap();
    let set = SetId::new("regions").unwrap();
    for vintage in ["2010", "2014"] {
        let vintage = VintageId::new(vintage).unwrap();
        let id = GridId::new("WebMercatorQuad").unwrap();
        let grid = Grid::new(id, MERCATOR, [-HALF, HALF], 2.0 * HALF).unwrap();
        let input = BoundaryInput {
            set: &set,
            vintage: &vintage,
            names: &names("Regions"),
            content_hash: vintage.as_str(),
            grids: &[&grid],
            zooms: ZoomRange { min: 0, max: 5 },
            most_outside: 1.0,
            mlt: true,
            lang: &lang("en"),
        };
        build.add_vintage(input, || Ok::<_, BundleError>(boundaries(&set, &vintage))).unwrap();
        build.credit("Maps <of> Nowhere", "CC0-1.0");
    }
    (build, set)
}

/// Half the side of the Web Mercator square, in metres.
const HALF: f64 = 20_037_508.342_789_244;
const MERCATOR: &str = "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m";

/// The codes of a selection, and its cells.
type Cells = (&'static [(&'static str, &'static str)], [Cell; 4]);

fn add_values(build: &mut Build, set: &SetId, more: [f64; 2]) {
    let rated = |number: f64| Cell::Value(number + more[0]);
    let value = |number: f64| Cell::Value(number + more[1]);
    let (missing, secrecy) = (Cell::State(State::Missing), Cell::State(State::Secrecy));
    let (rate, arrivals) = (rate(), arrivals());
    let tables: [(&Indicator, &str, Vec<Cells>); 4] = [
        (&rate, "2013", vec![(&[], [rated(-1.5), rated(2.0), rated(0.0), rated(7.25)])]),
        (&rate, "2014", vec![(&[], [rated(3.0), missing, secrecy, rated(-0.1)])]),
        (&arrivals, "2013", vec![(&[], [value(10.0), value(20.0), value(30.0), value(40.0)])]),
        (
            &arrivals,
            "2014",
            vec![
                (&[], [value(11.0), value(21.0), value(31.0), value(41.0)]),
                (&[("sex", "F")], [value(5.0), value(9.0), value(15.0), missing]),
            ],
        ),
    ];
    for (indicator, period, columns) in tables {
        add_table(build, set, indicator, ("2014", period), columns);
    }
}

/// Adds a table on the borders of a vintage.
fn add_table(build: &mut Build, set: &SetId, indicator: &Indicator, (vintage, period): (&str, &str), columns: Vec<Cells>) {
    let period = period.parse().unwrap();
    let column = |(codes, cells): Cells| UnprotectedColumn {
        codes: Selection::new(indicator, period, codes).unwrap().codes,
        figures: cells.map(|cell| Figure { cell, status: None }).into(),
    };
    let vintage = VintageId::new(vintage).unwrap();
    let areas = CODES.iter().map(|code| AreaCode::new(code).unwrap()).collect();
    let columns = columns.into_iter().map(column).collect();
    let table = protect_alone(UnprotectedTable { set, vintage: &vintage, indicator, period, areas, columns }).unwrap();
    build.add_values(ValuesInput { table: &table, indicator, origin: None, gaps: &[], reliability: &[] }).unwrap();
}

/// Publishes a release of values with all that can be known of them, and a server of it. The indicator `share`:
///
/// ```text
/// 2012  restated from the borders of 2010
/// 2013  A 1.5 P   B 2.5 E   C/1 3.5 B small_base   D 4.5 unknown_base
/// 2014                      C/1 B
/// 2015  summed from the areas of `regions` of 2010
/// 2016  A P
/// ```
///
/// `people` is a count of 2016, with losses.
pub fn flagged() -> (tempfile::TempDir, ReleaseServer) {
    let dir = tempfile::tempdir().unwrap();
    let (mut build, set) = begin(dir.path());
    let older = VintageId::new("2010").unwrap();
    let restated = Origin::Restated { set: set.clone(), vintage: older.clone() };
    let summed = Origin::Aggregated { set: set.clone(), vintage: older };
    let (p, e, b) = (Some(ObsStatus::P), Some(ObsStatus::E), Some(ObsStatus::B));
    let reliability = vec![vec![None, None, Some(Reliability::SmallBase), Some(Reliability::UnknownBase)]];
    let nobody = Vec::new();
    let share = indicator("share", "Share", &json!([]));
    for (period, statuses, origin, reliability) in [
        ("2012", [None; 4], Some(&restated), &nobody),
        ("2013", [p, e, b, None], None, &reliability),
        ("2014", [None, None, b, None], None, &nobody),
        ("2015", [None; 4], Some(&summed), &nobody),
        ("2016", [p, None, None, None], None, &nobody),
    ] {
        let figures = [1.5, 2.5, 3.5, 4.5].into_iter().zip(statuses);
        let figures = figures.map(|(value, status)| Figure { cell: Cell::Value(value), status }).collect();
        add_column(&mut build, &set, (&share, period), figures, origin, reliability);
    }
    let people = Indicator { kind: Kind::Count, decimals: 0, ..indicator("people", "People", &json!([])) };
    for (period, figures) in [("2013", [10.0, 20.0, 30.0, 40.0]), ("2016", [3_000_000.0, 40_000.0, -500_000.0, 7.0])] {
        let figures = figures.map(|value| Figure { cell: Cell::Value(value), status: None });
        add_column(&mut build, &set, (&people, period), figures.into(), None, &nobody);
    }
    build.finish("2026-01-01T00:00:00Z").unwrap();
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options()).unwrap();
    (dir, server)
}

/// A server of arrivals by sex, which has a total in some periods alone:
///
/// ```text
/// 2009  F M   on the borders of 2010
/// 2011  M
/// 2012  F M
/// 2013  _T
/// 2014  F M
/// ```
pub fn moved() -> (tempfile::TempDir, ReleaseServer) {
    let dir = tempfile::tempdir().unwrap();
    let (women, men, all) = (&[("sex", "F")][..], &[("sex", "M")][..], &[][..]);
    publish_tables(dir.path(), |build, set| {
        let arrivals = arrivals();
        for (vintage, period, codes) in [
            ("2010", "2009", vec![women, men]),
            ("2014", "2011", vec![men]),
            ("2014", "2012", vec![women, men]),
            ("2014", "2013", vec![all]),
            ("2014", "2014", vec![women, men]),
        ] {
            let columns = codes.into_iter().map(|codes| (codes, [1.0, 2.0, 3.0, 4.0].map(Cell::Value))).collect();
            add_table(build, set, &arrivals, (vintage, period), columns);
        }
    });
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options()).unwrap();
    (dir, server)
}

/// A server of a long series: `share` has values of all these periods.
pub fn long(periods: &[String]) -> (tempfile::TempDir, ReleaseServer) {
    let dir = tempfile::tempdir().unwrap();
    let (mut build, set) = begin(dir.path());
    let share = indicator("share", "Share", &json!([]));
    for (period, index) in periods.iter().zip(0_u32..) {
        let figures = [1.0, 2.0, 3.0, 4.0].map(|area| Figure { cell: Cell::Value(area + f64::from(index)), status: None });
        add_column(&mut build, &set, (&share, period), figures.into(), None, &[]);
    }
    build.finish("2026-01-01T00:00:00Z").unwrap();
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options()).unwrap();
    (dir, server)
}

/// Adds a table of one column, of the total codes, on the borders of 2014.
fn add_column(
    build: &mut Build,
    set: &SetId,
    (indicator, period): (&Indicator, &str),
    figures: Vec<Figure>,
    origin: Option<&Origin>,
    reliability: &[ColumnReliability],
) {
    let (vintage, period) = (VintageId::new("2014").unwrap(), period.parse().unwrap());
    let areas = CODES.iter().map(|code| AreaCode::new(code).unwrap()).collect();
    let codes = Selection::new(indicator, period, &[]).unwrap().codes;
    let columns = vec![UnprotectedColumn { codes, figures }];
    let table = protect_alone(UnprotectedTable { set, vintage: &vintage, indicator, period, areas, columns }).unwrap();
    build.add_values(ValuesInput { table: &table, indicator, origin, gaps: &[], reliability }).unwrap();
}

fn rate() -> Indicator {
    indicator("rate", "Net rate", &json!([]))
}

fn arrivals() -> Indicator {
    let item = |code: &str| json!({"code": code, "name": {"en": format!("sex {code}")}});
    let list = json!({"id": "sex", "items": [item("_T"), item("F"), item("M")]});
    indicator("arrivals", "Arrivals", &json!([{"id": "sex", "name": {"en": "Sex"}, "total": "_T", "code_list": list}]))
}

fn indicator(id: &str, name: &str, dimensions: &serde_json::Value) -> Indicator {
    serde_json::from_value(json!({
        "id": id, "name": names(name), "note": {}, "unit": {"id": "PS_PER_1K", "name": {"en": "per 1,000"}}, "kind": "rate",
        "decimals": 1, "dimensions": dimensions, "diverging": id == "rate", "persons": false, "declared_public": false,
        "source": "Statistics of Nowhere", "licence": "CC0-1.0",
    }))
    .unwrap()
}

fn boundaries(set: &SetId, vintage: &VintageId) -> BoundarySet {
    let ring = |west: f64, east: f64| {
        let ring = LineString::from(vec![(west, 50.0), (east, 50.0), (east, 70.0), (west, 70.0), (west, 50.0)]);
        Some(MultiPolygon(vec![Polygon::new(ring, Vec::new())]))
    };
    let area = |code: &str, name: &str, parent: Option<&str>, geometry| Area {
        code: AreaCode::new(code).unwrap(),
        names: names(name),
        parent: parent.map(|code| AreaCode::new(code).unwrap()),
        geometry,
    };
    BoundarySet {
        id: set.clone(),
        vintage: vintage.clone(),
        names: names("Regions"),
        source: "Maps <of> Nowhere".to_owned(),
        licence: "CC0-1.0".to_owned(),
        areas: vec![
            area("A", "Alpha", None, ring(10.0, 20.0)),
            area("B", "=Beta, \"quoted\"", Some("A"), ring(170.0, 191.0)),
            area("C/1", "Gamma <b>", Some("B"), ring(20.0, 30.123_456_789)),
            area("D", "Delta", None, None),
        ],
    }
}

fn names(en: &str) -> Names {
    Names([(lang("en"), en.to_owned()), (lang("ru"), format!("{en} (по-русски)"))].into())
}

fn lang(tag: &str) -> Lang {
    Lang::new(tag).unwrap()
}
