//! Each test has a fresh database of its own, once an SQLite file and once a PostgreSQL database.

use super::*;
use crate::db::query;
use choro_config::{Database, DatabasePlace, PostgresUrl};
use choro_model::{
    Area, AreaCode, BoundarySet, Cell, Code, CodeItem, CodeList, Dimension, Indicator, Kind, Lang, Names, ObsStatus,
    Observation, Period, SetId, State, Unit, VintageId,
};
use geo::{MultiPolygon, polygon};
use std::{future::Future, sync::Arc};

mod correspondences;
mod files;
mod history;
#[path = "../../../tests/common/postgres.rs"]
mod postgres;
mod server;

fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test)
}

/// Runs a test on each database.
fn on_both(test: impl AsyncFn(Empty)) {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        test(Empty(Database::file(folder.path().join("choro.sqlite")))).await;
        if let Some(cluster) = postgres::Cluster::shared() {
            let url = PostgresUrl::new(&cluster.database().await).unwrap();
            test(Empty(Database { place: DatabasePlace::Postgres(url), ..Database::default() })).await;
        }
    });
}

/// Where a database can be made.
struct Empty(Database);

struct Fresh {
    store: Store,
    database: Database,
}

impl Empty {
    async fn fresh(self) -> Fresh {
        Fresh { store: Store::open(&self.0, true).await.unwrap(), database: self.0 }
    }

    async fn with_data(self) -> Fresh {
        let fresh = self.fresh().await;
        fresh.store.put_boundary_set(&abc(), "h1", "{}", false).await.unwrap();
        fresh.store.put_indicators(&[arrivals()]).await.unwrap();
        fresh
    }
}

fn names(text: &str) -> Names {
    Names([(Lang::new("en").unwrap(), text.to_owned())].into())
}

fn square(at: f64) -> MultiPolygon<f64> {
    MultiPolygon(vec![
        polygon!(
            exterior: [(x: at, y: 0.1), (x: at + 1.0, y: 0.1), (x: at, y: -0.0)],
            interiors: [[(x: at, y: 0.02), (x: at + 0.1, y: 0.02), (x: at, y: 0.03)]],
        ),
        polygon![(x: 179.999_999_999_999_97, y: 1e-300), (x: 191.3, y: 0.1), (x: f64::MIN_POSITIVE, y: 5e-324)],
    ])
}

fn area(code: &str, geometry: Option<MultiPolygon<f64>>) -> Area {
    Area { code: AreaCode::new(code).unwrap(), names: names(code), parent: Some(AreaCode::new("P").unwrap()), geometry }
}

fn set(vintage: &str, areas: Vec<Area>) -> BoundarySet {
    let (id, vintage) = (SetId::new("regions").unwrap(), VintageId::new(vintage).unwrap());
    BoundarySet { id, vintage, names: names("Regions"), source: "A survey".into(), licence: "CC0".into(), areas }
}

fn abc() -> BoundarySet {
    set("2014", vec![area("A", Some(square(0.1))), area("B", Some(square(-3.3))), area("C", None)])
}

fn dimension(id: &str, codes: &[&str]) -> Dimension {
    let items = codes.iter().map(|c| CodeItem { code: Code::new(c).unwrap(), name: names(c), parent: None }).collect();
    let code_list = Arc::new(CodeList { id: id.into(), items });
    Dimension { id: id.parse().unwrap(), name: names(id), code_list, total: Code::new(codes[0]).unwrap() }
}

fn indicator(id: &str, dimensions: Vec<Dimension>) -> Indicator {
    Indicator {
        id: id.parse().unwrap(),
        name: names(id),
        note: Names::default(),
        theme: Names::default(),
        keywords: Names::default(),
        unit: Unit { id: "PS".into(), name: names("persons") },
        kind: Kind::Count,
        decimals: 0,
        dimensions,
        diverging: false,
        additive: false,
        weighted_by: None,
        reliable_from: None,
        persons: true,
        declared_public: true,
        source: "An agency".into(),
        licence: "CC0".into(),
    }
}

fn arrivals() -> Indicator {
    indicator("arrivals", vec![dimension("sex", &["T", "F", "M"])])
}

fn obs(code: &str, area: &str, cell: Cell) -> Observation {
    let period = Period::year(2014).unwrap();
    let (indicator, codes, area) =
        ("arrivals".parse().unwrap(), vec![Code::new(code).unwrap()], AreaCode::new(area).unwrap());
    Observation { indicator, period, codes, area, cell, status: None }
}

