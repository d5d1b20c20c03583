use super::{super::Reason, collection, file, import, options, text};

const SQUARE: &str = "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]";

#[test]
fn a_file_that_cannot_be_trusted_is_refused_with_what_where_and_how_to_mend_it() {
    let good = collection(&[("a", SQUARE)]);
    let crs = |name: &str| good.replacen('{', &format!(r#"{{"crs":{name},"#), 1);
    let cases: [(&str, &str, Vec<u8>, &[&str]); 17] = [
        ("truncated", "a.geojson", good.as_bytes()[..good.len() / 2].to_vec(), &["a.geojson", "line 1 column", "truncated"]),
        ("1e400", "a.geojson", good.replace("[1,0]", "[1e400,0]").into_bytes(), &["not finite", "line 1 column"]),
        ("a bare NaN", "a.geojson", good.replace("[1,0]", "[NaN,0]").into_bytes(), &["line 1 column"]),
        ("a ZIP named GeoJSON", "a.geojson", b"PK\x03\x04....".to_vec(), &["says JSON", "ZIP archive"]),
        ("GeoJSON named GeoPackage", "a.gpkg", good.clone().into_bytes(), &["says GeoPackage", "holds JSON"]),
        ("GeoJSON named Shapefile", "a.shp", good.clone().into_bytes(), &["says Shapefile", "rename"]),
        ("an empty file", "a.geojson", Vec::new(), &["it is empty"]),
        ("blanks", "a.json", b" \n ".to_vec(), &["it is empty"]),
        ("no features", "a.geojson", collection(&[]).into_bytes(), &["there are no areas"]),
        ("not a boundary file", "a.json", br#"{"type":"Style"}"#.to_vec(), &["\"Style\"", "FeatureCollection"]),
        ("no type", "a.json", b"{}".to_vec(), &["without a member \"type\""]),
        ("a list", "a.json", b"[1]".to_vec(), &["says JSON"]),
        ("nested too deep", "a.json", format!("{{\"coordinates\":{}", "[".repeat(500)).into_bytes(), &["recursion limit"]),
        (
            "metres without CRS",
            "a.geojson",
            good.replace("[1,0]", "[4e6,7e6]").replace("[0,0]", "[5e6,7e6]").into_bytes(),
            &["missing CRS", "--crs EPSG:"],
        ),
        ("CRS null", "a.geojson", crs("null").into_bytes(), &["missing CRS"]),
        (
            "an unknown CRS",
            "a.geojson",
            crs(r#"{"type":"name","properties":{"name":"EPSG:99999"}}"#).into_bytes(),
            &["EPSG:99999"],
        ),
        ("a linked CRS", "a.geojson", crs(r#"{"type":"link","properties":{"href":"x"}}"#).into_bytes(), &["crs member"]),
    ];
    for (case, name, content, expected) in cases {
        let (_folder, path) = file(name, &content);
        let message = import(&path, &options("code")).unwrap_err().to_string();
        for part in expected {
            assert!(message.contains(part), "{case}: {message}");
        }
        assert!(!message.ends_with('.'), "{case}: {message}");
    }
    let missing = import("no/such.geojson".as_ref(), &options("code")).unwrap_err().to_string();
    assert!(missing.contains("no/such.geojson"), "{missing}");
}

#[test]
fn options_that_do_not_fit_the_file_name_what_would() {
    let good = collection(&[("a", SQUARE)]);
    let message = text(&good, &options("cod")).unwrap_err().to_string();
    assert!(message.contains("did you mean \"code\"") && message.contains("its fields are \"code\""), "{message}");
    let mut named = options("code");
    named.names = vec![(None, "crosswalk:name".parse().unwrap())];
    assert!(text(&good, &named).unwrap_err().to_string().contains("--crosswalk"));
    let mut crs = options("code");
    crs.crs = Some("EPSG:123456".to_owned());
    assert!(text(&good, &crs).unwrap_err().to_string().contains("EPSG:123456"));
}

#[test]
fn one_bad_area_is_rejected_by_itself_with_its_place_reason_and_remedy() {
    let ring = |positions: &str| format!("[[[{positions}]]]");
    let cases = [
        ("a ring of two points", ring("[0,0],[1,1],[0,0]"), Reason::NoArea, "encloses"),
        (
            "an exterior of two points around a hole",
            "[[[[0,0],[1,1],[0,0]],[[0,0],[1,0],[1,1],[0,0]]]]".to_owned(),
            Reason::Ring,
            "its exterior ring encloses nothing",
        ),
        (
            "a hole elsewhere",
            "[[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[3,1],[4,1],[4,2],[3,2],[3,1]]]]".to_owned(),
            Reason::AreaChange,
            "more than 1 % off",
        ),
        ("a line there and back", ring("[0,0],[1,1],[2,2],[0,0]"), Reason::Unmendable, "spike"),
        ("null for a number", ring("[0,0],[null,1],[2,2],[0,0]"), Reason::NotFinite, "position 1"),
        ("a text for a number", ring("[0,0],[1,\"NaN\"],[2,2],[0,0]"), Reason::NotFinite, "position 1"),
        ("one number", ring("[0,0],[1],[2,2],[0,0]"), Reason::Malformed, "position 1"),
        ("a latitude of 95", ring("[0,0],[1,95],[2,2],[0,0]"), Reason::OutsideWorld, "1 95"),
        ("a longitude of 600", ring("[0,0],[600,5],[2,2],[0,0]"), Reason::OutsideWorld, "600 5"),
        ("points for rings", "[[[0,0],[1,1],[2,2]]]".to_owned(), Reason::Malformed, "list of positions"),
        ("an object", "{\"a\":1}".to_owned(), Reason::Malformed, "list of polygons"),
    ];
    for (case, coordinates, reason, detail) in cases {
        let import = text(&collection(&[("good", SQUARE), ("bad", &coordinates)]), &options("code")).unwrap();
        let [reject] = import.report.rejected.as_slice() else { panic!("{case}: {:?}", import.report.rejected) };
        assert_eq!((reject.index, reject.code.as_deref(), reject.reason), (1, Some("bad"), reason), "{case}");
        assert!(reject.detail.contains(detail), "{case}: {}", reject.detail);
        assert_eq!(import.set.areas.len(), 1, "{case}");
        assert!(import.report.to_text().contains(reject.remedy), "{case}");
    }
}

#[test]
fn geometry_that_is_no_polygon_is_rejected_and_absent_geometry_is_an_area_without_polygon() {
    let good = collection(&[("p", SQUARE), ("q", SQUARE)]);
    let polygon = format!(r#"{{"type":"MultiPolygon","coordinates":{SQUARE}}}"#);
    for kind in ["Point", "LineString", "MultiPoint", "Curve"] {
        let geometry = format!(r#"{{"type":"{kind}","coordinates":[1,2]}}"#);
        let import = text(&good.replacen(&polygon, &geometry, 1), &options("code")).unwrap();
        assert_eq!(import.report.rejected[0].reason, Reason::NotPolygon, "{kind}");
    }
    for nothing in [
        "null",
        r#"{"type":"Polygon","coordinates":[]}"#,
        r#"{"type":"Polygon","coordinates":[[]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[]}"#,
        r#"{"type":"GeometryCollection","geometries":[]}"#,
    ] {
        let import = text(&good.replacen(&polygon, nothing, 1), &options("code")).unwrap();
        assert_eq!((import.report.rejected.len(), import.report.without_polygon[0].code.as_str()), (0, "p"), "{nothing}");
        assert_eq!(import.set.areas[0].geometry, None);
    }
}

#[test]
fn what_is_over_a_limit_names_the_limit() {
    let good = collection(&[("a", SQUARE), ("b", SQUARE)]);
    let limited = |change: fn(&mut super::super::Limits)| {
        let mut options = options("code");
        change(&mut options.limits);
        text(&good, &options).unwrap_err().to_string()
    };
    for (message, expected) in [
        (limited(|limits| limits.file_bytes = 100), "limit of 100"),
        (limited(|limits| limits.areas = 1), "limit of 1"),
        (limited(|limits| limits.coordinates = 9), "number of coordinates 10 is over the limit of 9"),
        (limited(|limits| limits.rings = 5), "number of rings 6 is over the limit of 5"),
        (limited(|limits| limits.properties = 1), "number of properties 2 is over the limit of 1"),
        (limited(|limits| limits.fields = 0), "number of different properties 1 is over the limit of 0"),
    ] {
        assert!(message.contains(expected), "{message}");
    }
    let long = good.replace("\"a\"", &format!("\"{}\"", "x".repeat(70_000)));
    assert!(text(&long, &options("code")).unwrap_err().to_string().contains("limit of 65536"));
}
