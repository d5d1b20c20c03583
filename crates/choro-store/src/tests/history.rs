//! What was known, what was published, and how a published number came about.

use super::*;
use crate::{ContentHash, ImportId, MadeOf, Making, PackedTable, Revision, TableKey, TableRecord, db::query_scalar};
use choro_model::{Figure, FileRow, ReadObservation};

/// Imports observations of the vintage of [`abc`], each with its row, from a file of this name.
async fn import(store: &Store, file: &str, observations: &[(Observation, u32)]) -> ImportId {
    import_on(store, &abc().vintage, file, observations).await
}

async fn import_on(store: &Store, vintage: &VintageId, file: &str, observations: &[(Observation, u32)]) -> ImportId {
    let record = ImportRecord { file_name: file.to_owned(), sheets: vec!["one".into(), "two".into()], ..record() };
    let mut writer = store.write_observations(&abc().id, vintage, &record).await.unwrap();
    let read = |(observation, row): &(Observation, u32)| ReadObservation {
        observation: observation.clone(),
        at: Some(FileRow { sheet: 1, row: *row }),
    };
    writer.add(&observations.iter().map(read).collect::<Vec<_>>()).await.unwrap();
    writer.finish().await.unwrap();
    store.snapshot().await.unwrap().last_import()
}

fn value(number: f64) -> Cell {
    Cell::Value(number)
}

fn codes(code: &str) -> Vec<Code> {
    vec![Code::new(code).unwrap()]
}

fn year() -> Period {
    Period::year(2014).unwrap()
}

async fn revisions(store: &Store, code: &str, area: &str) -> Vec<Revision> {
    let (indicator, area) = (arrivals().id, AreaCode::new(area).unwrap());
    store.revisions(&abc().id, (&indicator, year(), &codes(code)), &area).await.unwrap()
}

/// `T A 1 from a.csv 7, until b.csv`, with the names of the files in the order of their imports.
fn shown(revisions: &[Revision], files: &[(ImportId, &str)]) -> Vec<String> {
    let name = |import: ImportId| files.iter().find(|(id, _)| *id == import).map_or("?", |(_, name)| *name);
    let one = |revision: &Revision| {
        let number = revision.figure.cell.number().map_or_else(|| "c".to_owned(), |number| number.to_string());
        let source = &revision.source;
        assert_eq!((name(source.import), source.sheet.as_deref()), (source.file_name.as_str(), Some("two")));
        let until = revision.until.map(|until| format!(" until {}", name(until))).unwrap_or_default();
        format!("{number} from {} {}{until}", source.file_name, source.row.unwrap())
    };
    revisions.iter().map(one).collect()
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    query_scalar(sql).fetch_one(&mut store.pool.begin_read().await.unwrap()).await.unwrap()
}

#[test]
fn every_revision_stays_with_its_file_and_row_and_what_comes_again_as_it_was_adds_none() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let both = |a: Cell, b: Cell, row| [(obs("T", "A", a), row), (obs("T", "B", b), row + 1)];
        let first = import(&store, "a.csv", &both(value(1.0), Cell::State(State::Secrecy), 7)).await;
        let again = import(&store, "b.csv", &both(value(1.0), Cell::State(State::Secrecy), 70)).await;
        assert_eq!(count(&store, "SELECT COUNT(*) FROM observation_revision").await, 0);
        let third = import(&store, "c.csv", &both(value(2.0), Cell::State(State::Secrecy), 4)).await;
        let fourth = import(&store, "d.csv", &both(value(1.0), value(9.0), 5)).await;
        let files = [(first, "a.csv"), (again, "b.csv"), (third, "c.csv"), (fourth, "d.csv")];
        assert_eq!(
            shown(&revisions(&store, "T", "A").await, &files),
            ["1 from a.csv 7 until c.csv", "2 from c.csv 4 until d.csv", "1 from d.csv 5"]
        );
        assert_eq!(shown(&revisions(&store, "T", "B").await, &files), ["c from a.csv 8 until d.csv", "9 from d.csv 6"]);
        assert_eq!(revisions(&store, "F", "A").await, []);
        assert_eq!(count(&store, "SELECT COUNT(*) FROM observation_revision").await, 3);
    });
}

#[test]
fn what_was_known_after_each_import_is_what_was_stored_then() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let mut kept = Vec::new();
        for (file, observations) in [
            ("a.csv", vec![obs("T", "A", value(1.0)), obs("T", "B", value(2.0))]),
            ("b.csv", vec![obs("T", "B", Cell::State(State::Secrecy)), obs("F", "C", value(3.0))]),
            ("c.csv", vec![obs("T", "B", value(2.0)), obs("T", "A", value(1.0))]),
        ] {
            let observations: Vec<_> = observations.into_iter().zip(2..).collect();
            let id = import(&store, file, &observations).await;
            kept.push((id, stored(&store).await));
        }
        for (import, expected) in &kept {
            let known = store.known_after(*import, &abc().id, &arrivals().id, year()).await.unwrap().unwrap();
            assert_eq!((&known.observations, known.vintage), (expected, abc().vintage), "{import}");
        }
        let nothing = store.known_after(ImportId::default(), &abc().id, &arrivals().id, year()).await.unwrap();
        assert_eq!(nothing, None);
    });
}