fn record() -> ImportRecord {
    let text = |s: &str| s.to_owned();
    ImportRecord {
        file_name: text("a.csv"),
        file_sha256: text("00"),
        mapping: text("[area]"),
        report_json: text("{}"),
        sheets: Vec::new(),
    }
}

async fn put(store: &Store, observations: &[Observation]) -> Result<ImportSummary, StoreError> {
    store.put_observations(&abc().id, &abc().vintage, &record(), observations).await
}

/// All imports, the newest first.
async fn imports(store: &Store) -> Vec<ImportRecord> {
    store.last_imports(&abc().id, u32::MAX).await.unwrap()
}

async fn stored(store: &Store) -> Vec<Observation> {
    store.observations(&abc().id, &arrivals().id, Period::year(2014).unwrap()).await.unwrap()
}

#[test]
fn boundaries_come_back_bit_by_bit_in_the_order_of_their_codes_also_after_reopening() {
    on_both(async |empty| {
        let Fresh { store, database } = empty.fresh().await;
        let mut given = abc();
        given.areas.reverse();
        assert_eq!(store.put_boundary_set(&given, "h1", r#"{"repaired":0}"#, false).await.unwrap(), PutOutcome::Inserted);
        store.close().await;

        let store = Store::open(&database, false).await.unwrap();
        let back = store.boundary_set(&given.id, &given.vintage).await.unwrap().unwrap();
        assert_eq!(back, abc());
        let bits = |set: &BoundarySet| -> Vec<u64> {
            let coords = set.areas.iter().flat_map(|a| &a.geometry).flat_map(geo::CoordsIter::coords_iter);
            coords.flat_map(|c| [c.x.to_bits(), c.y.to_bits()]).collect()
        };
        assert_eq!(bits(&back), bits(&abc()));
        assert_eq!(store.boundary_report(&given.id, &given.vintage).await.unwrap().unwrap(), r#"{"repaired":0}"#);
        let without: Vec<_> = store.areas(&given.id, &given.vintage).await.unwrap();
        assert_eq!(
            without.iter().map(|a| (a.code.as_str(), a.has_polygon)).collect::<Vec<_>>(),
            [("A", true), ("B", true), ("C", false)]
        );
        let info = store.boundary_sets().await.unwrap();
        assert_eq!((info[0].areas, info[0].with_polygon, info[0].published), (3, 2, false));
        assert_eq!(store.boundary_set(&given.id, &VintageId::new("1999").unwrap()).await.unwrap(), None);
    });
}

#[test]
fn a_vintage_never_changes_unless_replaced_before_any_release_uses_it() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let other = set("2014", vec![area("A", None), area("D", Some(square(7.0)))]);
        let put = async |hash, replace| store.put_boundary_set(&other, hash, "{}", replace).await;

        assert_eq!(put("h1", false).await.unwrap(), PutOutcome::AlreadyThere);
        let error = put("h2", false).await.unwrap_err().to_string();
        assert!(error.contains("regions") && error.contains("2014") && error.contains("--replace"), "{error}");
        assert_eq!(store.boundary_set(&other.id, &other.vintage).await.unwrap().unwrap(), abc());

        assert_eq!(put("h2", true).await.unwrap(), PutOutcome::Replaced);
        assert_eq!(store.boundary_set(&other.id, &other.vintage).await.unwrap().unwrap(), other);

        put_release(&store, &release("r1", "m1"), 1).await.unwrap();
        assert!(matches!(put("h3", true).await, Err(StoreError::Published { .. })));
        assert_eq!(put("h2", true).await.unwrap(), PutOutcome::AlreadyThere);
    });
}

fn release(id: &str, hash: &str) -> ReleaseRecord {
    let sets = vec![(abc().id, abc().vintage)];
    ReleaseRecord { id: id.parse().unwrap(), created: "2026-01-01T00:00:00Z".into(), manifest_hash: hash.into(), sets }
}

/// Records a release that publishes no tables.
async fn put_release(store: &Store, release: &ReleaseRecord, sequence: u64) -> Result<(), StoreError> {
    store.put_release(release, sequence, &[], |_| unreachable!("there are no tables")).await
}

