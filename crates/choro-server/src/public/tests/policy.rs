//! What stands on answers: caching, negotiation, CORS, security, and what must not have a say in them.

use super::*;
use crate::serving::testing::publish;
use std::io::Read;

const DOCUMENTS: [&str; 10] = [
    TILE,
    "/catalog.json",
    "/tiles/regions/WebMercatorQuad.json?indicator=rate&period=2014",
    "/values/regions.csv?indicator=rate&period=2014",
    "/areas/regions.geojson?indicator=rate&period=2014",
    "/areas/regions.json",
    "/areas/regions/A",
    "/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=rate&period=2014",
    "/legends/rate.json?set=regions&period=2014",
    "/picture.svg?set=regions&indicator=rate&period=2014",
];

#[tokio::test]
async fn each_coding_has_its_own_strong_tag_and_the_same_content() {
    let site = Site::new();
    for url in DOCUMENTS.into_iter().chain(["/openapi.json"]) {
        let plain = site.get(url).await;
        let mut tags = vec![plain.header("etag").to_owned()];
        assert!(tags[0].starts_with('"') && plain.header("content-encoding").is_empty(), "{url}");
        for (coding, must) in [("gzip", true), ("br", false), ("zstd", false)] {
            let packed = site.ask(Method::GET, url, &[("accept-encoding", &format!("{coding}, *;q=0"))]).await;
            if packed.status == StatusCode::NOT_ACCEPTABLE && !must {
                continue;
            }
            assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, coding), "{url}");
            assert_eq!((plain.header("vary"), packed.header("vary")), ("accept-encoding", "accept-encoding"), "{url}");
            assert_eq!(inflated(coding, &packed.body), plain.body, "{url} {coding}");
            tags.push(packed.header("etag").to_owned());
            for foreign in &tags[..tags.len() - 1] {
                let headers = [("accept-encoding", &*format!("{coding}, *;q=0")), ("if-none-match", foreign)];
                assert_eq!(site.ask(Method::GET, url, &headers).await.status, StatusCode::OK, "{url}: another coding's tag");
            }
        }
        assert_eq!(tags.iter().collect::<std::collections::BTreeSet<_>>().len(), tags.len(), "{url}: {tags:?}");
        let neither = site.ask(Method::GET, url, &[("accept-encoding", "compress, *;q=0")]).await;
        assert_eq!(neither.status, StatusCode::NOT_ACCEPTABLE, "{url}");
    }
}

fn inflated(coding: &str, packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(packed).read_to_end(&mut out).map(|_| ()),
        "br" => brotli::BrotliDecompress(&mut &*packed, &mut out),
        _ => zstd::stream::copy_decode(packed, &mut out),
    }
    .unwrap();
    out
}

#[tokio::test]
async fn what_the_client_has_is_answered_with_304_and_the_headers_again() {
    let site = Site::new();
    for url in DOCUMENTS.into_iter().chain(["/tiles/regions/WebMercatorQuad/5/0/31.mvt"]) {
        for coding in ["gzip", "identity"] {
            let first = site.ask(Method::GET, url, &[("accept-encoding", coding)]).await;
            let tag = first.header("etag").to_owned();
            for asked in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
                for method in [Method::GET, Method::HEAD] {
                    let again = site.ask(method, url, &[("accept-encoding", coding), ("if-none-match", &asked)]).await;
                    assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{url} {asked}");
                    assert!(again.body.is_empty());
                    for name in ["etag", "cache-control", "vary", "choro-release", "access-control-allow-origin"] {
                        assert_eq!(again.header(name), first.header(name), "{url} {name}");
                    }
                }
            }
            let other = site.ask(Method::GET, url, &[("accept-encoding", coding), ("if-none-match", "\"x\"")]).await;
            assert_eq!(other.status, first.status, "{url}");
        }
    }
}

#[tokio::test]
async fn a_named_release_is_kept_for_ever_and_the_current_one_is_asked_for_again() {
    let site = Site::new();
    for url in DOCUMENTS {
        let floating = site.get(url).await;
        assert_eq!(floating.header("cache-control"), "public, max-age=60, stale-while-revalidate=600", "{url}");
        assert_eq!(floating.header("choro-release"), site.first, "{url}");
        let mark = if url.contains('?') { '&' } else { '?' };
        let pinned = site.get(&format!("{url}{mark}release={}", site.first)).await;
        assert_eq!(pinned.header("cache-control"), "public, max-age=31536000, immutable", "{url}");
        assert_eq!(pinned.body, floating.body, "{url}");
        let gone = site.get(&format!("{url}{mark}release=2020-01-01-cccccccc")).await;
        assert_eq!((gone.status.as_u16(), gone.header("cache-control")), (410, "no-store"), "{url}");
    }
}

