mod crowds;
mod following;
#[cfg(debug_assertions)]
mod languages;
mod periods_of_kinds;

use super::{select::map_subject::MADE, testing::*, *};
use choro_bundle::Coding;
use choro_figures::classify::{BreakRule, Method, Options, Palette, Scope};
use choro_model::{Period, grid::TileCoord};
use std::{sync::Arc, time::Duration};

fn ask() -> DataQuery {
    DataQuery {
        grid: Some(id("WebMercatorQuad")),
        indicator: Some(id("rate")),
        periods: periods("2014"),
        ..DataQuery::of(id("regions"))
    }
}

/// An id of any kind.
fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Periods, separated by commas.
fn periods(text: &str) -> Vec<Period> {
    text.split(',').map(id).collect()
}

fn text(answer: &Answer) -> String {
    match &answer.content {
        AnswerContent::Bytes(pieces) => String::from_utf8_lossy(&pieces.concat()).into_owned(),
        other => panic!("expected plain bytes, got {other:?}"),
    }
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&text(answer)).unwrap()
}

#[tokio::test]
async fn values_and_states_stand_side_by_side_in_geojson_and_no_polygon_is_null() {
    let (_dir, server) = server();
    let answer = server.geojson(&ask(), None, AcceptedCodings::IDENTITY).await.unwrap();
    let json = json(&answer);
    assert_eq!(json["release"], server.current().id().as_str());
    assert_eq!(json["selection"], serde_json::json!({}));
    let of = |i: usize| (&json["features"][i]["properties"], &json["features"][i]["geometry"]);
    assert_eq!(*of(0).0, serde_json::json!({"code": "A", "name": "Alpha", "parent": null, "value": 3}));
    assert_eq!((&of(1).0["value"], &of(1).0["state"]), (&serde_json::Value::Null, &"missing".into()));
    assert_eq!(of(2).0["state"], "secrecy");
    assert!(of(3).1.is_null() && of(3).0["value"] == -0.1);
    assert_eq!(of(1).1["coordinates"].as_array().unwrap().len(), 2, "cut at 180: {}", of(1).1);
    assert!(text(&answer).contains("30.123457,"), "six decimals");
}

#[tokio::test]
async fn a_table_has_a_row_for_every_area_and_a_formula_is_only_text() {
    let (_dir, server) = server();
    let csv = server
        .values(&DataQuery { periods: periods("2013,2014"), ..ask() }, TableFormat::Csv, AcceptedCodings::IDENTITY)
        .await
        .unwrap();
    let expected = "code,name,2013,2013_state,2013_status,2014,2014_state,2014_status,source\r\n\
                    A,Alpha,-1.5,,,3,,,Statistics of Nowhere; Maps <of> Nowhere\r\n\
                    B,\"'=Beta, \"\"quoted\"\"\",2,,,,missing,,Statistics of Nowhere; Maps <of> Nowhere\r\n\
                    C/1,Gamma <b>,0,,,,secrecy,,Statistics of Nowhere; Maps <of> Nowhere\r\n\
                    D,Delta,7.25,,,-0.1,,,Statistics of Nowhere; Maps <of> Nowhere\r\n";
    assert_eq!(text(&csv), expected);
    let table = json(
        &server
            .values(&DataQuery { periods: periods("2014,2013"), ..ask() }, TableFormat::Json, AcceptedCodings::IDENTITY)
            .await
            .unwrap(),
    );
    assert_eq!(table["areas"], serde_json::json!(["A", "B", "C/1", "D"]));
    assert_eq!(table["periods"], serde_json::json!(["2014", "2013"]));
    assert_eq!(table["values"].to_string(), "[[3,null,null,-0.1],[-1.5,2,0,7.25]]");
    assert_eq!(table["states"], serde_json::json!([{"missing": [1], "secrecy": [2]}, {}]));
}

