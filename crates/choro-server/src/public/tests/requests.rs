//! What is asked: paths, parameters, methods, and the document that describes them.

use super::*;
use crate::public::{openapi::document, router::endpoints, rows};
use choro_http::extract::decode;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[tokio::test]
async fn every_route_answers_a_good_request() {
    let site = Site::new();
    for (url, status, media) in [
        ("/catalog.json", 200, "application/json"),
        (TILE, 200, "application/vnd.mapbox-vector-tile"),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mvt", 200, "application/vnd.mapbox-vector-tile"),
        ("/tiles/regions/WebMercatorQuad/5/0/31.mvt", 204, ""),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mlt?indicator=rate&period=2014", 200, "application/vnd.maplibre-tile"),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mlt", 200, "application/vnd.maplibre-tile"),
        ("/tiles/regions/WebMercatorQuad/5/0/31.mlt", 204, ""),
        ("/tiles/regions/WebMercatorQuad.json?indicator=rate&period=2014", 200, "application/json"),
        ("/values/regions.json?indicator=rate&period=2013,2014", 200, "application/json"),
        ("/values/regions.csv?indicator=rate&period=2013%2C2014", 200, "text/csv; charset=utf-8"),
        ("/areas/regions.geojson?indicator=arrivals&period=2014&sex=F&zoom=4", 200, "application/geo+json"),
        ("/areas/regions/A", 200, "application/json"),
        ("/areas/regions/C%2F1", 200, "application/json"),
        (
            "/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=rate&period=2014&lang=ru",
            200,
            "application/json",
        ),
        ("/legends/arrivals.json?set=regions&period=2014&sex=F&method=manual&breaks=1,2.5", 200, "application/json"),
        ("/openapi.json", 200, "application/json"),
        ("/health/live", 200, "application/json"),
        ("/health/ready", 200, "application/json"),
    ] {
        let reply = site.get(url).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (status, media), "{url}");
        assert!(reply.body.is_empty() == (status == 204), "{url}");
    }
}

#[tokio::test]
async fn an_encoding_is_named_where_tiles_are_announced_and_an_unknown_one_is_refused() {
    let site = Site::new();
    let tilejson = "/tiles/regions/WebMercatorQuad.json?indicator=rate&period=2014";
    let style = "/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=rate&period=2014";
    for (asked, said, ending) in
        [("", None, ".mvt?"), ("&encoding=mvt", None, ".mvt?"), ("&encoding=mlt", Some("mlt"), ".mlt?")]
    {
        let (tilejson, style) =
            (site.get(&format!("{tilejson}{asked}")).await.json(), site.get(&format!("{style}{asked}")).await.json());
        for source in [&tilejson, &style["sources"]["choro"]] {
            assert_eq!(source["encoding"].as_str(), said, "{source}");
            assert!(source["tiles"][0].as_str().unwrap().contains(ending), "{source}");
        }
    }
    for url in [tilejson, style] {
        let reply = site.get(&format!("{url}&encoding=pbf")).await;
        assert_eq!((reply.status.as_u16(), reply.json()["parameter"].as_str()), (400, Some("encoding")), "{url}");
        assert_eq!(reply.json()["detail"], "encoding \"pbf\" is not known: there is mvt, mlt");
    }
    // Of a tile the path says it, and the parameter is ignored as all of styles are.
    assert_eq!(site.get(&format!("{TILE}&encoding=mlt")).await.body, site.get(TILE).await.body);
}

#[tokio::test]
async fn both_encodings_of_a_tile_have_tags_of_their_own() {
    let site = Site::new();
    let urls = [TILE.to_owned(), TILE.replace(".mvt", ".mlt")];
    let mut tags = Vec::new();
    for url in &urls {
        let reply = site.get(url).await;
        let tag = reply.header("etag").to_owned();
        assert_eq!(site.ask(Method::GET, url, &[("if-none-match", &tag)]).await.status, 304);
        tags.push(tag);
    }
    assert_ne!(tags[0], tags[1]);
    assert_eq!(site.ask(Method::GET, &urls[1], &[("if-none-match", &tags[0])]).await.status, 200);
}

