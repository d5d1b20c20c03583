//! Pictures: what they show is what the figures say, whatever the names of areas hold.

use super::*;
use roxmltree::Document;
use std::collections::BTreeMap;

const RATE: &str = "set=regions&indicator=rate&period=2014";

async fn svg(site: &Site, query: &str) -> String {
    let reply = site.get(&format!("/picture.svg?{query}")).await;
    let text = String::from_utf8(reply.body).unwrap();
    assert_eq!(
        (reply.status, reply.headers["content-type"].to_str().unwrap()),
        (StatusCode::OK, "image/svg+xml"),
        "{query}: {text}"
    );
    text
}

/// The fill of each area, its own or its group's.
fn fills(document: &Document<'_>) -> BTreeMap<String, String> {
    let areas = document.descendants().filter(|node| node.has_tag_name("path") && node.attribute("data-code").is_some());
    let fill = |node: roxmltree::Node<'_, '_>| {
        node.ancestors().find_map(|node| node.attribute("fill")).unwrap_or_default().to_owned()
    };
    areas.map(|node| (node.attribute("data-code").unwrap().to_owned(), fill(node))).collect()
}

fn texts(document: &Document<'_>) -> Vec<String> {
    document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn each_area_with_a_polygon_is_one_path_in_the_colour_of_its_class_or_the_look_of_its_state() {
    let site = Site::new();
    let legend = site.get("/legends/rate.json?set=regions&period=2014").await.json();
    let text = svg(&site, RATE).await;
    let document = Document::parse(&text).unwrap();
    let last = legend["classes"].as_array().unwrap().iter().find(|class| class["hi"].as_f64().unwrap() > 3.0).unwrap();
    let expected = [("A", last["colour"].as_str().unwrap()), ("B", "url(#choro-missing)"), ("C/1", "url(#choro-secrecy)")];
    let expected: BTreeMap<_, _> = expected.map(|(code, fill)| (code.to_owned(), fill.to_owned())).into();
    assert_eq!(fills(&document), expected);
}

#[tokio::test]
async fn a_picture_says_what_it_shows_in_its_language_and_names_are_only_text() {
    let site = Site::new();
    for (lang, expected) in [
        (
            "en",
            [
                "Net rate, 2014",
                "Source: Statistics of Nowhere. Licence: CC0-1.0.",
                "Boundaries of 2014: Maps <of> Nowhere (CC0-1.0).",
            ],
        ),
        (
            "ru",
            [
                "Net rate (по-русски), 2014 г.",
                "Источник: Statistics of Nowhere. Лицензия: CC0-1.0.",
                "Границы на 2014: Maps <of> Nowhere (CC0-1.0).",
            ],
        ),
    ] {
        let text = svg(&site, &format!("{RATE}&lang={lang}")).await;
        let document = Document::parse(&text).unwrap();
        let texts = texts(&document);
        for words in expected {
            assert!(texts.iter().any(|text| text == words), "{words}: {texts:?}");
        }
        assert!(texts.iter().any(|text| text.contains("2026-01-01")), "the date of the release: {texts:?}");
        assert!(
            document.descendants().all(|node| !matches!(node.tag_name().name(), "b" | "of" | "script" | "image" | "style"))
        );
        assert_eq!(document.root_element().attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some(lang));
    }
}

#[tokio::test]
async fn png_has_the_size_asked_for_and_the_colours_of_the_legend() {
    let site = Site::new();
    for (size, expected) in
        [("wide", (1200, 630)), ("square", (1080, 1080)), ("page", (2246, 1588)), ("portrait", (1588, 2246))]
    {
        let reply = site.get(&format!("/picture.png?{RATE}&size={size}")).await;
        let (width, height, seen) = pixels::pixels(&reply.body);
        assert_eq!((width, height), expected, "{size}");
        let legend = site.get("/legends/rate.json?set=regions&period=2014").await.json();
        for class in legend["classes"].as_array().unwrap() {
            let hex = u32::from_str_radix(&class["colour"].as_str().unwrap()[1..], 16).unwrap();
            let [_, colour @ ..] = hex.to_be_bytes();
            assert!(seen.contains(&colour), "{size}: {class}");
        }
    }
}

#[tokio::test]
async fn pdf_has_a_title_and_a_language() {
    let site = Site::new();
    let reply = site.get(&format!("/picture.pdf?{RATE}&lang=ru")).await;
    assert!(reply.body.starts_with(b"%PDF-") && reply.body.trim_ascii_end().ends_with(b"%%EOF"));
    let text = String::from_utf8_lossy(&reply.body);
    assert!(text.contains("/Lang") && text.contains("/Title") && text.contains("ru"), "{text}");
}

#[tokio::test]
async fn differences_are_of_both_periods_and_what_is_withheld_in_either_stays_withheld() {
    let site = Site::new();
    let legend = site.get("/legends/rate.json?set=regions&period=2014&from=2013").await.json();
    assert_eq!((legend["from"].as_str(), legend["change_label"].as_str()), (Some("2013"), Some("change from 2013 to 2014")));
    // A: 3.0 - -1.5; B: missing; C/1: secrecy, though 2013 has a value; D: -0.1 - 7.25.
    let summary = "Areas with data: 2 of 4. Lowest of them: \u{2212}7.4 (Delta). Highest of them: +4.5 (Alpha). \
                   Median of them, unweighted: \u{2212}1.4. No data: 1. Confidential: 1.";
    assert_eq!(legend["summary"].as_str().unwrap(), summary);
    let text = svg(&site, &format!("{RATE}&from=2013")).await;
    assert_eq!(fills(&Document::parse(&text).unwrap())["C/1"], "url(#choro-secrecy)");
}

#[tokio::test]
async fn circles_are_drawn_where_they_are_asked_for_and_their_areas_are_as_the_values() {
    let site = Site::new();
    let text = svg(&site, "set=regions&indicator=arrivals&period=2014&kind=symbols&sex=F").await;
    let document = Document::parse(&text).unwrap();
    let radius = |code: &str| -> f64 {
        let mut circles =
            document.descendants().filter(|node| node.has_tag_name("circle") && node.attribute("data-code") == Some(code));
        circles.next().unwrap_or_else(|| panic!("no circle for {code}")).attribute("r").unwrap().parse().unwrap()
    };
    // 5, 9 and 15.
    for (code, value) in [("B", 9.0_f64), ("C/1", 15.0)] {
        let ratio = (radius(code) / radius("A")).powi(2);
        assert!((ratio - value / 5.0).abs() < 0.02, "{code}: {ratio}");
    }
}

#[tokio::test]
async fn a_picture_of_what_is_not_there_names_the_parameter() {
    let site = Site::new();
    for (query, parameter) in [
        ("indicator=x", "indicator"),
        ("set=x", "set"),
        ("grid=x", "grid"),
        ("period=1999", "period"),
        ("from=1999", "from"),
        ("from=2014&period=2014", "from"),
        ("from=2014&period=2013", "from"),
        ("area=x", "area"),
        ("fit=%3Cb%3E", "fit"),
        ("at=1,2", "at"),
        ("at=1,91,3", "at"),
        ("at=nan,1,3", "at"),
        ("kind=pie", "kind"),
        ("size=huge", "size"),
        ("classes=2", "classes"),
        ("method=manual", "breaks"),
        ("breaks=1,2", "breaks"),
        ("palette=x", "palette"),
        ("sex=F", "sex"),
        ("nonsense=1", "nonsense"),
    ] {
        let reply = site.get(&format!("/picture.svg?{query}")).await;
        let problem = reply.json();
        assert_eq!(
            (reply.status, problem["parameter"].as_str()),
            (StatusCode::BAD_REQUEST, Some(parameter)),
            "{query}: {problem}"
        );
    }
}

#[tokio::test]
async fn a_comparison_with_a_later_period_is_refused_with_the_remedy() {
    let site = Site::new();
    for address in [
        "/picture.svg?set=regions&indicator=rate&period=2013&from=2014",
        "/legends/rate.json?set=regions&period=2013&from=2014",
    ] {
        let (reply, remedy) =
            (site.get(address).await, "from=2014 comes after period=2013: exchange them, from=2013 and period=2014");
        let problem = reply.json();
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(problem["detail"].as_str().unwrap().contains(remedy), "{address}: {problem}");
    }
    let page = site.get("/?set=regions&indicator=rate&period=2013&from=2014&lang=en").await;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    assert!(page.contains("Not understood, and shown as usual: from=2014"), "{page}");
}

#[tokio::test]
async fn only_pages_of_this_server_are_embedded() {
    let site = Site::new();
    let own = "https%3A%2F%2Fmaps.example.org%2F%3Findicator%3Drate%26period%3D2013";
    let reply = site.get(&format!("/oembed?url={own}&maxwidth=400&format=json")).await;
    let document = reply.json();
    assert_eq!(
        (document["type"].as_str(), document["width"].as_u64(), document["height"].as_u64()),
        (Some("rich"), Some(400), Some(640))
    );
    assert!(
        document["html"].as_str().unwrap().starts_with("<iframe src=\"https://maps.example.org/embed?v=1&amp;set=regions")
    );
    for (url, status) in [
        ("https%3A%2F%2Fevil.example%2F", StatusCode::NOT_FOUND),
        ("https%3A%2F%2Fmaps.example.org.evil.example%2F", StatusCode::NOT_FOUND),
        ("https%3A%2F%2Fmaps.example.org%2Fcatalog.json", StatusCode::NOT_FOUND),
        (&format!("{own}&format=xml"), StatusCode::NOT_IMPLEMENTED),
        (&format!("{own}&maxwidth=-1"), StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(site.get(&format!("/oembed?url={url}")).await.status, status, "{url}");
    }
}

#[tokio::test]
async fn a_layer_of_qgis_has_the_breaks_and_colours_of_the_legend_and_its_own_address() {
    let site = Site::new();
    let legend = site.get("/legends/rate.json?set=regions&period=2014").await.json();
    let reply = site.get("/areas/regions.qlr?indicator=rate&period=2014").await;
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"regions.qlr\"");
    let text = String::from_utf8(reply.body).unwrap();
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).unwrap();
    let source = document.descendants().find(|node| node.has_tag_name("datasource")).unwrap().text().unwrap().to_owned();
    assert!(
        source.starts_with("https://maps.example.org/areas/regions.geojson?indicator=rate&period=2014&release="),
        "{source}"
    );
    let rules: Vec<_> = document.descendants().filter(|node| node.has_tag_name("rule")).collect();
    let (classes, states) = (legend["classes"].as_array().unwrap(), legend["states"].as_array().unwrap());
    assert_eq!(rules.len(), classes.len() + 1 + states.len());
    for (index, (rule, class)) in rules.iter().zip(classes).enumerate() {
        let filter = rule.attribute("filter").unwrap();
        let limit = |sign: &str, name: &str| format!("\"value\" {sign} {}", class[name].as_f64().unwrap());
        assert_eq!(filter.contains(&limit(">=", "lo")), index > 0, "{filter}");
        assert_eq!(filter.contains(&limit("<", "hi")), index + 1 < classes.len(), "{filter}");
        let hex = u32::from_str_radix(&class["colour"].as_str().unwrap()[1..], 16).unwrap();
        let [_, r, g, b] = hex.to_be_bytes();
        let symbol = document.descendants().filter(|node| node.has_tag_name("symbol")).nth(index).unwrap();
        let colour = symbol.descendants().find(|node| node.attribute("name") == Some("color")).unwrap();
        assert_eq!(colour.attribute("value"), Some(&*format!("{r},{g},{b},255")), "{class}");
    }
}

#[tokio::test]
async fn a_geopackage_is_a_file_of_sqlite_that_says_it_is_one() {
    let site = Site::new();
    let reply = site.get("/areas/regions.gpkg?indicator=rate&period=2014").await;
    assert_eq!(reply.header("content-type"), "application/geopackage+sqlite3");
    assert!(reply.body.starts_with(b"SQLite format 3\0") && reply.body.get(68..72) == Some(b"GPKG"));
    let again = site.get("/areas/regions.gpkg?indicator=rate&period=2014").await;
    assert_eq!(again.header("etag"), reply.header("etag"));
}
