//! A release whose every text is an attack: what it says is shown as it stands, and does nothing.

use crate::{browser, harness::Workspace};

/// Names of areas.
const NAMES: [&str; 4] = [
    "\"><img src=x onerror=zq9(1)>",
    "</script><script>zq9(1)</script>",
    "'-zq9(1)-'{{7*7}}${7*7}",
    "javascript:zq9(1)//<svg/onload=zq9(1)>",
];

fn workspace() -> Workspace {
    let workspace = Workspace::new(&indicators());
    workspace.configure("[boundary_sets.areas]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 3");
    let area = |(index, name): (usize, &&str)| {
        let (west, east) = (index * 2, index * 2 + 2);
        serde_json::json!({"type": "Feature", "properties": {"code": format!("0{}", index + 1), "name": name},
            "geometry": {"type": "Polygon", "coordinates": [[[west, 0], [east, 0], [east, 2], [west, 2], [west, 0]]]}})
    };
    let areas: Vec<_> = NAMES.iter().enumerate().map(area).collect();
    workspace.write("areas.geojson", serde_json::json!({"type": "FeatureCollection", "features": areas}).to_string());
    workspace.write("values.csv", "area;2021\n01;1,5\n02;2\n03;3\n04;4\n");
    workspace.write(
        "values.toml",
        "decimal = \",\"\narea = { column = \"area\" }\nindicator = { value = \"evil\" }\nperiod = { header_row = 1 }\nvalue = { columns = [\"2021\"] }\n",
    );
    let licence = "CC0 <script>zq9(1)</script>";
    workspace.ok(&[
        "import",
        "boundaries",
        "areas.geojson",
        "--set",
        "areas",
        "--vintage",
        "1",
        "--code",
        "code",
        "--name",
        "en=name",
        "--licence",
        licence,
        "--source",
        "<a href=\"javascript:zq9(1)\">who</a>",
    ]);
    workspace.ok(&["import", "observations", "values.csv", "--set", "areas", "--mapping", "values.toml"]);
    workspace.ok(&["publish"]);
    workspace
}

fn indicators() -> String {
    let text = |markup: &str| format!("{markup:?}");
    format!(
        "[[indicator]]\nid = \"evil\"\nname = {{ en = {} }}\nnote = {{ en = {} }}\nunit = {{ id = \"PS\", name = {{ en = {} }} }}\n\
         kind = \"rate\"\ndecimals = 1\npersons = false\nsource = {}\nlicence = {}\n",
        text("<script>zq9(1)</script>Evil"),
        text("</style><img src=x onerror=zq9(1)>"),
        text("<b onmouseover=zq9(1)>per</b>"),
        text("<a href=\"javascript:zq9(1)\">source</a>"),
        text("</title><svg onload=zq9(1)>"),
    )
}

#[test]
fn texts_of_a_provider_are_text_in_every_answer() {
    let workspace = workspace();
    let server = workspace.serve();
    for (path, markup) in [
        ("/?set=areas&indicator=evil&period=2021", true),
        ("/embed?set=areas&indicator=evil&period=2021", true),
        ("/picture.svg?set=areas&indicator=evil&period=2021", true),
        ("/areas/areas.qlr?indicator=evil&period=2021", true),
        ("/catalog.json", false),
        ("/tiles/areas/WebMercatorQuad.json?indicator=evil&period=2021", false),
        ("/values/areas.csv?indicator=evil&period=2021", false),
        ("/areas/areas.geojson?indicator=evil&period=2021", false),
    ] {
        let reply = server.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        let html = reply.header("content-type").is_some_and(|media| media.contains("html"));
        let text = reply.text();
        for element in ["<script>zq9", "<img src=x", "<svg onload", "<svg/onload", "<b onmouseover", "<a href=\"javascript:"]
        {
            assert!(!markup || !text.contains(element), "{path} holds {element}");
        }
        assert!(markup || !html, "{path} is HTML");
    }
    let tilejson = server.json("/tiles/areas/WebMercatorQuad.json?indicator=evil&period=2021");
    let attribution = tilejson["attribution"].as_str().unwrap();
    assert!(!attribution.contains('<'), "maps of others write it into their page: {attribution}");
}

/// In Chromium: no dialog, no element of theirs, no breach of the policy (tests/browser/evil.mjs).
#[test]
fn in_a_browser_texts_of_a_provider_do_nothing() {
    let Some(scripts) = browser::scripts() else { return };
    let workspace = workspace();
    let server = workspace.serve();
    browser::passes(&scripts, "evil.mjs", &server);
}
