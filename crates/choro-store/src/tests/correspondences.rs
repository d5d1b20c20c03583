//! Correspondences, and figures on other borders.

use super::*;

fn correspondence(from: &BoundarySet, to: &BoundarySet, csv: &str) -> choro_model::Correspondence {
    let codes = |set: &BoundarySet| set.areas.iter().map(|area| area.code.clone()).collect();
    let (from_codes, to_codes) = (codes(from), codes(to));
    let vintages = choro_model::Vintages {
        set: &from.id,
        from: &from.vintage,
        to: &to.vintage,
        from_codes: &from_codes,
        to_codes: &to_codes,
    };
    let rows = csv.lines().map(|line| line.split(',').map(str::to_owned).collect());
    let table = choro_model::CrosswalkTable::new("t.csv", (1..).zip(rows)).unwrap();
    choro_model::Correspondence::parse(&table, vintages).unwrap()
}

/// A, B and C in 2014; B and C are one in 2018.
async fn two_vintages(empty: Empty) -> (Fresh, BoundarySet) {
    let fresh = empty.with_data().await;
    let later = set("2018", vec![area("A", None), area("C", None)]);
    fresh.store.put_boundary_set(&later, "h2", "{}", false).await.unwrap();
    (fresh, later)
}

#[test]
fn a_correspondence_comes_back_as_it_was_and_a_new_one_takes_its_place() {
    on_both(async |empty| {
        let (fresh, later) = two_vintages(empty).await;
        let table = correspondence(&abc(), &later, "from,to,back\nB,C,0.1\nC,C,0.9\n");
        let put = |table: choro_model::Correspondence| {
            let store = fresh.store.clone();
            async move { store.put_correspondence(&table, "t.csv", "00").await }
        };
        assert_eq!(put(table.clone()).await.unwrap(), PutOutcome::Inserted);
        assert_eq!(put(table.clone()).await.unwrap(), PutOutcome::AlreadyThere);
        assert_eq!(fresh.store.correspondences(&abc().id).await.unwrap(), [table]);
        let other = correspondence(&abc(), &later, "from,to\nB,C\nC,C\n");
        assert_eq!(put(other.clone()).await.unwrap(), PutOutcome::Replaced);
        assert_eq!(fresh.store.correspondences(&abc().id).await.unwrap(), [other]);
        let back = put(correspondence(&later, &abc(), "from,to\nC,B\nC,C\n")).await.unwrap_err().to_string();
        assert!(back.contains("from 2014 to 2018") && back.contains("column back"), "{back}");
        let unknown = correspondence(&abc(), &set("2020", vec![area("A", None)]), "from,to\nB,A\nC,A\nA,A\n");
        assert!(matches!(put(unknown).await, Err(StoreError::UnknownBoundaries { .. })));
    });
}

#[test]
fn figures_of_a_period_are_on_one_vintage_and_move_only_as_a_whole() {
    on_both(async |empty| {
        let (fresh, later) = two_vintages(empty).await;
        let value = Cell::Value;
        put(&fresh.store, &[obs("T", "A", value(1.0)), obs("T", "B", value(2.0)), obs("F", "C", value(3.0))]).await.unwrap();
        let vintage = || async { fresh.store.period_vintages(&abc().id).await.unwrap().into_values().collect::<Vec<_>>() };
        assert_eq!(vintage().await, [abc().vintage]);
        let on_later = |observations: Vec<Observation>| {
            let (store, later) = (fresh.store.clone(), later.vintage.clone());
            async move { store.put_observations(&abc().id, &later, &record(), &observations).await }
        };
        let part = on_later(vec![obs("T", "A", value(9.0))]).await.unwrap_err().to_string();
        assert!(part.contains("arrivals 2014 is stored on borders 2014") && part.contains("--vintage 2014"), "{part}");
        assert_eq!((vintage().await, stored(&fresh.store).await.len()), (vec![abc().vintage], 3), "nothing has changed");
        on_later(vec![obs("T", "A", value(1.0)), obs("F", "C", value(5.0))]).await.unwrap();
        assert_eq!(vintage().await, vec![later.vintage.clone()]);
        let left: Vec<_> = stored(&fresh.store).await.iter().map(|of| (of.area.to_string(), of.cell)).collect();
        assert_eq!(left, [("C".to_owned(), value(5.0)), ("A".to_owned(), value(1.0))], "B is on no map of 2018");
    });
}

/// A workspace of the first schema: what is stored is on the borders that its last import named.
#[test]
fn figures_of_a_workspace_from_before_are_on_the_borders_that_they_were_imported_on() {
    on_both(async |empty| {
        let (Fresh { store, database }, later) = two_vintages(empty).await;
        let of =
            |period: u16, area| Observation { period: Period::year(period).unwrap(), ..obs("T", area, Cell::Value(9.0)) };
        put(&store, &[of(2014, "A"), of(2014, "B"), of(2018, "A")]).await.unwrap();
        store.put_observations(&abc().id, &later.vintage, &record(), &[of(2019, "C")]).await.unwrap();
        let before = store.period_vintages(&abc().id).await.unwrap();
        assert_eq!(before.len(), 3);
        history::before_history(&store).await;
        let mut tx = store.pool.begin_write().await.unwrap();
        for sql in [
            "DROP TABLE correspondence",
            "DROP TABLE period_vintage",
            "DELETE FROM _sqlx_migrations WHERE version = 20261124000000",
        ] {
            query(sql).execute(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        store.close().await;
        let store = Store::open(&database, false).await.unwrap();
        assert_eq!(store.period_vintages(&abc().id).await.unwrap(), before);
    });
}