#[tokio::test]
async fn a_tilejson_pins_its_tiles_and_says_what_they_hold() {
    let (_dir, server) = server();
    let document =
        json(&server.tilejson(&DataQuery { lang: Some(id("ru")), ..ask() }, AcceptedCodings::IDENTITY).await.unwrap());
    let release = server.current().id().to_string();
    let url = format!(
        "https://maps.example.org/tiles/regions/WebMercatorQuad/{{z}}/{{x}}/{{y}}.mvt?indicator=rate&period=2014&release={release}"
    );
    assert_eq!(document["tiles"], serde_json::json!([url]));
    assert_eq!(document["bounds"], serde_json::json!([-180.0, 50.0, 180.0, 70.0]));
    assert_eq!(document["attribution"], "Statistics of Nowhere; Maps &lt;of&gt; Nowhere");
    assert!(document["vector_layers"][0]["fields"]["value"].as_str().unwrap().starts_with("Net rate (по-русски)"));
    let alone = DataQuery { indicator: None, periods: Vec::new(), ..ask() };
    let alone = json(&server.tilejson(&alone, AcceptedCodings::IDENTITY).await.unwrap());
    assert_eq!(alone["vector_layers"][0]["fields"].as_object().unwrap().len(), 2);
    assert!(alone["tiles"][0].as_str().unwrap().ends_with(&format!("?borders=2014&release={release}")));
}