#[tokio::test]
async fn a_tilejson_never_mixes_releases() {
    let site = Site::new();
    let second = publish(site.dir.path(), 100.0);
    let before = site.get(DOCUMENTS[2]).await.json();
    assert!(site.public.server().refresh().await);
    let after = site.get(DOCUMENTS[2]).await.json();
    let tiles = |document: &serde_json::Value| {
        let url = document["tiles"][0].as_str().unwrap().replace("{z}/{x}/{y}", "1/1/0");
        url.strip_prefix("https://maps.example.org").unwrap().to_owned()
    };
    let (old, new) = (site.get(&tiles(&before)).await, site.get(&tiles(&after)).await);
    assert_eq!((old.header("choro-release"), new.header("choro-release")), (site.first.as_str(), second.as_str()));
    assert_ne!(old.body, new.body);
    assert!(old.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn the_common_headers_stand_on_every_status() {
    let site = Site::new();
    for (method, url, headers, status) in [
        (Method::GET, TILE, &[][..], 200),
        (Method::GET, "/tiles/regions/WebMercatorQuad/5/0/31.mvt", &[], 204),
        (Method::GET, TILE, &[("if-none-match", "*")], 304),
        (Method::GET, "/catalog.json?x=1", &[], 400),
        (Method::GET, "/nothing", &[], 404),
        (Method::POST, TILE, &[], 405),
        (Method::GET, TILE, &[("accept-encoding", "*;q=0")], 406),
        (Method::GET, "/catalog.json?release=2020-01-01-cccccccc", &[], 410),
        (Method::GET, TILE, &[("content-length", "3")], 413),
        (Method::OPTIONS, TILE, &[], 204),
    ] {
        for origin in ["https://a.example", "null", "https://maps.example.org"] {
            let mut headers = headers.to_vec();
            headers.push(("origin", origin));
            let reply = site.ask(method.clone(), url, &headers).await;
            assert_eq!(reply.status.as_u16(), status, "{url}");
            assert_eq!(reply.header("access-control-allow-origin"), "*", "{url}");
            assert!(!reply.headers.contains_key("access-control-allow-credentials"), "{url}");
            assert!(reply.header("access-control-expose-headers").contains("etag"), "{url}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{url}");
            assert_eq!(reply.header("referrer-policy"), "no-referrer", "{url}");
            assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{url}");
            assert!(status < 400 || reply.header("cache-control") == "no-store", "{url}");
        }
    }
}

#[tokio::test]
async fn what_other_sites_may_show_says_so_and_the_rest_does_not() {
    let site = Site::new();
    for (url, expected) in DOCUMENTS
        .into_iter()
        .map(|url| (url, "cross-origin"))
        .chain([("/openapi.json", "cross-origin"), ("/limits.json", "cross-origin"), ("/robots.txt", "cross-origin")])
        .chain([("/health/live", "same-origin"), ("/health/ready", "same-origin")])
    {
        let reply = site.get(url).await;
        assert_eq!((reply.status.as_u16(), reply.header("cross-origin-resource-policy")), (200, expected), "{url}");
    }
}

#[tokio::test]
async fn a_picture_in_a_frame_follows_the_setting_as_embedded_maps_do_and_the_setting_may_change() {
    let site = Site::new();
    let ancestors =
        |reply: &Reply| reply.header("content-security-policy").split("frame-ancestors ").nth(1).unwrap().to_owned();
    for setting in ["*", "https://office.example", "'none'"] {
        site.public.set_frame_ancestors(setting);
        for ending in ["svg", "png", "pdf"] {
            let reply = site.get(&format!("/picture.{ending}?set=regions&indicator=rate&period=2014")).await;
            assert_eq!((reply.status.as_u16(), ancestors(&reply).as_str()), (200, setting), "{ending}");
            let tag = reply.header("etag");
            let url = format!("/picture.{ending}?set=regions&indicator=rate&period=2014");
            let known = site.ask(Method::GET, &url, &[("if-none-match", tag)]).await;
            assert_eq!((known.status.as_u16(), ancestors(&known).as_str()), (304, setting), "{ending}");
        }
        assert_eq!(ancestors(&site.get(TILE).await), "'none'");
        assert_eq!(ancestors(&site.get("/picture.svg?set=x").await), "'none'");
    }
}

#[tokio::test]
async fn files_that_every_site_is_asked_for_are_there() {
    let site = Site::new();
    for (url, media, begins) in
        [("/robots.txt", "text/plain; charset=utf-8", &b"# Pages"[..]), ("/favicon.ico", "image/x-icon", &[0, 0, 1, 0])]
    {
        for more in ["", "?v=2"] {
            let reply = site.get(&format!("{url}{more}")).await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, media), "{url}");
            assert!(reply.body.starts_with(begins) && reply.header("etag").starts_with('"'), "{url}");
        }
    }
}

