//! Requests as programs of others send them: with parameters of their own, and in the form encoding.

use super::*;
use crate::public::{openapi::document, parameters::OF_STYLES, router::endpoints};
use std::collections::BTreeSet;

const STYLE: &str = "/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=arrivals&period=2014";

/// One address of each route.
const ROUTES: [&str; 15] = [
    TILE,
    "/tiles/regions/WebMercatorQuad/1/1/0.mlt?indicator=rate&period=2014",
    "/tiles/regions/WebMercatorQuad.json?indicator=rate&period=2014",
    "/values/regions.json?indicator=rate&period=2013,2014",
    "/values/regions.csv?indicator=rate&period=2014",
    "/areas/regions.geojson?indicator=rate&period=2014",
    "/areas/regions.json?borders=2014",
    "/areas/regions/A?lang=ru",
    STYLE,
    "/legends/rate.json?set=regions&period=2014",
    "/picture.svg?set=regions&indicator=rate&period=2014",
    "/catalog.json",
    "/oembed?url=https%3A%2F%2Fmaps.example.org%2F%3Findicator%3Drate",
    "/limits.json",
    "/openapi.json",
];

fn with(url: &str, more: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}{more}")
}

#[tokio::test]
async fn what_trackers_append_changes_no_answer_and_is_kept_in_no_cache() {
    let site = Site::new();
    let mut plain = Vec::new();
    for url in ROUTES {
        let reply = site.get(url).await;
        assert_eq!(reply.status, StatusCode::OK, "{url}: {}", String::from_utf8_lossy(&reply.body));
        plain.push((url, reply));
    }
    let stats = site.public.server().stats().await;
    for (number, (url, plain)) in plain.iter().enumerate() {
        for more in [
            format!("fbclid=IwAR{number}"),
            format!("utm_source=news&utm_medium=&utm_source=b&_={number}&v=6.{number}"),
            "access_token=pk.x&dnt=1&yclid=%zz&gclid".to_owned(),
            "initialWidth=640&childId=map&parentTitle=A+%26+b&parentUrl=https%3A%2F%2Fa.example%2F%3Fx%3D1".to_owned(),
        ] {
            let url = with(url, &more);
            let reply = site.get(&url).await;
            assert_eq!((reply.status, reply.header("etag")), (plain.status, plain.header("etag")), "{url}");
            assert!(reply.body == plain.body, "{url}: {}", String::from_utf8_lossy(&reply.body));
        }
    }
    let after = site.public.server().stats().await;
    assert_eq!((after.documents.entries, after.columns.entries), (stats.documents.entries, stats.columns.entries));
    for url in ROUTES {
        let reply = site.get(&with(url, "fbclidd=1")).await;
        assert_eq!((reply.status.as_u16(), reply.json()["parameter"].as_str()), (400, Some("fbclidd")), "{url}");
    }
}

#[tokio::test]
async fn an_unknown_name_is_told_with_the_nearest_of_its_route() {
    let site = Site::new();
    for (url, parameter, near) in [
        ("/catalog.json?relaese=x", "relaese", Some("release")),
        ("/areas/regions.json?border=2014", "border", Some("borders")),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mvt?indicator=rate&perod=2014", "perod", Some("period")),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mvt?indicater=rate&period=2014", "indicater", Some("indicator")),
        ("/values/regions.json?indicator=rate&period=2014&langs=ru", "langs", Some("lang")),
        ("/legends/rate.json?set=regions&period=2014&clases=5", "clases", Some("classes")),
        ("/picture.svg?indicator=rate&clases=5", "clases", Some("classes")),
        ("/oembed?url=x&max_width=5", "max_width", Some("maxwidth")),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mvt?indicator=arrivals&period=2014&sex=X", "sex", None),
        ("/picture.svg?indicator=arrivals&sex=X", "sex", None),
        ("/catalog.json?colour=red", "colour", None),
        ("/areas/regions/A?langs=ru", "langs", Some("lang")),
        ("/areas/regions/A?indicator=arrivals&langs=ru", "langs", Some("lang")),
        ("/areas/regions/A?period=2024", "period", None),
        ("/areas/regions/A?indicator=arrivals&period=2024", "period", None),
        ("/areas/regions/A?indicator=arrivals&sex=X", "sex", None),
    ] {
        let problem = site.get(url).await.json();
        let detail = problem["detail"].as_str().unwrap();
        assert_eq!((&problem["status"], problem["parameter"].as_str()), (&400.into(), Some(parameter)), "{url}: {detail}");
        let hint = near.map(|near| format!("; did you mean {near:?}?"));
        assert!(hint.as_ref().is_none_or(|hint| detail.ends_with(hint)), "{url}: {detail}");
        assert_eq!(detail.contains("did you mean"), near.is_some(), "{url}: {detail}");
    }
    for (query, expected) in [
        (
            "period=2024",
            "no indicator has a dimension \"period\"; the other parameters are indicator, borders, release, lang",
        ),
        (
            "indicator=arrivals&period=2024",
            "indicator arrivals has no dimension \"period\": it has sex; the other parameters are indicator, borders, release, lang",
        ),
        ("sex=F", "parameter sex needs an indicator: add indicator=ID, or leave sex out"),
    ] {
        assert_eq!(site.get(&format!("/areas/regions/A?{query}")).await.json()["detail"], expected);
    }
}

