//! What stands on answers whoever asks, from wherever and how: the real program, every kind of answer.

use super::{SELECTION, addresses, served};
use crate::harness::{Reply, Server};

/// Headers and body that must not depend on who asks. A problem has the number of its request in it.
fn seen(reply: &Reply) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let headers = reply.headers.iter().filter(|(name, _)| name != "date").cloned().collect();
    (reply.status, headers, reply.body.clone())
}

#[test]
fn an_answer_is_the_same_whatever_site_asks_and_no_credentials_are_taken() {
    let (_workspace, server) = served();
    for path in addresses() {
        let plain = server.get(&path);
        assert_eq!((plain.status, plain.header("access-control-allow-origin")), (200, Some("*")), "{path}");
        assert_eq!(plain.header("access-control-allow-credentials"), None, "{path}");
        assert_eq!(plain.header("set-cookie"), None, "{path}");
        for origin in ["https://evil.example", "null", &server.url, "https://127.0.0.1.evil.example", "file://"] {
            let headers = [("Origin", origin), ("Cookie", "session=1"), ("Authorization", "Basic YTpi")];
            assert!(seen(&server.get_with(&path, &headers)) == seen(&plain), "{path}: {origin} is answered otherwise");
        }
    }
}

#[test]
fn only_maps_for_frames_and_pictures_may_be_framed_and_only_where_the_operator_says() {
    let (workspace, server) = served();
    let ancestors = |server: &Server, path: &str| {
        let policy = server.get(path).header("content-security-policy").unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        policy.split("frame-ancestors ").nth(1).unwrap().to_owned()
    };
    for path in addresses() {
        let expected = if path.starts_with("/?") {
            "'self'"
        } else if path.starts_with("/embed") || path.starts_with("/picture.") {
            "*"
        } else {
            "'none'"
        };
        assert_eq!(ancestors(&server, &path), expected, "{path}");
    }
    for path in ["/nothing", "/catalog.json?x=1", "/tiles/areas/WebMercatorQuad/9/0/0.mvt"] {
        assert_eq!(ancestors(&server, path), "'none'", "{path}");
    }
    workspace.set("server", "frame_ancestors = \"https://office.example\"");
    let other = workspace.serve();
    for path in ["/embed", "/picture.svg", "/picture.png"] {
        assert_eq!(ancestors(&other, &format!("{path}?set=areas&{SELECTION}")), "https://office.example", "{path}");
    }
}

#[test]
fn pages_of_other_sites_may_show_everything_but_the_viewer_itself_and_health() {
    let (_workspace, server) = served();
    for path in addresses().iter().map(String::as_str).chain(["/embed.js", "/choro-map.js", "/robots.txt", "/limits.json"]) {
        let expected = if path.starts_with("/?") || path.starts_with("/health/") { "same-origin" } else { "cross-origin" };
        let reply = server.get(path);
        assert_eq!((reply.status, reply.header("cross-origin-resource-policy")), (200, Some(expected)), "{path}");
    }
}

/// Variants of an address that a cache or a proxy in front may take for the same, or for another's. `:` stands before the query.
const VARIANTS: [&str; 50] = [
    "{}/",
    "{}//",
    "/{}",
    "//{}",
    "{}/.",
    "{}/..",
    "/.{}",
    "{};",
    "{};x=1",
    "{};jsessionid=1",
    "{}/foo.css",
    "{}/foo.js",
    "{}/..;/a.css",
    "{}%2ffoo.css",
    "{}%2f",
    "{}%5c",
    "{}%00",
    "{}%0a",
    "{}%0d%0a",
    "{}%20",
    "{}%09",
    "{}.css",
    "{}.js",
    "{}.html",
    "{}.json",
    "{}.gz",
    "{}~",
    "{}.bak",
    "{}?x=1",
    "{}?",
    "{}??",
    "{}?a&a",
    "{}?=",
    "{}?%00",
    "{}%3fx=1",
    "{}%23a",
    "/assets{}",
    "/assets/..{}",
    "/static/..{}",
    "/%2e{}",
    "/%2e%2e{}",
    "/a/..{}",
    "/a/%2e%2e{}",
    "/embed/..{}",
    "/..;{}",
    "/;{}",
    "/index.html{}",
    "/public{}",
    "/v1{}",
    "http://evil.example{}",
];