#[tokio::test]
async fn tile_coordinates_of_every_wrong_kind_are_refused() {
    let site = Site::new();
    for (path, status) in [
        ("99/0/0", 404),
        ("23/0/0", 404),
        ("6/0/0", 404),
        ("255/0/0", 404),
        ("256/0/0", 404),
        ("-1/0/0", 400),
        ("+1/0/0", 400),
        ("1e3/0/0", 400),
        ("01/0/0", 400),
        ("1.0/0/0", 400),
        ("0x1/0/0", 400),
        ("%EF%BC%91/0/0", 400),
        ("%2e/0/0", 400),
        ("%31/0/0", 200),
        ("1/2/0", 404),
        ("1/0/2", 404),
        ("1/2147483648/0", 404),
        ("1/4294967296/0", 404),
        ("1/18446744073709551616/0", 400),
        ("1/-1/0", 400),
        ("1/0/%00", 404),
        ("1//0", 404),
        ("1/0/ 0", 0),
    ] {
        let url = format!("/tiles/regions/WebMercatorQuad/{path}.mvt");
        if url.parse::<hyper::Uri>().is_err() {
            continue;
        }
        assert_eq!(site.get(&url).await.status.as_u16(), status, "{path}");
    }
    for (url, status) in [
        ("/tiles/regions/WebMercatorQuad/1/0/0", 404),
        ("/tiles/regions/WebMercatorQuad/1/0/0.pbf", 404),
        ("/tiles/regions/WebMercatorQuad/1/0/0.mvt.mvt", 400),
        ("/tiles/regions/WebMercatorQuad/1/0/0.MVT", 404),
        ("/tiles/regions/WebMercatorQuad/1/0/.mvt", 404),
        ("/tiles/regions/WebMercatorQuad/1/0/0.mvt/", 404),
        ("/tiles/regions/WebMercatorQuad/1/0.mvt", 404),
        ("/tiles/regions/webmercatorquad/1/0/0.mvt", 404),
        ("/tiles/Regions/WebMercatorQuad/1/0/0.mvt", 404),
    ] {
        assert_eq!(site.get(url).await.status.as_u16(), status, "{url}");
    }
}

/// A number of a tile as clients write it: mostly right, else nearly so.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0_u32..40).prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => "[0-9+.eExX-]{0,6}",
        1 => "(%[0-9a-fA-F]{2}|[0-9]){1,3}",
        1 => "[!-~]{0,8}",
        1 => "\\PC{0,3}",
    ]
}

/// A name of a path: the right one, or anything.
fn name(right: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![8 => Just(right.to_owned()), 1 => "[!-~]{0,12}", 1 => "(%[0-9a-f]{2}|\\PC){0,4}"]
}

/// The number that a segment is, once decoded: digits without sign or leading zeros.
fn plain(segment: &str) -> Option<u64> {
    let text = decode(segment)?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if digits { text.parse().ok() } else { None }
}

/// Every tile of the set's zooms is there, and nothing else is, whatever the path.
#[test]
fn a_tile_path_is_answered_where_its_numbers_are_in_range_and_never_fails() {
    let (site, runtime) = (Site::new(), tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());
    let paths =
        (name("regions"), name("WebMercatorQuad"), number(), number(), number(), prop_oneof![name("mvt"), name("mlt")]);
    proptest!(ProptestConfig::with_cases(4000), |((set, grid, z, x, y, format) in paths)| {
        let url = format!("/tiles/{set}/{grid}/{z}/{x}/{y}.{format}");
        if url.parse::<hyper::Uri>().is_err() {
            return Ok(());
        }
        let status = runtime.block_on(site.get(&url)).status.as_u16();
        prop_assert!(status < 500, "{url}: {status}");
        // What begins another segment or a query is not part of a name.
        if [&set, &grid, &z, &x, &y, &format].iter().any(|part| part.contains(['/', '?', '#'])) {
            return Ok(());
        }
        let named = (decode(&set).as_deref(), decode(&grid).as_deref())
            == (Some("regions"), Some("WebMercatorQuad")) && matches!(format.as_str(), "mvt" | "mlt");
        let tile = plain(&z).zip(plain(&x)).zip(plain(&y));
        let there = named && tile.is_some_and(|((z, x), y)| z <= 5 && x < 1 << z && y < 1 << z);
        prop_assert!(if there { matches!(status, 200 | 204) } else { matches!(status, 400 | 404) }, "{url}: {status}");
    });
}