#[test]
fn releases_come_back_in_order_and_never_change() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        assert_eq!(store.last_sequence().await.unwrap(), 0);
        // The second comes from a folder that counts for itself.
        for (given, sequence, last) in
            [(release("r2", "m2"), 5, 5), (release("r1", "m1"), 2, 6), (release("r2", "m2"), 9, 6)]
        {
            put_release(&store, &given, sequence).await.unwrap();
            assert_eq!(store.last_sequence().await.unwrap(), last, "{given:?}");
        }
        assert_eq!(store.releases().await.unwrap(), [release("r2", "m2"), release("r1", "m1")]);
        assert!(matches!(put_release(&store, &release("r1", "m9"), 7).await, Err(StoreError::ReleaseExists { .. })));
        let unknown = ReleaseRecord { sets: vec![(abc().id, "1999".parse().unwrap())], ..release("r3", "m3") };
        let error = put_release(&store, &unknown, 7).await.unwrap_err().to_string();
        assert!(error.contains("stored are 2014"), "{error}");
        assert_eq!(store.releases().await.unwrap().len(), 2);
    });
}

#[test]
fn the_same_area_twice_leaves_nothing_behind() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.fresh().await;
        let twice = set("2014", vec![area("A", None), area("B", None), area("A", None)]);
        assert!(matches!(store.put_boundary_set(&twice, "h", "{}", false).await, Err(StoreError::DuplicateArea { .. })));
        assert_eq!(store.boundary_sets().await.unwrap(), []);
    });
}

#[test]
fn hostile_names_are_text_like_any_other() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.fresh().await;
        for (vintage, text) in [
            ("1", "'; DROP TABLE area; --"),
            ("2", "\"\\\u{0}\u{1}\n"),
            ("3", "\u{202e}$1 ?1 :a"),
            ("4", "<script>"),
            ("5", ""),
        ] {
            let mut given = set(vintage, vec![area("A", Some(square(1.0)))]);
            given.areas[0].names = names(text);
            given.names = names(text);
            given.licence = text.replace('\0', "");
            store.put_boundary_set(&given, "h", "{}", false).await.unwrap();
            assert_eq!(store.boundary_set(&given.id, &given.vintage).await.unwrap().unwrap(), given, "{text:?}");
        }
    });
}

#[test]
fn observations_keep_values_states_and_flags_and_count_what_an_import_changed() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let provisional = Observation { status: Some(ObsStatus::P), ..obs("F", "A", Cell::Value(0.1 + 0.2)) };
        let first = [
            obs("T", "B", Cell::State(State::Secrecy)),
            obs("T", "A", Cell::Value(0.0)),
            obs("T", "C", Cell::State(State::Missing)),
            provisional.clone(),
        ];
        assert_eq!(put(&store, &first).await.unwrap(), ImportSummary { inserted: 4, replaced: 0, unchanged: 0 });
        assert_eq!(put(&store, &first).await.unwrap(), ImportSummary { inserted: 0, replaced: 0, unchanged: 4 });
        let second = [obs("T", "A", Cell::Value(-5e-324)), obs("F", "A", provisional.cell), obs("M", "A", Cell::Value(1.0))];
        assert_eq!(put(&store, &second).await.unwrap(), ImportSummary { inserted: 1, replaced: 2, unchanged: 0 });

        let expected = [second[1].clone(), second[2].clone(), second[0].clone(), first[0].clone(), first[2].clone()];
        assert_eq!(stored(&store).await, expected);
        let columns = store.columns(&abc().id).await.unwrap();
        assert_eq!(columns.iter().map(|c| c.codes[0].as_str()).collect::<Vec<_>>(), ["F", "M", "T"]);
        assert_eq!(imports(&store).await, vec![record(); 3]);
    });
}

#[test]
fn an_import_with_one_bad_observation_leaves_nothing() {
    let good = || obs("T", "A", Cell::Value(1.0));
    let cases: [(&str, Observation); 6] = [
        ("no area \"Z\"", obs("T", "Z", Cell::Value(1.0))),
        ("expected one code each for sex, got \"X\"", obs("X", "A", Cell::Value(1.0))),
        ("got \"T,T\"", Observation { codes: vec![Code::new("T").unwrap(); 2], ..good() }),
        ("departures is not defined", Observation { indicator: "departures".parse().unwrap(), ..good() }),
        ("given twice", good()),
        ("not a finite number", obs("F", "A", Cell::Value(f64::NAN))),
    ];
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        for (expected, bad) in cases.clone() {
            let error = put(&store, &[good(), obs("M", "B", Cell::Value(2.0)), bad]).await.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
            assert_eq!(stored(&store).await, []);
            assert_eq!(store.columns(&abc().id).await.unwrap(), []);
            assert_eq!(imports(&store).await, []);
        }
        let absent = store.put_observations(&abc().id, &"1999".parse().unwrap(), &record(), &[good()]).await;
        assert!(matches!(absent, Err(StoreError::UnknownBoundaries { .. })));
    });
}