#[tokio::test]
async fn new_limits_names_and_proxies_hold_for_the_next_request() {
    let site = Site::new();
    let gate = site.public.gate();
    let status = async |host: &str, length: usize| {
        site.ask(Method::GET, &format!("/{}", "a".repeat(length - 1)), &[("host", host)]).await.status.as_u16()
    };
    assert_eq!((status("a.example", 200).await, status("b.example", 200).await), (404, 404));
    let hosts = choro_http::gate::Hosts::new(None, &["a.example".to_owned()], std::net::Ipv4Addr::LOCALHOST.into());
    let limits = Limits { max_url_bytes: 256, max_in_flight: 1, ..Limits::default() };
    gate.change(limits, &["127.0.0.1/32".parse().unwrap()], Some(hosts));
    assert_eq!(
        (status("a.example", 256).await, status("a.example", 257).await, status("b.example", 5).await),
        (404, 414, 421)
    );
    assert!(peer(gate).is_proxy);
    gate.change(Limits { max_in_flight: 0, ..Limits::default() }, &[], None);
    assert_eq!((status("b.example", 5).await, peer(gate).is_proxy), (503, false));
    gate.change(Limits::default(), &[], None);
    assert_eq!(status("b.example", 300).await, 404);
}

#[tokio::test]
async fn no_header_of_a_request_reaches_an_answer() {
    let site = Site::new();
    for url in DOCUMENTS.into_iter().chain(["/openapi.json", "/nothing"]) {
        let base = site.get(url).await;
        for name in [
            "host",
            "forwarded",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-prefix",
            "x-forwarded-port",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-forwarded-for",
            "referer",
            "origin",
            "cookie",
            "authorization",
        ] {
            let reply = site.ask(Method::GET, url, &[(name, "evil.example")]).await;
            assert_eq!(reply.headers, base.headers, "{url} {name}");
            let evil = reply.body.windows(4).any(|bytes| bytes == b"evil");
            assert!(!evil && (reply.body == base.body || url == "/nothing"), "{url} {name}");
        }
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let site = Site::new();
    for url in DOCUMENTS.into_iter().chain(["/openapi.json", "/nothing", "/tiles/regions/WebMercatorQuad/5/0/31.mvt"]) {
        let (get, head) = (site.get(url).await, site.ask(Method::HEAD, url, &[]).await);
        assert_eq!(head.status, get.status, "{url}");
        assert!(head.body.is_empty(), "{url}");
        for (name, value) in &get.headers {
            assert_eq!(head.headers.get(name), Some(value), "{url} {name}");
        }
        if get.status.as_u16() == 200 {
            assert_eq!(head.header("content-length"), get.body.len().to_string(), "{url}");
        }
    }
}

#[tokio::test]
async fn a_full_server_says_so_at_once_and_still_tells_its_health() {
    let site = Site::with(Limits { max_in_flight: 0, ..Limits::default() });
    let reply = site.get(TILE).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after"), reply.header("cache-control")), (503, "1", "no-store"));
    assert_eq!(site.get("/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn limits_hold_at_the_limit_and_not_one_above() {
    let site = Site::with(Limits { max_url_bytes: 60, max_headers: 4, max_header_bytes: 105, ..Limits::default() });
    let path = |length: usize| format!("/{}", "a".repeat(length - 1));
    for (url, headers, status) in [
        (path(60), vec![], 404),
        (path(61), vec![], 414),
        (path(5), vec![("a", "1"); 3], 404),
        (path(5), vec![("a", "1"); 4], 431),
        (path(5), vec![("aaaa", "b".repeat(96).leak() as &str)], 404),
        (path(5), vec![("aaaa", "b".repeat(97).leak() as &str)], 431),
        (path(5), vec![("content-length", "0")], 404),
        (path(5), vec![("content-length", "1")], 413),
        (path(5), vec![("transfer-encoding", "chunked")], 413),
    ] {
        assert_eq!(site.ask(Method::GET, &url, &headers).await.status.as_u16(), status, "{url} {headers:?}");
    }
}

/// Browsers take an answer that says twice who may read it for one that says nothing.
#[tokio::test]
async fn no_header_stands_twice() {
    let site = Site::new();
    for (method, url) in [
        (Method::GET, TILE),
        (Method::GET, "/catalog.json"),
        (Method::GET, "/health/live"),
        (Method::GET, "/catalog.json?x=1"),
        (Method::GET, "/nothing"),
        (Method::POST, "/catalog.json"),
        (Method::OPTIONS, "/catalog.json"),
    ] {
        let headers = [("origin", "https://a.example"), ("access-control-request-method", "GET")];
        let reply = site.ask(method.clone(), url, &headers).await;
        for name in reply.headers.keys() {
            assert_eq!(reply.headers.get_all(name).iter().count(), 1, "{method} {url}: {name}");
        }
    }
}