/// Entries of the caches of columns and of documents.
async fn held(site: &Site) -> (u64, u64) {
    let stats = site.public.server().stats().await;
    (stats.columns.entries, stats.documents.entries)
}

#[tokio::test]
async fn a_refused_request_puts_nothing_into_a_cache() {
    let site = Site::new();
    let documents = [
        TILE,
        "/tiles/regions/WebMercatorQuad.json?indicator=rate&period=2014",
        "/values/regions.json?indicator=rate&period=2014",
        "/areas/regions.geojson?indicator=rate&period=2014",
        "/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=rate&period=2014",
        "/legends/rate.json?set=regions&period=2014",
    ];
    for url in documents {
        assert_eq!(site.get(url).await.status, StatusCode::OK, "{url}");
    }
    let before = held(&site).await;
    assert!(before.0 > 0 && before.1 > 0, "good requests are kept: {before:?}");
    for url in documents {
        for more in [
            "x=1",
            "period=2014",
            "period=2013",
            "indicator=arrivals",
            "sex=F",
            "release=..",
            "release=2000-01-01-nothing",
            "=",
            "",
        ] {
            let url = format!("{url}&{more}");
            assert!(site.get(&url).await.status.is_client_error(), "{url}");
        }
        for (right, wrong) in [("2014", "1999"), ("2014", "20014"), ("rate", "nothing"), ("regions", "nowhere")] {
            let url = url.replacen(right, wrong, 1);
            assert!(site.get(&url).await.status.is_client_error(), "{url}");
        }
    }
    assert_eq!(held(&site).await, before);
}

#[tokio::test]
async fn parameters_of_every_wrong_kind_are_refused_by_name() {
    let site = Site::new();
    for (query, parameter, words) in [
        ("indicator=rate&period=2014&period=2013", "period", "given twice"),
        ("indicator=rate&period=2014&period=2014", "period", "given twice"),
        ("indicator=arrivals&period=2014&sex=F&sex=M", "sex", "given twice"),
        ("indicator=rate&period=", "period", "is empty"),
        ("indicator=rate&period", "period", "is empty"),
        ("indicator=rate&period=2014&colour=red", "colour", "has no dimension"),
        ("indicator=rate&period=2014&COLOUR=red", "COLOUR", "there is indicator, period, borders, release, the dimensions"),
        ("Indicator=rate&period=2014", "Indicator", "not known"),
        ("indicator=rate;period=2014", "indicator", "is not valid"),
        ("indicator[]=rate&period=2014", "indicator[]", "not known"),
        ("indicator=rate&period[0]=2014", "period[0]", "not known"),
        ("indicator=rate&period=2014&=1", "", "not known"),
        ("indicator=rate&&period=2014", "", "not known"),
        ("indicator=rate&period=%ff", "period", "not valid percent-encoded"),
        ("indicator=rate&period=20%0014", "period", "not valid percent-encoded"),
        ("indicator=rate&period=2014%", "period", "not valid percent-encoded"),
        ("indicator=rate&period=2014-13", "period", "is not valid"),
        ("indicator=rate&period=2014%27--", "period", "is not valid"),
        ("indicator=..%2f..%2fetc&period=2014", "indicator", "is not valid"),
        ("indicator=rate", "period", "is missing"),
        ("period=2014", "period", "needs an indicator"),
        ("sex=F", "sex", "needs an indicator"),
        ("indicator=rate&period=2014&release=..%2f", "release", "not valid"),
        ("indicator=rate&period=2014&borders=2010", "borders", "has them in 2014"),
    ] {
        let reply = site.get(&format!("/tiles/regions/WebMercatorQuad/1/1/0.mvt?{query}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
        let problem = reply.json();
        assert_eq!(problem["parameter"], parameter, "{query}: {problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{query}: {problem}");
        assert_eq!((&problem["title"], &problem["status"]), (&"Bad Request".into(), &400.into()));
    }
    for (url, parameter) in [
        ("/values/regions.json?period=2014", "indicator"),
        ("/values/regions.json?indicator=rate", "period"),
        ("/values/regions.json?indicator=rate&period=2014,2014", "period"),
        ("/values/regions.json?indicator=rate&period=2014,", "period"),
        ("/areas/regions.geojson?zoom=23", "zoom"),
        ("/areas/regions.geojson?zoom=+1", "zoom"),
        ("/areas/regions.geojson?lang=%3Cb%3E", "lang"),
        ("/areas/regions/A?indicator=nothing", "indicator"),
        ("/styles/choropleth.json?set=nowhere&grid=WebMercatorQuad&indicator=rate&period=2014", "set"),
        ("/styles/choropleth.json?set=regions&grid=nowhere&indicator=rate&period=2014", "grid"),
        ("/styles/choropleth.json?set=regions&grid=WebMercatorQuad&period=2014", "indicator"),
        ("/legends/rate.json?period=2014", "set"),
        ("/legends/rate.json?set=regions&period=2014&indicator=rate", "indicator"),
        ("/legends/rate.json?set=regions&period=2014&method=best", "method"),
        ("/legends/rate.json?set=regions&period=2014&classes=2", "classes"),
        ("/legends/rate.json?set=regions&period=2014&classes=+5", "classes"),
        ("/legends/rate.json?set=regions&period=2014&breaks=1,2", "breaks"),
        ("/legends/rate.json?set=regions&period=2014&method=manual&breaks=2,1", "breaks"),
        ("/legends/rate.json?set=regions&period=2014&method=manual&breaks=NaN", "breaks"),
        ("/legends/rate.json?set=regions&period=2014&method=manual&breaks=1e999", "breaks"),
        ("/legends/rate.json?set=regions&period=2014&scope=some", "scope"),
        ("/legends/rate.json?set=regions&period=2014&palette=rainbow", "palette"),
        ("/catalog.json?x=1", "x"),
        ("/health/live?x=1", "x"),
    ] {
        let reply = site.get(url).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["parameter"]), (400, &parameter.into()), "{url}");
    }
    let many = (0..41).map(|i| format!("d{i}=1")).collect::<Vec<_>>().join("&");
    assert_eq!(site.get(&format!("/tiles/regions/WebMercatorQuad.json?{many}")).await.status, StatusCode::BAD_REQUEST);
    let long = format!("/catalog.json?{}=1", "x".repeat(1000));
    assert!(site.get(&long).await.body.len() < 500, "a foreign name is cut");
}