#[test]
fn an_indicator_in_use_keeps_its_dimensions_and_the_codes_that_are_used() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let variant = |dimensions| [indicator("arrivals", dimensions)];
        store.put_indicators(&variant(vec![])).await.unwrap();
        store.put_indicators(&[indicator("departures", vec![]), arrivals()]).await.unwrap();
        put(&store, &[obs("F", "A", Cell::Value(1.0))]).await.unwrap();

        for (expected, dimensions) in [
            ("from sex to none", vec![]),
            ("from sex to sex, age", vec![dimension("sex", &["T", "F"]), dimension("age", &["T"])]),
            ("code F of dimension sex disappears", vec![dimension("sex", &["T", "M"])]),
        ] {
            let error = store.put_indicators(&variant(dimensions)).await.unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains("1 observations"), "{error}");
        }
        let grown = indicator("arrivals", vec![dimension("sex", &["T", "F", "U"])]);
        store.put_indicators(&[grown.clone(), indicator("departures", vec![])]).await.unwrap();
        assert_eq!(store.indicators().await.unwrap(), [grown, indicator("departures", vec![])]);
    });
}

#[test]
fn readers_do_not_wait_for_a_writer_and_a_dropped_writer_undoes_its_work() {
    on_both(async |empty| {
        let Fresh { store, database } = empty.with_data().await;
        let mut tx = store.pool.begin_write().await.unwrap();
        query("DELETE FROM area").execute(&mut tx).await.unwrap();
        let second = Store::open(&database, false).await.unwrap();
        assert_eq!(second.areas(&abc().id, &abc().vintage).await.unwrap().len(), 3);
        drop(tx);
        put(&second, &[obs("T", "A", Cell::Value(1.0))]).await.unwrap();
        assert_eq!(stored(&store).await.len(), 1);
    });
}

#[test]
fn a_newer_schema_is_named_as_such() {
    on_both(async |empty| {
        let Fresh { store, database } = empty.with_data().await;
        let mut tx = store.pool.begin_write().await.unwrap();
        query("UPDATE _sqlx_migrations SET version = 20990101000000 WHERE version = 20261122000000")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        store.close().await;
        let error = Store::open(&database, false).await.unwrap_err().to_string();
        assert!(error.contains("newer choro (schema step 20990101000000)"), "{error}");
    });
}

#[test]
fn an_import_in_parts_is_one_import_and_finds_what_is_given_twice_in_different_parts() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let (a, b) = (obs("T", "A", Cell::Value(1.5)), obs("T", "B", Cell::State(State::Secrecy)));
        let write = async || store.write_observations(&abc().id, &abc().vintage, &record()).await.unwrap();

        let mut writer = write().await;
        writer.add(&[a.clone().into()]).await.unwrap();
        let error = writer.add(&[b.clone().into(), a.clone().into()]).await.unwrap_err().to_string();
        assert!(error.contains("given twice"), "{error}");
        drop(writer);
        assert_eq!((stored(&store).await, imports(&store).await), (vec![], vec![]));

        let mut writer = write().await;
        writer.add(&[b.clone().into()]).await.unwrap();
        writer.add(&[a.clone().into()]).await.unwrap();
        assert_eq!(stored(&store).await, [], "before it is finished");
        assert_eq!(writer.finish().await.unwrap(), ImportSummary { inserted: 2, replaced: 0, unchanged: 0 });
        assert_eq!(stored(&store).await, [a, b]);
        assert_eq!(imports(&store).await.len(), 1);
    });
}

#[test]
fn many_observations_are_inserted_compared_and_replaced_each_once() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.fresh().await;
        let codes: Vec<String> = (0..150).map(|n| format!("A{n:03}")).collect();
        store.put_boundary_set(&set("2014", codes.iter().map(|c| area(c, None)).collect()), "h", "{}", false).await.unwrap();
        store.put_indicators(&[arrivals()]).await.unwrap();
        let all = |value: &dyn Fn(usize) -> f64| -> Vec<Observation> {
            let of = |code: &'static str| codes.iter().enumerate().map(move |(n, area)| (code, n, area));
            ["F", "M"].into_iter().flat_map(of).map(|(code, n, area)| obs(code, area, Cell::Value(value(n)))).collect()
        };
        let first = all(&|n| n as f64);
        assert_eq!(put(&store, &first).await.unwrap(), ImportSummary { inserted: 300, ..ImportSummary::default() });
        assert_eq!(stored(&store).await, first);
        let next = all(&|n| if n % 3 == 0 { -0.5 } else { n as f64 });
        assert_eq!(put(&store, &next).await.unwrap(), ImportSummary { inserted: 0, replaced: 100, unchanged: 200 });
        assert_eq!(stored(&store).await, next);
    });
}
