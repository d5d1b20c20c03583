//! What is particular to a PostgreSQL server.

use super::*;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::time::Duration;

/// Runs a test with the URL of an empty database, if there is a server.
fn on_postgres(test: impl AsyncFn(Database)) {
    run(async {
        if let Some(cluster) = postgres::Cluster::shared() {
            let url = PostgresUrl::new(&cluster.database().await).unwrap();
            test(Database { place: DatabasePlace::Postgres(url), ..Database::default() }).await;
        }
    });
}

fn url(database: &Database) -> &PostgresUrl {
    match &database.place {
        DatabasePlace::Postgres(url) => url,
        DatabasePlace::File(path) => panic!("{path:?}"),
    }
}

/// Runs statements beside the store, as the database's owner.
async fn beside(database: &Database, sql: &str) -> PgConnection {
    let mut connection = PgConnection::connect(url(database).secret().as_str()).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection
}

fn with_url(database: &Database, change: impl Fn(&str) -> String) -> Database {
    let url = PostgresUrl::new(&change(url(database).secret().as_str())).unwrap();
    Database { place: DatabasePlace::Postgres(url), ..*database }
}

#[test]
fn databases_that_are_no_workspace_are_refused_and_left_as_they_are() {
    on_postgres(async |empty| {
        let error = Store::open(&empty, false).await.unwrap_err().to_string();
        assert!(error.contains("choro init") && !error.contains(postgres::PASSWORD), "{error}");
        for (change, expected) in [
            ((&["a-password", "another"]) as &[_; 2], "the server refuses: password authentication failed"),
            (&["/test_", "/absent_"], "does not exist"),
        ] {
            let wrong = with_url(&empty, |url| url.replace(change[0], change[1]));
            let error = Store::open(&wrong, true).await.unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains("postgres://choro@127.0.0.1"), "{error}");
            assert!(!error.contains("that-nobody-may-see"), "{error}");
        }
        let mut other = beside(&empty, "CREATE TABLE notes (text TEXT)").await;
        let error = Store::open(&empty, true).await.unwrap_err().to_string();
        assert!(error.contains("holds a table \"notes\" and is no Choro workspace"), "{error}");
        let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'")
            .fetch_one(&mut other)
            .await
            .unwrap();
        assert_eq!(tables, 1);
    });
}

#[test]
fn a_second_writer_waits_for_half_the_time_out_and_then_says_so() {
    on_postgres(async |empty| {
        let database = Database { timeout: Duration::from_secs(2), ..empty };
        let store = Empty(database.clone()).with_data().await.store;
        let tx = store.pool.begin_write().await.unwrap();
        let second = Store::open(&database, false).await.unwrap();
        let error = put(&second, &[obs("T", "A", Cell::Value(1.0))]).await.unwrap_err();
        assert!(matches!(error, StoreError::Occupied), "{error}");
        drop(tx);
        put(&second, &[obs("T", "A", Cell::Value(1.0))]).await.unwrap();
    });
}

#[test]
fn a_statement_that_takes_too_long_ends_with_an_error_and_nothing_is_stored() {
    on_postgres(async |empty| {
        let database = Database { timeout: Duration::from_secs(1), ..empty };
        let Fresh { store, .. } = Empty(database.clone()).with_data().await;
        let slow =
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END'";
        beside(
            &database,
            &format!("{slow}; CREATE TRIGGER slow BEFORE INSERT ON observation FOR EACH ROW EXECUTE FUNCTION slow()"),
        )
        .await;
        let error = put(&store, &[obs("T", "A", Cell::Value(1.0))]).await.unwrap_err();
        assert!(matches!(error, StoreError::Slow { seconds: 1 }), "{error}");
        beside(&database, "DROP TRIGGER slow ON observation").await;
        assert_eq!(stored(&store).await, []);
        put(&store, &[obs("T", "A", Cell::Value(1.0))]).await.unwrap();
    });
}

#[test]
fn what_the_server_forbids_is_named_and_nothing_is_stored() {
    on_postgres(async |empty| {
        let Fresh { store, database } = Empty(empty).with_data().await;
        store.close().await;
        let name = url(&database).secret().path().trim_start_matches('/').to_owned();
        beside(&database, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
        let error = match Store::open(&database, false).await {
            Ok(store) => put(&store, &[obs("T", "A", Cell::Value(1.0))]).await.unwrap_err(),
            Err(error) => error,
        };
        assert!(matches!(error, StoreError::Standby { .. }), "{error}");
        // From another database, which may write.
        let mut elsewhere = postgres::Cluster::shared().unwrap().connect().await;
        elsewhere.execute(AssertSqlSafe(format!("ALTER DATABASE {name} RESET ALL"))).await.unwrap();
        let store = Store::open(&database, false).await.unwrap();
        assert_eq!(stored(&store).await, []);

        beside(
            &database,
            &format!("ALTER DATABASE {name} CONNECTION LIMIT 0; CREATE ROLE user_of_{name} LOGIN PASSWORD 'x'"),
        )
        .await;
        let crowded =
            with_url(&database, |url| url.replace(&format!("choro:{}", postgres::PASSWORD), &format!("user_of_{name}:x")));
        let error = Store::open(&crowded, false).await.unwrap_err();
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error}");
        assert!(error.to_string().contains("too many connections"), "{error}");
    });
}

#[test]
fn a_release_is_announced_to_who_follows() {
    on_postgres(async |empty| {
        let store = Empty(empty.clone()).with_data().await.store;
        let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let (place, limit) = (url(&empty).clone(), empty.timeout);
        let following = tokio::spawn(async move {
            let heard = || {
                let _closed = told.send(());
                std::future::ready(())
            };
            follow(&place, limit, heard).await
        });
        heard.recv().await.expect("told when the server is reached");
        for _ in 0..2 {
            store.announce(&"r1".parse().unwrap()).await.unwrap();
            heard.recv().await.expect("told of a release");
        }
        following.abort();
    });
}