#[tokio::test]
async fn no_path_leads_out_of_the_catalogue() {
    let site = Site::new();
    let names = [
        "..",
        "%2e%2e",
        "%252e%252e",
        "..%2f..%2fetc%2fpasswd",
        "..%5c..%5cetc",
        "..;",
        ".",
        "%00",
        "a%00.json",
        "con",
        "aux",
        "%2fetc%2fpasswd",
        "c%3a%5cwindows",
        "%c0%ae%c0%ae",
        "..%c0%af",
        "%u002e",
        "~root",
        "current",
        "catalog.json",
        "*",
        "%2a",
        "regions%2f..%2fregions",
        "regions%20",
        "regions%00",
        "%72egions%2f",
        "....//",
        "file:%2f%2f%2fetc",
        "\u{ff0e}\u{ff0e}",
    ];
    let shapes = [
        "/{}",
        "/assets/{}",
        "/tiles/{}/WebMercatorQuad/0/0/0.mvt",
        "/tiles/regions/{}/0/0/0.mvt",
        "/tiles/regions/{}.json",
        "/values/{}.json?indicator=rate&period=2014",
        "/areas/{}.geojson",
        "/areas/{}/A",
        "/areas/regions/{}",
        "/styles/{}.json?set=regions&grid=WebMercatorQuad&indicator=rate&period=2014",
        "/legends/{}.json?set=regions&period=2014",
    ];
    for name in names {
        for shape in shapes {
            let url = shape.replace("{}", name);
            let encoded: String = url
                .chars()
                .flat_map(|c| if c.is_ascii() { c.to_string() } else { "%EF%BC%8E".to_owned() }.chars().collect::<Vec<_>>())
                .collect();
            if url == "/catalog.json" || encoded.parse::<hyper::Uri>().is_err() {
                continue;
            }
            let reply = site.get(&encoded).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{url}: {}", String::from_utf8_lossy(&reply.body));
            assert_eq!(reply.header("content-type"), "application/problem+json");
        }
    }
}