#[test]
fn what_was_known_at_a_time_is_what_imports_had_brought_by_then() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let (first, second) = (
            import(&store, "a.csv", &[(obs("T", "A", value(1.0)), 2)]).await,
            import(&store, "b.csv", &[(obs("T", "A", value(2.0)), 2)]).await,
        );
        for (import, time) in [(first, 1000), (second, 2000)] {
            let mut tx = store.pool.begin_write().await.unwrap();
            let update = query("UPDATE observation_import SET imported_at = $1 WHERE id = $2");
            update.bind(time).bind(import.0).execute(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        }
        for (time, expected) in [(999, None), (1000, Some(first)), (1999, Some(first)), (2000, Some(second))] {
            assert_eq!(store.import_at(time).await.unwrap(), expected, "{time}");
        }
    });
}

#[test]
fn figures_that_moved_to_other_borders_are_known_on_those_that_they_were_on() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let later = set("2018", vec![area("A", None), area("C", None)]);
        store.put_boundary_set(&later, "h2", "{}", false).await.unwrap();
        let before = [(obs("T", "A", value(1.0)), 2), (obs("T", "B", value(2.0)), 3)];
        let first = import(&store, "a.csv", &before).await;
        let second = import_on(&store, &later.vintage, "b.csv", &[(obs("T", "A", value(1.0)), 2)]).await;
        let known = async |import| {
            let known = store.known_after(import, &abc().id, &arrivals().id, year()).await.unwrap().unwrap();
            (known.vintage.to_string(), known.observations.len())
        };
        assert_eq!(known(first).await, ("2014".to_owned(), 2));
        assert_eq!(known(second).await, ("2018".to_owned(), 1));
        let files = [(first, "a.csv"), (second, "b.csv")];
        assert_eq!(shown(&revisions(&store, "T", "B").await, &files), ["2 from a.csv 3 until b.csv"], "it was taken away");
        assert_eq!(shown(&revisions(&store, "T", "A").await, &files), ["1 from a.csv 2"], "it is as it was");
    });
}

fn key() -> TableKey {
    TableKey { set: abc().id, vintage: abc().vintage, indicator: arrivals().id, period: year() }
}

fn packed(a: Cell, b: Cell) -> PackedTable {
    let areas: Vec<AreaCode> = ["A", "B"].map(|code| AreaCode::new(code).unwrap()).into();
    let figures = [a, b].map(|cell| Figure { cell, status: None });
    let codes = codes("T");
    PackedTable::pack(&areas, &[(codes.as_slice(), figures.as_slice())])
}

async fn publish(store: &Store, id: &str, sequence: u64, tables: &[(&TableRecord, &PackedTable)]) {
    let records: Vec<TableRecord> = tables.iter().map(|(record, _)| (*record).clone()).collect();
    let content = |hash: &ContentHash| {
        let found = tables.iter().find(|(_, packed)| packed.hash() == hash);
        found.map_or_else(|| panic!("no content of {hash}"), |(_, packed)| packed.deflated())
    };
    store.put_release(&release(id, id), sequence, &records, content).await.unwrap();
}

fn own(packed: &PackedTable, last_import: ImportId) -> TableRecord {
    TableRecord { key: key(), made_of: None, last_import, content: packed.hash().clone() }
}

#[test]
fn a_published_number_leads_to_the_file_and_row_that_it_came_from_whatever_was_imported_since() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let given = |a: f64, row| [(obs("T", "A", value(a)), row), (obs("T", "B", Cell::State(State::Secrecy)), row + 1)];
        let first = import(&store, "a.csv", &given(1.0, 7)).await;
        let table = packed(value(1.0), Cell::State(State::Secrecy));
        publish(&store, "r1", 1, &[(&own(&table, first), &table)]).await;
        let second = import(&store, "b.csv", &given(2.0, 3)).await;
        let other = packed(value(2.0), Cell::State(State::Secrecy));
        publish(&store, "r2", 2, &[(&own(&other, second), &other)]).await;

        let cell = async |release: &str, area: &str| {
            let area = AreaCode::new(area).unwrap();
            let found = store.published_cell(&release.parse().unwrap(), &key(), &codes("T"), &area).await.unwrap();
            found.map(|cell| (cell.figure.cell, shown(cell.revision.as_slice(), &[(first, "a.csv"), (second, "b.csv")])))
        };
        let line = |text: &str| vec![text.to_owned()];
        assert_eq!(cell("r1", "A").await, Some((value(1.0), line("1 from a.csv 7 until b.csv"))));
        assert_eq!(cell("r2", "A").await, Some((value(2.0), line("2 from b.csv 3"))));
        for release in ["r1", "r2"] {
            assert_eq!(cell(release, "B").await, Some((Cell::State(State::Secrecy), line("c from a.csv 8"))), "{release}");
        }
        assert_eq!((cell("r3", "A").await, cell("r1", "C").await), (None, None));
    });
}

