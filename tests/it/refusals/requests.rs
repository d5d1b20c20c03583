//! Requests of every wrong kind, to the real server: a problem document that names what is wrong, never a fault of ours.

use crate::harness::{Reply, Server, Workspace};

fn served() -> (Workspace, Server) {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    (workspace, server)
}

fn problem(path: &str, reply: &Reply) -> serde_json::Value {
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{path}");
    let document: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(document["status"], reply.status, "{path}: {document}");
    assert!(document["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{path}: {document}");
    document
}

#[test]
fn tiles_in_an_encoding_that_was_not_built_say_how_to_get_them() {
    let (workspace, server) = served();
    let expected =
        "set areas has no mlt tiles in this release: ask for mvt, or publish with mlt = true under [boundary_sets.areas]";
    let tile = "/tiles/areas/WebMercatorQuad/0/0/0.mlt";
    for path in [tile, "/tiles/areas/WebMercatorQuad.json?encoding=mlt"] {
        let reply = server.get(path);
        assert_eq!((reply.status, problem(path, &reply)["detail"].as_str()), (404, Some(expected)), "{path}");
    }
    workspace.set("boundary_sets.areas", "mlt = true");
    workspace.ok(&["publish"]);
    server.until("the tiles that the remedy promises", |server| server.get(tile).status == 200);
}

#[test]
fn tile_coordinates_of_every_wrong_kind_are_refused() {
    let (_workspace, server) = served();
    assert_eq!(server.get("/tiles/areas/WebMercatorQuad/0/0/0.mvt").status, 200);
    for (tile, status) in [
        ("99/0/0.mvt", 404),
        ("-1/0/0.mvt", 400),
        ("2147483648/0/0.mvt", 404),
        ("18446744073709551616/0/0.mvt", 400),
        ("0/2147483648/0.mvt", 404),
        ("0/0/18446744073709551616.mvt", 400),
        ("3/8/0.mvt", 404),
        ("3/0/8.mvt", 404),
        ("9/0/0.mvt", 404),
        ("1e3/0/0.mvt", 400),
        ("0/1e3/0.mvt", 400),
        ("0/+1/0.mvt", 400),
        ("0/%2B1/0.mvt", 400),
        ("%EF%BC%90/0/0.mvt", 400),
        ("00/0/0.mvt", 400),
        ("3/01/0.mvt", 400),
        ("0/0/%2e.mvt", 400),
        ("0/0/%2e%2e.mvt", 400),
        ("0/0/0.mvt.mvt", 400),
        ("0/0/0.pbf", 404),
        ("0/0/0", 404),
        ("0/0/.mvt", 404),
        ("0//0.mvt", 404),
        ("0/0/0/0.mvt", 404),
        ("0/0/0.mvt/", 404),
        ("0/0/0.MVT", 404),
        ("0/0x0/0.mvt", 400),
        ("0/%00/0.mvt", 404),
        ("0/%zz/0.mvt", 404),
        ("0/0.0/0.mvt", 400),
        ("0/%200/0.mvt", 400),
    ] {
        let path = format!("/tiles/areas/WebMercatorQuad/{tile}");
        let reply = server.get(&path);
        assert_eq!(reply.status, status, "{path}: {}", reply.text());
        problem(&path, &reply);
    }
}

#[test]
fn parameters_of_every_wrong_kind_are_refused_by_name() {
    let (_workspace, server) = served();
    const TILE: &str = "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2021";
    assert_eq!(server.get(TILE).status, 200);
    for (query, parameter) in [
        ("&period=2022", "period"),
        ("&period=2021", "period"),
        ("&perod=2021", "perod"),
        ("&Period=2021", "Period"),
        ("&INDICATOR=arrivals", "INDICATOR"),
        ("&period[]=2021", "period[]"),
        ("&period%5B%5D=2021", "period[]"),
        ("&release=", "release"),
        ("&borders", "borders"),
        (";borders=1", "period"),
        ("&borders=9", "borders"),
        ("&release=../../x", "release"),
        ("&release=%2e%2e%2fcurrent", "release"),
        ("&sex=F", "sex"),
        ("&zoom=3", "zoom"),
        ("&&", ""),
        ("&=1", ""),
        ("&__proto__=1", "__proto__"),
    ] {
        let path = format!("{TILE}{query}");
        let reply = server.get(&path);
        assert_eq!(reply.status, 400, "{path}: {}", reply.text());
        assert_eq!(problem(&path, &reply)["parameter"], parameter, "{path}: {}", reply.text());
    }
    for (path, parameter) in [
        ("/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rat&period=2021", "indicator"),
        ("/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate", "period"),
        ("/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2021,2022", "period"),
        ("/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=1e3", "period"),
        ("/tiles/areas/WebMercatorQuad/0/0/0.mvt?period=2021", "period"),
        ("/values/areas.json?indicator=arrival_rate&period=2021,2021", "period"),
        ("/values/areas.json?period=2021", "indicator"),
        ("/areas/areas.geojson?zoom=99", "zoom"),
        ("/areas/areas.geojson?zoom=-1", "zoom"),
        ("/areas/areas.geojson?lang=%3Cscript%3E", "lang"),
        ("/catalog.json?x=1", "x"),
        ("/openapi.json?release=1", "release"),
        ("/health/ready?x=1", "x"),
        ("/legends/arrival_rate.json?set=areas&period=2021&classes=0", "classes"),
        ("/legends/arrival_rate.json?set=areas&period=2021&classes=1e9", "classes"),
        ("/legends/arrival_rate.json?set=areas&period=2021&method=jenks", "method"),
        ("/legends/arrival_rate.json?set=areas&period=2021&method=manual&breaks=NaN", "breaks"),
        ("/legends/arrival_rate.json?set=areas&period=2021&palette=rainbow", "palette"),
        ("/legends/arrival_rate.json?set=areas&period=2021&scope=some", "scope"),
        ("/styles/choropleth.json?set=areas&grid=none&indicator=arrival_rate&period=2021", "grid"),
    ] {
        let reply = server.get(path);
        assert_eq!(reply.status, 400, "{path}: {}", reply.text());
        assert_eq!(problem(path, &reply)["parameter"], parameter, "{path}: {}", reply.text());
    }
}

#[test]
fn no_path_leads_out_of_the_release() {
    let (workspace, server) = served();
    workspace.write("secret.json", "{\"secret\":true}");
    let dots = [
        "..",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "..%2f",
        "..%2f..%2f..%2fsecret",
        "%252e%252e%252f",
        "..%5c",
        "..%c0%af",
        "%00",
        "con",
        "%2fetc%2fpasswd",
        "....//",
        "..;",
        "file:%2f%2f%2fetc%2fpasswd",
        "%ef%bc%8e%ef%bc%8e",
        "areas%00",
        "areas%2f..%2f..",
    ];
    for dots in dots {
        for path in [
            format!("/{dots}/secret.json"),
            format!("/tiles/{dots}/WebMercatorQuad.json"),
            format!("/tiles/areas/{dots}.json"),
            format!("/tiles/areas/{dots}/0/0/0.mvt"),
            format!("/styles/{dots}.json?set=areas&grid=WebMercatorQuad&indicator=arrival_rate&period=2021"),
            format!("/legends/{dots}.json?set=areas&period=2021"),
            format!("/values/{dots}.csv?indicator=arrival_rate&period=2021"),
            format!("/areas/{dots}.geojson"),
            format!("/areas/areas/{dots}"),
            format!("/assets/{dots}/index.html"),
            format!("/catalog.json?release={dots}"),
        ] {
            let reply = server.get(&path);
            assert!(matches!(reply.status, 400 | 404 | 410), "{path}: {}", reply.status);
            let text = reply.text();
            assert!(!text.contains("secret\":true") && !text.contains("root:"), "{path}: {text}");
            assert!(!text.contains(&workspace.path("").display().to_string()), "{path} tells a path of the machine: {text}");
            problem(&path, &reply);
        }
    }
    for (method, status) in [("POST", 405), ("PUT", 405), ("DELETE", 405), ("TRACE", 405), ("PATCH", 405)] {
        assert_eq!(
            server.raw(&format!("{method} /catalog.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
            status,
            "{method}"
        );
    }
    // What a client library would tidy up goes out as it stands.
    for path in
        ["/../secret.json", "/tiles/../../secret.json", "//secret.json", "/./catalog.json", "/assets/../../secret.json"]
    {
        let status = server.raw(&format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        assert!(matches!(status, 400 | 404), "{path}: {status}");
    }
}

#[test]
fn no_header_of_a_request_gets_into_an_answer() {
    let (_workspace, server) = served();
    let path = "/tiles/areas/WebMercatorQuad.json?indicator=arrival_rate&period=2021";
    let plain = server.get(path);
    for name in [
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
        "X-Original-URL",
        "X-Rewrite-URL",
        "Forwarded",
        "X-HTTP-Method-Override",
        "X-Forwarded-For",
        "X-Host",
        "Origin",
        "Referer",
    ] {
        let reply = server.get_with(path, &[(name, "evil.example")]);
        assert_eq!((reply.status, &reply.body), (200, &plain.body), "{name}");
        assert!(!reply.headers.iter().any(|(_, value)| value.contains("evil")), "{name}: {:?}", reply.headers);
    }
    let reply = server.get_with(path, &[("Host", "evil.example")]);
    assert!(reply.status == 421 || reply.body == plain.body, "Host: {}", reply.text());
}