#[tokio::test]
async fn one_resource_has_one_url() {
    let site = Site::new();
    for url in [
        "/catalog.json/",
        "//catalog.json",
        "/CATALOG.json",
        "/catalog.json;x",
        "/catalog",
        "/areas/regions/A/",
        "/health",
        "/tiles//",
    ] {
        assert_eq!(site.get(url).await.status, StatusCode::NOT_FOUND, "{url}");
    }
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let site = Site::new();
    for url in [TILE, "/catalog.json", "/health/live", "/nothing"] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get"] {
            let reply = site.ask(Method::from_bytes(method.as_bytes()).unwrap(), url, &[]).await;
            assert_eq!((reply.status.as_u16(), reply.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method} {url}");
        }
        let options = site
            .ask(Method::OPTIONS, url, &[("origin", "https://a.example"), ("access-control-request-headers", "x-y")])
            .await;
        assert_eq!(
            (options.status.as_u16(), options.header("access-control-allow-methods")),
            (204, "GET,HEAD,OPTIONS"),
            "{url}"
        );
        assert!(options.body.is_empty());
    }
}

#[tokio::test]
async fn what_a_client_sends_never_comes_back_as_html() {
    let site = Site::new();
    let marker = "%3Cscript%3Ealert(1)%3C/script%3E";
    for url in [
        "/tiles/M/g/0/0/0.mvt",
        "/areas/regions/M",
        "/M",
        "/catalog.json?M=1",
        "/catalog.json?release=M",
        "/areas/regions.geojson?lang=M",
    ] {
        let reply = site.get(&url.replace('M', marker)).await;
        assert!(reply.status.is_client_error(), "{url}");
        assert_eq!(
            (reply.header("content-type"), reply.header("x-content-type-options")),
            ("application/problem+json", "nosniff"),
            "{url}"
        );
    }
}

#[tokio::test]
async fn the_document_describes_every_path_with_its_names_examples_and_problems() {
    let api = Site::new().get("/openapi.json").await.json();
    let paths = api["paths"].as_object().unwrap();
    assert_eq!(paths.keys().cloned().chain(["other".to_owned()]).collect::<BTreeSet<_>>(), rows().collect());
    for (path, item) in paths {
        let operation = &item["get"];
        let parameters: Vec<_> = operation["parameters"].as_array().into_iter().flatten().collect();
        let named =
            |place: &'static str| parameters.iter().filter(move |p| p["in"] == place).map(|p| p["name"].as_str().unwrap());
        let in_path: Vec<_> = path.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect();
        assert_eq!(named("path").collect::<Vec<_>>(), in_path, "{path}");
        assert_eq!(named("query").collect::<BTreeSet<_>>().len(), named("query").count(), "{path}: each once");
        assert!(parameters.iter().all(|p| !p["example"].is_null() && p["description"].is_string()), "{path}");
        assert_eq!(operation["responses"]["400"]["$ref"], "#/components/responses/BadRequest", "{path}");
        assert!(operation["summary"].is_string(), "{path}");
    }
}

#[test]
fn every_path_finds_its_own_handler() {
    for endpoint in document(&endpoints()).paths.paths {
        let item = serde_json::to_value(&endpoint.1).unwrap();
        let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        let url = parameters.filter(|p| p["in"] == "path").fold(endpoint.0.clone(), |url, p| {
            let example = p["example"].as_str().map_or_else(|| p["example"].to_string(), str::to_owned);
            url.replace(&format!("{{{}}}", p["name"].as_str().unwrap()), &example)
        });
        let found: Vec<_> = endpoints().templates().into_iter().filter(|(_, t)| t.names(&url).is_some()).collect();
        assert_eq!(found.iter().map(|(path, _)| path).collect::<Vec<_>>(), [&endpoint.0], "{url}");
    }
}

/// The copy in web/ is what the page's types are made of (`npm run api`). `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_copy_of_the_document_in_web_is_what_the_server_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/openapi.json");
    let made = document(&endpoints()).to_pretty_json().unwrap() + "\n";
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == made, "web/openapi.json is stale: run this test with INSTA_UPDATE=always, then npm run api in web/");
}