#[test]
fn releases_of_a_table_are_told_in_order_and_share_a_content_that_did_not_change() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let last = import(&store, "a.csv", &[(obs("T", "A", value(1.0)), 2)]).await;
        let (table, other) = (packed(value(1.0), value(2.0)), packed(value(1.0), value(3.0)));
        for (id, sequence, packed) in [("r1", 1, &table), ("r2", 2, &other), ("r3", 3, &table)] {
            publish(&store, id, sequence, &[(&own(packed, last), packed)]).await;
        }
        let editions = store.editions(&key()).await.unwrap();
        let releases: Vec<&str> = editions.iter().map(|edition| edition.release.as_str()).collect();
        assert_eq!(releases, ["r1", "r2", "r3"]);
        assert_eq!(
            editions.iter().map(|edition| &edition.table.content).collect::<Vec<_>>(),
            [table.hash(), other.hash(), table.hash()]
        );
        assert_eq!(count(&store, "SELECT COUNT(*) FROM published_content").await, 2);
        let content = store.content(other.hash()).await.unwrap().unwrap();
        let figure = content.figure(&codes("T"), &AreaCode::new("B").unwrap());
        assert_eq!(figure.map(|figure| figure.cell), Some(value(3.0)));
        assert!(store.has_content(table.hash()).await.unwrap());
    });
}

#[test]
fn of_a_table_that_was_made_of_others_it_is_told_of_which() {
    on_both(async |empty| {
        let Fresh { store, .. } = empty.with_data().await;
        let last = import(&store, "a.csv", &[(obs("T", "A", value(1.0)), 2)]).await;
        let table = packed(value(1.0), value(2.0));
        let made_of = MadeOf { making: Making::Aggregated, set: "districts".parse().unwrap(), vintage: abc().vintage };
        let record = TableRecord { made_of: Some(made_of), ..own(&table, last) };
        publish(&store, "r1", 1, &[(&record, &table)]).await;
        let area = AreaCode::new("A").unwrap();
        let cell = store.published_cell(&"r1".parse().unwrap(), &key(), &codes("T"), &area).await.unwrap().unwrap();
        assert_eq!((cell.edition.table, cell.revision), (record, None));
    });
}

/// What an older program has stored is the first revision, with the import that brought it and no row.
#[test]
fn observations_from_before_history_was_kept_become_its_first_revisions() {
    on_both(async |empty| {
        let Fresh { store, database } = empty.with_data().await;
        put(&store, &[obs("T", "A", value(1.0))]).await.unwrap();
        before_history(&store).await;
        store.close().await;
        let store = Store::open(&database, false).await.unwrap();
        let first = store.snapshot().await.unwrap().last_import();
        let known = store.known_after(first, &abc().id, &arrivals().id, year()).await.unwrap().unwrap();
        assert_eq!((known.vintage, known.observations), (abc().vintage, stored(&store).await));
        let second = import(&store, "b.csv", &[(obs("T", "A", value(2.0)), 9)]).await;
        let found = revisions(&store, "T", "A").await;
        let sources: Vec<_> = found.iter().map(|of| (of.source.import, of.source.row, of.until)).collect();
        assert_eq!(sources, [(first, None, Some(second)), (second, Some(9), None)]);
        assert_eq!(imports(&store).await[1], record());
    });
}

/// Undoes the steps of the schema that keep history.
pub(super) async fn before_history(store: &Store) {
    let mut tx = store.pool.begin_write().await.unwrap();
    for sql in [
        "DROP TABLE period_vintage_revision",
        "DROP TABLE observation_revision",
        "DROP TABLE published_table",
        "DROP TABLE published_content",
        "ALTER TABLE observation DROP COLUMN file_place",
        "ALTER TABLE observation_import DROP COLUMN sheets",
        "DELETE FROM _sqlx_migrations WHERE version = 20261130000000",
    ] {
        query(sql).execute(&mut tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// `choro backup` copies the file this way.
#[test]
fn a_copied_database_has_its_history() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("choro.sqlite"), folder.path().join("copy.sqlite"));
        let store = Empty(Database::file(&path)).with_data().await.store;
        for number in [1.0, 2.0] {
            let last = import(&store, "a.csv", &[(obs("T", "A", value(number)), 2)]).await;
            let table = packed(value(number), value(5.0));
            publish(&store, &format!("r{number}"), number as u64, &[(&own(&table, last), &table)]).await;
        }
        copy_file(&path, &copy).await.unwrap();
        let copied = Store::open(&Database::file(&copy), false).await.unwrap();
        assert_eq!(copied.editions(&key()).await.unwrap(), store.editions(&key()).await.unwrap());
        assert_eq!(revisions(&copied, "T", "A").await, revisions(&store, "T", "A").await);
    });
}