#[tokio::test]
async fn an_area_has_its_parents_and_all_its_values_at_the_totals() {
    let (_dir, server) = server();
    let area = json(
        &server
            .area(&DataQuery { ..DataQuery::of(id("regions")) }, "C/1", &AskedSeries::default(), AcceptedCodings::IDENTITY)
            .await
            .unwrap(),
    );
    assert_eq!(
        area["parents"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect::<Vec<_>>(),
        ["B", "A"]
    );
    assert_eq!(
        area["indicators"][0]["observations"][1],
        serde_json::json!({"period": "2014", "value": null, "state": "secrecy"})
    );
    assert_eq!(area["indicators"][1]["observations"][1]["value"], 31.0);
    assert_eq!(area["indicators"][1]["selection"], serde_json::json!({"sex": "_T"}));
}

#[tokio::test]
async fn a_request_that_does_not_fit_is_told_what_would() {
    let (_dir, server) = server();
    let coord = TileCoord::new(0, 0, 0).unwrap();
    let sex = vec![("sex".to_owned(), "X".to_owned())];
    let age = vec![("age".to_owned(), "Y".to_owned())];
    for (ask, expected) in [
        (DataQuery { set: id("nowhere"), ..ask() }, "set \"nowhere\" is not known: there is regions"),
        (DataQuery { grid: Some(id("Other")), ..ask() }, "grid \"Other\" is not known: there is WebMercatorQuad"),
        (DataQuery { indicator: Some(id("x")), ..ask() }, "indicator \"x\" is not known: there is rate, arrivals"),
        (DataQuery { periods: Vec::new(), ..ask() }, "parameter period is missing: indicator rate has 2013, 2014"),
        (
            DataQuery { periods: periods("2015"), ..ask() },
            "indicator rate has no period 2015 for set regions: it has 2013, 2014",
        ),
        (DataQuery { periods: periods("2013,2014"), ..ask() }, "several periods are given: expected one"),
        (
            DataQuery { borders: Some(id("2010")), ..ask() },
            "indicator rate has no values in borders 2010 of set regions: it has them in 2014",
        ),
        (DataQuery { borders: Some(id("x")), ..ask() }, "borders \"x\" is not known: there is 2010, 2014"),
        (DataQuery { indicator: None, ..ask() }, "parameter period needs an indicator"),
        (DataQuery { dimensions: age, ..ask() }, "indicator rate has no dimension \"age\": it has none"),
        (
            DataQuery { indicator: Some(id("arrivals")), dimensions: sex, ..ask() },
            "dimension sex has no code \"X\": it has _T, F, M",
        ),
        (DataQuery { release: Some(id("2020-01-01-cccccccc")), ..ask() }, "release 2020-01-01-cccccccc is not kept"),
        (DataQuery { release: Some(id("current")), ..ask() }, "release current is not kept"),
    ] {
        let error = server.tile(&ask, coord, AcceptedCodings::IDENTITY, |_, _| false).await.expect_err(expected);
        assert!(error.to_string().starts_with(expected), "{error}\nexpected {expected}");
    }
    let deep = TileCoord::new(6, 0, 0).unwrap();
    let error = server.tile(&ask(), deep, AcceptedCodings::IDENTITY, |_, _| false).await.unwrap_err();
    assert!(error.to_string().contains("zooms go from 0 to 5"), "{error}");
}

#[tokio::test]
async fn a_selection_that_was_not_published_is_not_found_and_not_kept() {
    let (_dir, server) = server();
    let ask = DataQuery { indicator: Some(id("arrivals")), dimensions: vec![("sex".to_owned(), "M".to_owned())], ..ask() };
    for _ in 0..2 {
        let error = server.geojson(&ask, None, AcceptedCodings::IDENTITY).await.unwrap_err();
        assert!(matches!(error, ServeError::NotFound(_)), "{error}");
    }
}

#[tokio::test]
async fn a_tile_that_the_client_has_is_not_encoded_and_other_values_have_other_tags() {
    let (dir, server) = server();
    let coord = TileCoord::new(1, 1, 0).unwrap();
    let tile = server.tile(&ask(), coord, AcceptedCodings::IDENTITY, |_, _| false).await.unwrap();
    let again = server.tile(&ask(), coord, AcceptedCodings::only(Coding::Gzip), |tag, _| tag == tile.tag).await.unwrap();
    assert_eq!(again.content, AnswerContent::Unchanged);
    let empty = TileCoord::new(5, 0, 31).unwrap();
    assert_eq!(
        server.tile(&ask(), empty, AcceptedCodings::only(Coding::Gzip), |_, _| false).await.unwrap().content,
        AnswerContent::Empty
    );
    let second = publish(dir.path(), 100.0);
    let mut tags = vec![tile.tag];
    for other in [
        DataQuery { periods: periods("2013"), ..ask() },
        DataQuery { indicator: None, periods: Vec::new(), ..ask() },
        DataQuery { release: Some(id(&second)), ..ask() },
    ] {
        tags.push(server.tile(&other, coord, AcceptedCodings::IDENTITY, |_, _| false).await.unwrap().tag);
    }
    let different: std::collections::HashSet<_> = tags.iter().collect();
    assert_eq!(different.len(), 4, "{tags:?}");
}

fn with_breaks(breaks: &str) -> Options {
    Options { breaks: BreakRule::Manual(breaks.parse().unwrap()), ..Options::default() }
}

#[tokio::test]
async fn a_style_and_its_legend_have_the_same_colours_and_pinned_tiles() {
    let (_dir, server) = server();
    let ask = DataQuery { indicator: Some(id("arrivals")), ..ask() };
    let equal = BreakRule::new(Method::Equal, None).unwrap();
    for options in [
        Options::default(),
        Options { breaks: equal, classes: "4".parse().unwrap(), scope: Scope::Period, palette: None },
        with_breaks("15,25.5"),
    ] {
        let style = server.style(&ask, options.clone(), StyleName::Choropleth, AcceptedCodings::IDENTITY).await;
        let style = text(&style.unwrap());
        let legend = json(&server.legend(&ask, None, options.clone(), AcceptedCodings::IDENTITY).await.unwrap());
        let classes = legend["classes"].as_array().unwrap();
        assert!(classes.len() > 1, "{options:?}");
        for class in classes {
            assert!(style.contains(class["colour"].as_str().unwrap()), "{class} in {style}");
        }
        assert!(style.contains(&format!("&release={}", server.current().id())), "{style}");
    }
    let unknown = "../x".parse::<StyleName>().unwrap_err();
    assert!(unknown.to_string().contains("there is choropleth"), "{unknown}");
}

#[tokio::test]
async fn a_page_keeps_to_the_release_of_its_link_and_tells_of_one_that_is_gone() {
    let (_dir, server) = server();
    let release = server.current().id().to_string();
    let page = |value: &str| vec![("release".to_owned(), value.to_owned()), ("indicator".to_owned(), "rate".to_owned())];
    let template = "<html lang=\"en\"><!--choro:strange--><!--choro:open--><!--choro:links-->";
    for (asked, pinned, told) in [(release.as_str(), true, false), ("2020-01-01-cccccccc", false, true)] {
        let query = page(asked);
        let ask = PageQuery {
            page: PageKind::Embed { controls: true },
            template,
            query: &query,
            languages: &LanguagePriority::default(),
        };
        let answer = server.page(&ask, AcceptedCodings::IDENTITY).await.unwrap();
        let AnswerContent::Bytes([bytes, _]) = answer.content else { panic!("no page") };
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!((answer.pinned, text.contains("class=\"strange\"")), (pinned, told), "{text}");
        let kept = format!("name=\"release\" value=\"{release}\"");
        assert_eq!(text.contains(&kept), pinned, "the form of a pinned page leads to pinned pages: {text}");
    }
}

/// The page of a query, and how many documents were made so far.
async fn page(server: &ReleaseServer, query: &QueryPairs, accepted: AcceptedCodings) -> (Answer, u64) {
    let template = "<html lang=\"en\"><!--choro:strange--><!--choro:map--><!--choro:table-->";
    let ask = PageQuery { page: PageKind::Viewer, template, query, languages: &LanguagePriority::default() };
    let answer = server.page(&ask, accepted).await.unwrap();
    (answer, server.documents().stats().await.misses)
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_thousand_made_up_parameters_are_told_and_have_one_page_drawn() {
    let (_dir, server) = server();
    let (plain, made) = page(&server, &pairs(&[("indicator", "rate")]), AcceptedCodings::IDENTITY).await;
    let bytes = server.documents().stats().await.bytes;
    let mut tags = std::collections::HashSet::new();
    for number in 0..1000 {
        let value = format!("<{number}>");
        let query = pairs(&[("indicator", "rate"), ("fbclid", &value), ("classes", "x")]);
        let (told, now) = page(&server, &query, AcceptedCodings::IDENTITY).await;
        let notice = format!(
            "<p class=\"strange\" role=\"status\">Not understood, and shown as usual: classes=x, fbclid=&lt;{number}&gt;</p>"
        );
        assert_eq!(text(&told).replacen(&notice, "", 1), text(&plain));
        assert!(text(&told).contains(&notice));
        assert_eq!(now, made, "{number}: drawn again");
        tags.insert(told.tag);
    }
    assert_eq!(tags.len(), 1000, "each has a tag of its own");
    assert_eq!(server.documents().stats().await.bytes, bytes);
}

#[tokio::test]
async fn what_was_not_understood_stands_in_the_compressed_page_too() {
    use std::io::Read as _;
    let (_dir, server) = server();
    let query = pairs(&[("no", "such")]);
    let (plain, _) = page(&server, &query, AcceptedCodings::IDENTITY).await;
    let (packed, made) = page(&server, &query, AcceptedCodings::only(Coding::Gzip)).await;
    assert_eq!((packed.coding, packed.tag, made), (Coding::Gzip, plain.tag, 1));
    let AnswerContent::Bytes(pieces) = packed.content else { panic!("no page") };
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&*pieces.concat()).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, text(&plain));
}