#[test]
fn a_variant_of_an_address_is_the_same_resource_or_none_and_nobody_is_sent_elsewhere() {
    let (_workspace, server) = served();
    for path in ["/catalog.json", "/areas/areas/01", "/areas/areas.json", "/health/live"] {
        let plain = server.get(path);
        let upper = path.to_uppercase();
        let encoded: String = path.chars().map(|c| if c == 'a' { "%61".to_owned() } else { c.to_string() }).collect();
        let variants = VARIANTS.iter().map(|variant| variant.replace("{}", path)).chain([upper, encoded]);
        for variant in variants {
            let mut stream = super::wire::Wire::open(&server);
            let reply = stream.ask(format!("GET {variant} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes());
            let status = super::wire::statuses(&reply);
            assert_eq!(status.len(), 1, "{variant}: {reply}");
            assert!(matches!(status[0], 200 | 400 | 404 | 421), "{variant}: {reply}");
            let head = reply.split("\r\n\r\n").next().unwrap().to_lowercase();
            assert!(!head.contains("\r\nlocation:") && !head.contains("evil"), "{variant}: {head}");
            if status[0] == 200 {
                let body = reply.split_once("\r\n\r\n").unwrap().1;
                assert_eq!(body.as_bytes(), plain.body, "{variant}");
            } else {
                assert!(head.contains("cache-control: no-store"), "{variant} may be kept: {head}");
            }
        }
    }
}

const MARK: &str = "<script>zq9(1)</script>";

/// In every place of every address, as it stands and encoded, and in headers.
#[test]
fn a_mark_in_any_place_of_a_request_never_comes_back_in_html() {
    let (_workspace, server) = served();
    let api = server.json("/openapi.json");
    let marks = [
        "%3Cscript%3Ezq9(1)%3C/script%3E",
        "%22%3E%3Csvg%20onload=zq9(1)%3E",
        "javascript:zq9(1)",
        "%7B%7Bzq9%7D%7D",
        "zq9%27--",
    ];
    let mut asked = 0;
    for (path, item) in api["paths"].as_object().unwrap() {
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        for mark in marks {
            let named = |place: &str| -> Vec<String> {
                let there = parameters.iter().filter(|parameter| parameter["in"] == place);
                there.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
            };
            let filled = named("path").iter().fold(path.clone(), |path, name| path.replace(&format!("{{{name}}}"), mark));
            let mut addresses = vec![filled.clone(), format!("{path}?{mark}"), format!("{path}?{mark}=1")];
            addresses.extend(named("query").iter().map(|name| format!("{filled}?{name}={mark}")));
            addresses.extend(named("query").iter().map(|name| format!("/?set=areas&{SELECTION}&{name}={mark}")));
            addresses.extend(named("query").iter().map(|name| format!("/embed?{name}={mark}")));
            for address in addresses.into_iter().filter(|address| !address.contains('{')) {
                let reply = server.get_with(&address, &[("User-Agent", MARK), ("Referer", MARK), ("Accept-Language", MARK)]);
                assert!(reply.status < 500, "{address}: {}", reply.text());
                assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{address}");
                let html = reply.header("content-type").is_some_and(|media| media.contains("html") || media.contains("svg"));
                let text = reply.text();
                let raw = ["<script>zq9", "<svg onload", "\"javascript:zq9"].iter().any(|mark| text.contains(mark));
                assert!(!html || !raw, "{address} comes back as markup: {text}");
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
}

#[test]
fn the_public_address_tells_no_figures_and_no_settings() {
    let (_workspace, server) = served();
    for path in [
        "metrics",
        "debug",
        "debug/pprof",
        "debug/vars",
        "config",
        "choro.toml",
        "choro.sqlite",
        "indicators.toml",
        "releases",
        "releases/current",
        "status",
        "server-status",
        "stats",
        "admin",
        "env",
        ".env",
        ".git/config",
        ".well-known/security.txt",
        "actuator",
        "trace",
        "info",
        "version",
        "health",
        "healthz",
        "swagger",
        "graphql",
        "api",
        "console",
        "backup",
        "history.jsonl",
        "current",
        "manifest.json",
        "wp-login.php",
    ] {
        let reply = server.get(&format!("/{path}"));
        assert_eq!((reply.status, reply.header("server")), (404, None), "/{path}: {}", reply.text());
    }
}

#[test]
fn a_period_is_one_of_a_calendar_or_refused() {
    let (_workspace, server) = served();
    for period in [
        "9999-W54",
        "-0001",
        "0000",
        "999",
        "10000",
        "2024-02-30",
        "2023-02-29",
        "2100-02-29",
        "2024-00",
        "2024-13",
        "2024-Q0",
        "2024-Q5",
        "2024-S3",
        "2024-1",
        "2024-01-1",
        "2024-01-01T00:00",
        "2024-366",
        "2024%20",
        "%202024",
        "+2024",
        "2e3",
        "0x7e8",
        "%D9%A2%D9%A0%D9%A2%D9%A4",
        "%EF%BC%92024",
        "2024%00",
        "2024-q1",
        "2024-01-32",
        "NaN",
        "18446744073709551616",
        "2024/2025",
    ] {
        for path in [
            format!("/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period={period}"),
            format!("/legends/arrival_rate.json?set=areas&period={period}"),
        ] {
            let reply = server.get(&path);
            assert_eq!(reply.status, 400, "{path}: {}", reply.text());
        }
    }
}

#[test]
fn every_address_allows_reading_alone_and_becomes_no_socket() {
    let (_workspace, server) = served();
    for path in addresses() {
        for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "MOVE", "PURGE", "DEBUG", "get"] {
            let target = if method == "CONNECT" { "evil.example:80" } else { &path };
            let reply = super::wire::Wire::open(&server)
                .ask(format!("{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes());
            assert_eq!(super::wire::statuses(&reply), [405], "{method} {path}: {reply}");
            assert!(reply.contains("allow: GET, HEAD, OPTIONS"), "{method} {path}: {reply}");
        }
        let upgrade = format!(
            "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        let reply = super::wire::Wire::open(&server).ask(upgrade.as_bytes());
        assert!(matches!(super::wire::statuses(&reply)[..], [200 | 400]), "{path}: {reply}");
    }
}
