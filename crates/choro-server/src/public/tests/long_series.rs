//! Series of any length: 288 months, 65 years.

use super::*;

fn months(first: u16, last: u16) -> Vec<String> {
    (first..=last).flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}"))).collect()
}

fn years(first: u16, last: u16) -> Vec<String> {
    (first..=last).map(|year| year.to_string()).collect()
}

#[tokio::test]
async fn a_file_and_a_profile_have_every_period_of_a_long_series() {
    for (periods, range) in [(months(2000, 2023), "2000-01..2023-12"), (years(1959, 2023), "1959..2023")] {
        let site = Site::of(testing::long(&periods));
        let address = format!("/values/regions.csv?indicator=share&period={range}");
        let reply = site.get(&address).await;
        let name = range.replace("..", "--");
        assert_eq!(reply.header("content-disposition"), format!("attachment; filename=\"regions-{name}.csv\""));
        let table = String::from_utf8(reply.body).unwrap();
        let heads: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let expected: Vec<String> = periods
            .iter()
            .flat_map(|period| [period.clone(), format!("{period}_state"), format!("{period}_status")])
            .collect();
        assert_eq!(heads[2..heads.len() - 1], expected);
        let json = site.get(&format!("/values/regions.json?indicator=share&period={range}")).await.json();
        assert_eq!(json["periods"], serde_json::json!(periods));
        let area = site.get("/areas/regions/A?indicator=share&borders=2014").await.json();
        let observations = area["indicators"][0]["observations"].as_array().unwrap().clone();
        let told: Vec<&str> = observations.iter().map(|one| one["period"].as_str().unwrap()).collect();
        assert_eq!(told, periods);
    }
}

#[tokio::test]
async fn ranges_and_periods_stand_side_by_side_and_mistakes_are_named() {
    let mut periods = months(2020, 2021);
    periods.extend(["2020".to_owned(), "2021".to_owned()]);
    let site = Site::of(testing::long(&periods));
    let asked = |period: &str| format!("/values/regions.json?indicator=share&period={period}");
    for (period, expected) in [
        ("2020..2021", vec!["2020", "2021"]),
        ("2021-12,2020-01..2020-03", vec!["2021-12", "2020-01", "2020-02", "2020-03"]),
        ("2020-11..2021-01,2020..2020", vec!["2020-11", "2020-12", "2021-01", "2020"]),
        // What there is of it.
        ("2021-11..2030-12", vec!["2021-11", "2021-12"]),
    ] {
        let reply = site.get(&asked(period)).await;
        assert_eq!(reply.json()["periods"], serde_json::json!(expected), "{period}");
    }
    for (period, expected) in [
        ("2020-03..2020-01", "expected 2020-01..2020-03"),
        ("2020..2021-05", "from years to months"),
        ("1990..1999", "has no period in 1990..1999: it has 2020, 2020-01"),
        ("2020,2020..2021", "period 2020 is given twice"),
        ("2020-01..2020-03,2020-03..2020-05", "period 2020-03 is given twice"),
    ] {
        let reply = site.get(&asked(period)).await;
        let problem = reply.json();
        assert_eq!((reply.status, problem["parameter"].as_str()), (StatusCode::BAD_REQUEST, Some("period")), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(expected), "{period}: {problem}");
    }
    let tile = site.get("/tiles/regions/WebMercatorQuad/0/0/0.mvt?indicator=share&period=2020..2021").await;
    assert_eq!(tile.status, StatusCode::BAD_REQUEST, "a tile has one period");
}

#[tokio::test]
async fn an_area_tells_the_values_of_one_indicator_at_any_codes() {
    let site = Site::new();
    let women = site.get("/areas/regions/A?indicator=arrivals&sex=F&borders=2014").await.json();
    let indicators = women["indicators"].as_array().unwrap();
    assert_eq!((indicators.len(), &indicators[0]["selection"]), (1, &serde_json::json!({"sex": "F"})));
    assert_eq!(indicators[0]["observations"], serde_json::json!([{"period": "2014", "value": 5.0}]));
    let all = site.get("/areas/regions/A?borders=2014").await.json();
    assert_eq!(all["indicators"].as_array().unwrap().len(), 2);
    for (query, parameter) in [
        ("indicator=x", "indicator"),
        ("indicator=rate&sex=F", "sex"),
        ("indicator=arrivals&sex=X", "sex"),
        ("sex=F", "sex"),
    ] {
        let reply = site.get(&format!("/areas/regions/A?{query}")).await;
        assert_eq!(
            (reply.status, reply.json()["parameter"].as_str()),
            (StatusCode::BAD_REQUEST, Some(parameter)),
            "{query}"
        );
    }
}