#[tokio::test]
async fn breaks_of_ones_own_read_and_sort_nothing_again() {
    let (_dir, server) = server();
    let arrivals = DataQuery { indicator: Some(id("arrivals")), ..ask() };
    let legend = async |breaks: &str| {
        json(&server.legend(&arrivals, None, with_breaks(breaks), AcceptedCodings::IDENTITY).await.unwrap())
    };
    legend("15,25.5").await;
    let read = server.kept().columns.stats().await.misses;
    for number in 16..50 {
        let legend = legend(&format!("15,{number}.5,60")).await;
        let counts: Vec<u64> = legend["classes"].as_array().unwrap().iter().map(|c| c["count"].as_u64().unwrap()).collect();
        assert_eq!(counts.iter().sum::<u64>(), 8, "{legend}");
    }
    assert_eq!(server.kept().columns.stats().await.misses, read);
    assert_eq!(server.kept().ordered.kept().await, 1);
}

#[tokio::test]
async fn what_is_kept_is_answered_without_its_subject_and_wrong_classes_are_refused_as_before() {
    let (_dir, server) = server();
    let plain = Options::default();
    // The indicator diverges, and this palette does not.
    let wrong = Options { palette: Some(Palette::find("blues").unwrap()), ..Options::default() };
    let all = async |options: &Options| {
        let (legend, style, file) = (options.clone(), options.clone(), options.clone());
        [
            server.legend(&ask(), Some(id("2013")), legend, AcceptedCodings::IDENTITY).await,
            server.style(&ask(), style, StyleName::Choropleth, AcceptedCodings::IDENTITY).await,
            server.gis(&ask(), file, GisFile::Qlr, AcceptedCodings::IDENTITY).await,
        ]
        .map(|answer| answer.map(|answer| answer.tag).map_err(|error| error.to_string()))
    };
    let made = || MADE.get();
    let (before, first) = (made(), all(&plain).await);
    assert_eq!(made() - before, 3, "one for each that has to be made");
    assert_eq!(all(&plain).await, first);
    assert_eq!(made() - before, 3, "none for what is kept");
    for refused in all(&wrong).await {
        assert!(refused.as_ref().is_err_and(|what| what.contains("palette")), "{refused:?}");
    }
    let without = DataQuery { indicator: None, periods: Vec::new(), ..ask() };
    let refused = server.legend(&without, None, plain, AcceptedCodings::IDENTITY).await.unwrap_err();
    assert!(refused.to_string().starts_with("parameter indicator is missing"), "{refused}");
}
