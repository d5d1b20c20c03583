//! How fast the store is: `cargo test --lib store:: -- --ignored --nocapture`.

use super::*;

/// 400,000 observations of 400 areas, as a workspace of many indicators has them.
#[test]
#[ignore = "a measurement"]
fn many_observations_go_in_and_out() {
    run(async {
        let Fresh { store, folder } = fresh().await;
        let codes: Vec<_> = (0..400).map(|i| format!("A{i:03}")).collect();
        let areas = set("2014", codes.iter().map(|c| area(c, None)).collect());
        store.put_boundary_set(&areas, "h", "{}", false).await.unwrap();
        let ages: Vec<_> = (0..100).map(|i| format!("Y{i}")).collect();
        let age = dimension("age", &ages.iter().map(String::as_str).collect::<Vec<_>>());
        store.put_indicators(&[indicator("arrivals", vec![age])]).await.unwrap();
        let mut observations = vec![];
        for year in 2010..2020 {
            for (n, (age, code)) in ages.iter().flat_map(|a| codes.iter().map(move |c| (a, c))).enumerate() {
                observations.push(Observation {
                    period: Period::year(year).unwrap(),
                    ..obs(age, code, Cell::Value(n as f64 / 3.0))
                });
            }
        }
        for step in ["first", "same again"] {
            let start = std::time::Instant::now();
            let summary = put(&store, &observations).await.unwrap();
            println!("{step}: {summary:?} in {:?}", start.elapsed());
        }
        let start = std::time::Instant::now();
        let mut read = 0;
        for year in 2010..2020 {
            read += store
                .observations(&areas.id, &"arrivals".parse().unwrap(), Period::year(year).unwrap())
                .await
                .unwrap()
                .len();
        }
        println!("read {read} in {:?}", start.elapsed());
        store.close().await;
        println!("{} bytes", std::fs::metadata(folder.path().join("choro.sqlite")).unwrap().len());
    });
}

/// 2,492 areas of 1,250 vertices, as a country's municipalities have them.
#[test]
#[ignore = "a measurement"]
fn many_polygons_go_in_and_out() {
    run(async {
        let Fresh { store, folder: _kept } = fresh().await;
        let ring = (0..1250).map(|i| (f64::from(i).sqrt(), f64::from(i).sin())).collect::<Vec<_>>();
        let polygons = || MultiPolygon(vec![geo::Polygon::new(ring.clone().into(), vec![])]);
        let given = set("2014", (0..2492).map(|i| area(&format!("A{i:04}"), Some(polygons()))).collect());
        let start = std::time::Instant::now();
        store.put_boundary_set(&given, "h", "{}", false).await.unwrap();
        println!("written in {:?}", start.elapsed());
        let start = std::time::Instant::now();
        assert_eq!(store.boundary_set(&given.id, &given.vintage).await.unwrap().unwrap(), given);
        println!("read in {:?}", start.elapsed());
    });
}