/// ol-mapbox-style takes the last parameter of the style's address for a key of access, and sets it on each tile's address that has
/// no such parameter; the whole query is then written anew in the form encoding.
#[tokio::test]
async fn tiles_are_drawn_as_ol_mapbox_style_asks_for_them() {
    let site = Site::new();
    for last in [
        "set=regions",
        "grid=WebMercatorQuad",
        "indicator=arrivals",
        "period=2014",
        "sex=F",
        "sex=_T",
        "borders=2014",
        "lang=ru",
        "method=quantile",
        "classes=5",
        "breaks=6,10&method=manual",
        "method=manual&breaks=6,10",
        "scope=period",
        "palette=blues",
        "encoding=mvt",
        "access_token=pk.eyJ1Ijo",
        "utm_source=a+b",
    ] {
        let name = last.split(['=']).next().unwrap();
        let others = STYLE.split(['?', '&']).skip(1).filter(|pair| !pair.starts_with(&format!("{name}=")));
        let url = format!("/styles/choropleth.json?{}&{last}", others.collect::<Vec<_>>().join("&"));
        let style = site.get(&url).await;
        assert_eq!(style.status, StatusCode::OK, "{url}: {}", String::from_utf8_lossy(&style.body));
        let tiles = style.json()["sources"]["choro"]["tiles"][0].as_str().unwrap().to_owned();
        let tile = tiles.strip_prefix("https://maps.example.org").unwrap().replace("{z}/{x}/{y}", "1/1/0");
        let (path, query) = tile.split_once('?').unwrap();
        let mut pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let (token, value) = url::form_urlencoded::parse(last.as_bytes()).into_owned().last().unwrap();
        if pairs.iter().all(|(known, _)| *known != token) {
            pairs.push((token, value));
        }
        let written = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let (asked, plain) = (site.get(&format!("{path}?{written}")).await, site.get(&tile).await);
        assert_eq!((asked.status, plain.status), (StatusCode::OK, StatusCode::OK), "{last}: {written}");
        assert!(asked.body == plain.body && asked.header("etag") == plain.header("etag"), "{last}");
    }
}

#[tokio::test]
async fn a_plus_sign_is_a_blank_on_every_route_and_an_escaped_one_is_itself() {
    let site = Site::new();
    // No id has a blank: what is read shows in the words of the refusal. In a path a plus sign is itself (`choro_http::extract::path`).
    for (url, read) in [
        ("/tiles/regions/WebMercatorQuad/1/1/0.mvt?indicator=a+b&period=2014", "\"a b\""),
        ("/tiles/regions/WebMercatorQuad/1/1/0.mvt?indicator=a%2Bb&period=2014", "\"a+b\""),
        ("/values/regions.json?indicator=rate&period=20+14", "\"20 14\""),
        ("/values/regions.json?indicator=rate&period=20%2B14", "\"20+14\""),
        ("/areas/regions.geojson?release=a+b", "\"a b\""),
        ("/areas/regions/A?borders=a+b", "\"a b\""),
        ("/picture.svg?area=a+b", "\"a b\""),
        ("/picture.svg?area=a%2Bb", "\"a+b\""),
        ("/catalog.json?a+b=1", "\"a b\""),
    ] {
        let reply = site.get(url).await;
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(reply.status == StatusCode::BAD_REQUEST && detail.contains(read), "{url}: {detail}");
    }
}

#[test]
fn tiles_ignore_what_styles_have_and_tiles_have_not() {
    let document = serde_json::to_value(document(&endpoints())).unwrap();
    let of = |path: &str| -> BTreeSet<String> {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
    };
    let tiles = of("/tiles/{set}/{grid}/{z}/{x}/{y}.mvt");
    let expected: BTreeSet<String> = of("/styles/{style}.json").difference(&tiles).cloned().collect();
    assert_eq!(OF_STYLES.map(str::to_owned).into_iter().collect::<BTreeSet<_>>(), expected);
}

#[tokio::test]
async fn oembed_says_that_it_does_not_write_xml() {
    let site = Site::new();
    let url = "/oembed?url=https%3A%2F%2Fmaps.example.org%2F%3Findicator%3Drate%23map";
    for (more, status) in
        [("", 200), ("&format=json", 200), ("&format=xml", 501), ("&format=yaml", 400), ("&format=XML", 400)]
    {
        let reply = site.get(&format!("{url}{more}")).await;
        assert_eq!(reply.status.as_u16(), status, "{more}: {}", String::from_utf8_lossy(&reply.body));
    }
    let problem = site.get(&format!("{url}&format=xml")).await.json();
    assert_eq!((&problem["title"], &problem["status"]), (&"Not Implemented".into(), &501.into()));
    assert!(problem["detail"].as_str().unwrap().contains("format=json"), "{problem}");
    let title = |reply: &Reply| reply.json()["title"].as_str().unwrap().to_owned();
    assert_eq!(title(&site.get(url).await), "Net rate, 2014");
}

#[tokio::test]
async fn limits_are_told_and_hold() {
    let site = Site::with(Limits { max_url_bytes: 300, ..Limits::default() });
    let reply = site.get("/limits.json").await;
    let limits = reply.json();
    assert_eq!((reply.status.as_u16(), &limits["url_bytes"]), (200, &300.into()));
    let known = site.ask(Method::GET, "/limits.json", &[("if-none-match", reply.header("etag"))]).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    assert_eq!((&limits["values"], &limits["profile_columns"]), (&3_600_000.into(), &4_000.into()));
    let most = usize::try_from(limits["periods"].as_u64().unwrap()).unwrap();
    let site = Site::new();
    let several = |count: usize| (0..count).map(|year| (1900 + year).to_string()).collect::<Vec<_>>().join(",");
    for (count, words) in [(most, "has no period"), (most + 1, "too many periods")] {
        let url = format!("/values/regions.json?indicator=rate&period={}", several(count));
        let detail = site.get(&url).await.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{count}: {detail}");
    }
    let url = format!("/catalog.json?{}", "x=1&".repeat(usize::try_from(limits["parameters"].as_u64().unwrap()).unwrap()));
    assert!(site.get(&url).await.json()["detail"].as_str().unwrap().contains("too many parameters"));
}
