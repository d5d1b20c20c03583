//! Which release answers while others are published, broken or removed.

use super::*;

#[tokio::test]
async fn the_next_release_takes_over_and_the_old_one_still_answers_by_its_name() {
    let (dir, server) = server();
    let old = server.current();
    let second = publish(dir.path(), 100.0);
    point(dir.path(), old.id().as_str());
    assert!(!server.refresh().await, "written but not current");
    point(dir.path(), &second);
    assert!(server.refresh().await);
    assert!(!server.refresh().await, "nothing new");
    assert_eq!(server.current().id().as_str(), second);
    let new = server.values(&ask(), TableFormat::Csv, AcceptedCodings::IDENTITY).await.unwrap();
    let pinned = server
        .values(&DataQuery { release: Some(id(old.id().as_str())), ..ask() }, TableFormat::Csv, AcceptedCodings::IDENTITY)
        .await
        .unwrap();
    assert!(text(&new).contains("Alpha,103") && text(&pinned).contains("Alpha,3"));
    assert_eq!((new.release.as_str(), new.pinned), (second.as_str(), false));
    assert_eq!((pinned.release.as_str(), pinned.pinned), (old.id().as_str(), true));
}

#[tokio::test]
async fn a_new_release_is_heard_of_long_before_the_next_look() {
    let dir = tempfile::tempdir().unwrap();
    publish(dir.path(), 0.0);
    let hour = AnswerOptions { release_poll: Duration::from_secs(3600), ..options() };
    let server = Arc::new(ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), hour).unwrap());
    let watch = tokio::spawn({
        let server = Arc::clone(&server);
        async move { server.watch().await }
    });
    for more in [1.0, 2.0, 3.0] {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let next = publish(dir.path(), more);
        let switched = async {
            while server.current().id().as_str() != next {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), switched).await.expect("the switch");
    }
    watch.abort();
}

#[tokio::test]
async fn a_column_that_the_next_release_has_too_is_not_read_again() {
    let (dir, server) = server();
    let misses = || async { server.kept().columns.stats().await.misses };
    let arrivals = DataQuery { indicator: Some(id("arrivals")), ..ask() };
    let coord = TileCoord::new(0, 0, 0).unwrap();
    let tag = async |ask: &DataQuery| server.tile(ask, coord, AcceptedCodings::IDENTITY, |_, _| false).await.unwrap().tag;
    let (rate, same) = (tag(&ask()).await, tag(&arrivals).await);
    let read = misses().await;
    // Only rates have other values, so the table of arrivals is the same.
    publish_with(dir.path(), [5.0, 0.0]);
    assert!(server.refresh().await);
    assert_ne!(tag(&ask()).await, rate);
    assert_eq!(tag(&arrivals).await, same);
    assert_eq!(misses().await, read + 1, "one table is another");
}

#[tokio::test]
async fn a_broken_release_is_refused_until_it_is_mended_and_the_old_one_stays() {
    let (dir, server) = server();
    let first = server.current().id().to_string();
    let other = "2026-03-01-dddddddd";
    for broken in ["damaged catalogue", "missing folder", "folder of another name"] {
        let next = publish(dir.path(), 1.0);
        let folder = dir.path().join(&next);
        match broken {
            "damaged catalogue" => {
                std::fs::remove_file(folder.join("catalog.json")).unwrap();
                std::fs::write(folder.join("catalog.json"), "{").unwrap();
            }
            "missing folder" => std::fs::remove_dir_all(&folder).unwrap(),
            _ => {
                std::fs::rename(&folder, dir.path().join(other)).unwrap();
                point(dir.path(), other);
            }
        }
        assert!(!server.refresh().await && !server.refresh().await, "{broken}");
        assert_eq!(server.current().id().as_str(), first, "{broken}");
        server.values(&ask(), TableFormat::Csv, AcceptedCodings::IDENTITY).await.unwrap();
        point(dir.path(), &first);
        if folder.exists() {
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
    for pointer in ["", "..", "a b", "../../etc"] {
        std::fs::write(dir.path().join("current"), pointer).unwrap();
        assert!(!server.refresh().await, "{pointer}");
    }
    point(dir.path(), &first);
    publish(dir.path(), 1.0);
    assert!(server.refresh().await, "mended");
}

#[tokio::test]
async fn an_old_release_is_opened_when_it_is_named_and_a_single_bundle_serves_alone() {
    let (dir, server) = server();
    let first = server.current().id().to_string();
    let second = publish(dir.path(), 100.0);
    let answer = server
        .values(&DataQuery { release: Some(id(&second)), ..ask() }, TableFormat::Csv, AcceptedCodings::IDENTITY)
        .await
        .unwrap();
    assert!(text(&answer).contains("Alpha,103"));
    let single = ReleaseServer::open(ReleasesLocation::Path(dir.path().join(&second)), options()).unwrap();
    assert_eq!(single.current().id().as_str(), second);
    assert!(!single.refresh().await);
    let gone = single
        .values(&DataQuery { release: Some(id(&first)), ..ask() }, TableFormat::Csv, AcceptedCodings::IDENTITY)
        .await
        .unwrap_err();
    assert!(matches!(gone, ServeError::Gone(_)), "{gone}");
    let nothing = tempfile::tempdir().unwrap();
    let error = ReleaseServer::open(ReleasesLocation::Path(nothing.path().to_owned()), options()).unwrap_err().to_string();
    assert!(error.contains("choro publish"), "{error}");
}
