//! What is to be known of values travels with them: the table of docs/flags.md is made of the answers, and of nothing else.

use super::*;
use std::fmt::Write;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/flags.md");
const BEGIN: &str = "<!-- outputs: written by choro-server, INSTA_UPDATE=always updates it -->\n";

/// What an output is asked for, and how it says what is to be known. Each of the lists holds texts of the answer: all of them must
/// be there.
struct Output {
    name: &'static str,
    /// The address; `{of}` is the selection.
    address: &'static str,
    /// P, E and B of 2013.
    statuses: Said,
    /// The small and the unknown base of 2013.
    reliability: Said,
    /// 2012 restated, and 2015 summed.
    origins: [Said; 2],
    /// From 2013 to 2016.
    change: Said,
}

/// How it is said, and by which texts.
type Said = (&'static str, &'static [&'static str]);

const NOTHING: Said = ("\u{2013}", &[]);
const COUNTS: Said =
    ("count", &["Flagged \"provisional\": 1", "Flagged \"estimated\": 1", "Flagged \"break in the series\": 1"]);
const RELIABILITY_COUNTS: Said = ("count", &["Flagged \"small base, not reliable\": 1", "Flagged \"base not known\": 1"]);
const SENTENCES: [Said; 2] =
    [("sentence", &["Restated from the boundaries of 2010."]), ("sentence", &["Sums of: Regions, boundaries of 2010."])];
const CHANGES: &[&str] =
    &["from or to provisional figures: 1", "from or to estimates: 1", "across a break in the series: 1"];
const ON_PAGE: &[&str] = &[
    "provisional: 1",
    "estimated: 1",
    "break in the series: 1",
    "<td>provisional</td>",
    "<td>estimated</td>",
    "<td>break in the series; small base, not reliable</td>",
];
const RELIABILITY_ON_PAGE: &[&str] =
    &["<g class=\"unreliable\"", "small base, not reliable: 1", "base not known: 1", "<td>base not known</td>"];
const CHANGES_ON_PAGE: &[&str] = &[
    "from or to provisional figures: 1",
    "<td>from or to provisional figures</td>",
    "<td>from or to estimates</td>",
    "<td>across a break in the series; small base, not reliable</td>",
];

const OUTPUTS: &[Output] = &[
    Output {
        name: "`/values/{set}.csv`",
        address: "/values/regions.csv?{of}",
        statuses: ("each area", &["A,Alpha,1.5,,P,", ",2.5,,E,", "C/1,Gamma <b>,3.5,,B,"]),
        reliability: ("each area", &["2013_reliability", ",3.5,,B,small_base,", ",4.5,,,unknown_base,"]),
        origins: [("column", &["2012_restated_from", ",2010,"]), ("column", &["2015_aggregated_from", ",regions 2010,"])],
        change: NOTHING,
    },
    Output {
        name: "`/values/{set}.json`",
        address: "/values/regions.json?{of}",
        statuses: ("each area", &["\"statuses\":[{\"P\":[0],\"E\":[1],\"B\":[2]}]"]),
        reliability: ("each area", &["\"reliability\":[{\"small_base\":[2],\"unknown_base\":[3]}]"]),
        origins: [
            ("column", &["\"origins\":[{\"restated\":true,\"restated_from\":\"2010\"}]"]),
            ("column", &["\"aggregated_from\":{\"set\":\"regions\",\"borders\":\"2010\"}"]),
        ],
        change: NOTHING,
    },
    Output {
        name: "`/areas/{set}.geojson`",
        address: "/areas/regions.geojson?{of}",
        statuses: ("each area", &["\"value\":1.5,\"status\":\"P\"", "\"value\":2.5,\"status\":\"E\"", "\"status\":\"B\""]),
        reliability: ("each area", &["\"reliability\":\"small_base\"", "\"reliability\":\"unknown_base\""]),
        origins: [("member", &["\"restated_from\":\"2010\""]), ("member", &["\"aggregated\":true"])],
        change: NOTHING,
    },
    Output {
        name: "`/areas/{set}.gpkg`",
        address: "/areas/regions.gpkg?{of}",
        // The texts of a row lie one after the other in the file: of the third area the status, and the reliability.
        statuses: ("each area", &["status TEXT", "Bsmall_base", "Flagged \"provisional\": 1"]),
        reliability: ("each area", &["reliability TEXT", "small_base", "unknown_base", "dense6"]),
        origins: SENTENCES,
        change: NOTHING,
    },
    Output {
        name: "`/areas/{set}.qlr`",
        address: "/areas/regions.qlr?{of}",
        statuses: ("count", &["Flagged &quot;provisional&quot;: 1", "Flagged &quot;estimated&quot;: 1"]),
        reliability: ("each area", &["filter=\"&quot;reliability&quot; = 'small_base'\"", "dense6", "'unknown_base'"]),
        origins: SENTENCES,
        change: NOTHING,
    },
    Output {
        name: "`/areas/{set}/{code}`",
        address: "/areas/regions/C%2F1?borders=2014",
        statuses: ("each value", &["\"period\":\"2013\",\"value\":3.5,\"status\":\"B\""]),
        reliability: ("each value", &["\"reliability\":\"small_base\""]),
        origins: [
            ("each value", &["\"period\":\"2012\",\"value\":3.5,\"restated\":true"]),
            ("each value", &["\"period\":\"2015\",\"value\":3.5,\"aggregated\":true"]),
        ],
        change: NOTHING,
    },
    Output {
        name: "`/legends/{indicator}.json`",
        address: "/legends/share.json?set=regions&{of}",
        statuses: (
            "count",
            &["{\"flag\":\"P\",\"label\":\"provisional\",\"count\":1}", "{\"flag\":\"E\"", "{\"flag\":\"B\""],
        ),
        reliability: (
            "count",
            &["{\"flag\":\"small_base\"", "\"count\":1,\"pattern\":\"dots\"}", "{\"flag\":\"unknown_base\""],
        ),
        origins: SENTENCES,
        change: (
            "each area",
            &[
                "{\"flag\":\"P\",\"label\":\"from or to provisional figures\",\"count\":1,\"rows\":[0]}",
                "{\"flag\":\"E\",\"label\":\"from or to estimates\",\"count\":1,\"rows\":[1]}",
                "{\"flag\":\"B\",\"label\":\"across a break in the series\",\"count\":1,\"rows\":[2]}",
                "\"rows\":[3]",
            ],
        ),
    },
    Output {
        name: "`/styles/choropleth.json`",
        address: "/styles/choropleth.json?set=regions&grid=WebMercatorQuad&{of}",
        statuses: ("count", &["\"choro:flags\":{\"B\":1,\"E\":1,\"P\":1"]),
        reliability: ("count", &["\"small_base\":1,\"unknown_base\":1}"]),
        origins: SENTENCES,
        change: NOTHING,
    },
    Output {
        name: "`/tiles/{set}/{grid}.json`",
        address: "/tiles/regions/WebMercatorQuad.json?{of}",
        statuses: ("count", &["\"flags\":{\"B\":1,\"E\":1,\"P\":1", "Flagged \\\"provisional\\\": 1"]),
        reliability: ("count", &["\"small_base\":1,\"unknown_base\":1}"]),
        origins: [("member", &["\"restated_from\":\"2010\""]), ("member", &["\"aggregated\":true"])],
        change: NOTHING,
    },
    Output {
        name: "`/picture.svg`, `.png`, `.pdf`",
        address: "/picture.svg?{of}",
        statuses: ("count", &["provisional: 1", "estimated: 1", "break in the series: 1"]),
        reliability: ("each area", &["<g class=\"unreliable\"", "small base, not reliable: 1", "base not known: 1"]),
        origins: SENTENCES,
        change: ("count", CHANGES),
    },
    Output {
        name: "`/` without a script",
        address: "/?{of}",
        statuses: ("each area", ON_PAGE),
        reliability: ("each area", RELIABILITY_ON_PAGE),
        origins: SENTENCES,
        change: ("each area", CHANGES_ON_PAGE),
    },
    Output {
        name: "`/embed`",
        address: "/embed?{of}",
        statuses: ("each area", ON_PAGE),
        reliability: ("each area", RELIABILITY_ON_PAGE),
        origins: SENTENCES,
        change: ("each area", CHANGES_ON_PAGE),
    },
    Output {
        name: "`/oembed`",
        address: "/oembed?url=https://maps.example.org/%3F{of-encoded}",
        statuses: COUNTS,
        reliability: RELIABILITY_COUNTS,
        origins: SENTENCES,
        change: ("count", &["Flagged \"from or to provisional figures\": 1", "Flagged \"across a break in the series\": 1"]),
    },
    Output {
        name: "`/catalog.json`",
        address: "/catalog.json",
        statuses: ("breaks by period", &["\"breaks\":[\"2013\",\"2014\"]"]),
        reliability: NOTHING,
        origins: [
            ("by period", &["\"restated\":[{\"set\":\"regions\",\"vintage\":\"2010\",\"periods\":[\"2012\"]"]),
            ("by period", &["\"aggregated\":[{\"set\":\"regions\",\"vintage\":\"2010\",\"periods\":[\"2015\"]"]),
        ],
        change: NOTHING,
    },
    Output {
        name: "`/tiles/{set}/{grid}/{z}/{x}/{y}`",
        address: "/tiles/regions/WebMercatorQuad/0/0/0.mvt?{of}",
        statuses: NOTHING,
        reliability: NOTHING,
        origins: [NOTHING, NOTHING],
        change: NOTHING,
    },
];

/// How an answer says what is to be known of a selection, or fails where it does not say it.
async fn how(site: &Site, output: &Output, selection: &str, (how, texts): Said) -> &'static str {
    if texts.is_empty() {
        return how;
    }
    // A GeoJSON has no parameter for a set, and an address of one may have none of a page.
    let address = output.address.replace("{of}", selection);
    let address = address.replace("{of-encoded}", &selection.replace('=', "%3D").replace('&', "%26"));
    let reply = site.get(&address).await;
    let body = String::from_utf8_lossy(&reply.body).into_owned();
    assert_eq!(reply.status, StatusCode::OK, "{address}: {body}");
    // JSON and HTML write quotation marks in their own ways.
    let plain = body.replace("\\\"", "\"").replace("&quot;", "\"");
    for text in texts {
        assert!(body.contains(text) || plain.contains(text), "{address} lacks {text:?}: {body}");
    }
    how
}

#[tokio::test]
async fn every_output_says_what_is_to_be_known_of_its_values_as_the_docs_have_it() {
    let site = Site::of(testing::flagged());
    let mut table = String::from(
        "| output | provisional, estimated, break | small or unknown base | restated, summed | change of two periods |\n|---|---|---|---|---|\n",
    );
    for output in OUTPUTS {
        let of = |period: &str| {
            let set =
                if output.address.starts_with("/picture") || output.name.contains("embed") { "set=regions&" } else { "" };
            format!("{set}indicator=share&period={period}")
        };
        let of = |period: &str| match output.address.starts_with("/legends") {
            true => format!("period={period}"),
            false => of(period),
        };
        let statuses = how(&site, output, &of("2013"), output.statuses).await;
        let reliability = how(&site, output, &of("2013"), output.reliability).await;
        let restated = how(&site, output, &format!("{}&borders=2014", of("2012")), output.origins[0]).await;
        let summed = how(&site, output, &of("2015"), output.origins[1]).await;
        assert_eq!(restated, summed, "{}", output.name);
        let change = how(&site, output, &format!("{}&from=2013", of("2016")), output.change).await;
        writeln!(table, "| {} | {statuses} | {reliability} | {restated} | {change} |", output.name).unwrap();
    }
    let docs = std::fs::read_to_string(DOCS).unwrap();
    let (head, rest) = docs.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once("<!-- end -->").unwrap();
    let made = format!("{head}{BEGIN}{table}<!-- end -->{tail}");
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(DOCS, &made).unwrap();
    } else {
        assert!(docs == made, "docs/flags.md is stale: run this test with INSTA_UPDATE=always");
    }
}

#[tokio::test]
async fn a_break_before_the_earlier_of_two_periods_is_none_between_them() {
    let site = Site::of(testing::flagged());
    for (from, to, expected) in [
        ("2013", "2016", vec![("P", 1), ("E", 1), ("B", 1), ("small_base", 1), ("unknown_base", 1)]),
        ("2014", "2016", vec![("P", 1)]),
        ("2013", "2014", vec![("P", 1), ("E", 1), ("B", 1), ("small_base", 1), ("unknown_base", 1)]),
        ("2014", "2015", vec![]),
    ] {
        let legend = site.get(&format!("/legends/share.json?set=regions&period={to}&from={from}")).await.json();
        let flags = legend["flags"].as_array().cloned().unwrap_or_default();
        let found: Vec<(&str, u64)> =
            flags.iter().map(|entry| (entry["flag"].as_str().unwrap(), entry["count"].as_u64().unwrap())).collect();
        assert_eq!(found, expected, "{from} to {to}");
    }
}

#[tokio::test]
async fn a_value_of_a_small_base_never_leads_unmarked() {
    let site = Site::of(testing::flagged());
    let legend = site.get("/legends/share.json?set=regions&period=2013").await.json();
    let summary = legend["summary"].as_str().unwrap();
    assert!(summary.contains("Highest of them: 4.5 (Delta; base not known)."), "{summary}");
    let table = String::from_utf8(site.get("/?indicator=share&period=2013").await.body).unwrap();
    assert!(table.contains("<td>break in the series; small base, not reliable</td>"), "{table}");
}

#[tokio::test]
async fn colours_of_counts_warn_wherever_they_are_drawn() {
    let site = Site::of(testing::flagged());
    const WARNING: &str = "Colours of whole numbers mislead";
    for (address, warned) in [
        ("/picture.svg?indicator=people&kind=choropleth", true),
        ("/picture.svg?indicator=people&kind=choropleth&size=wide", true),
        ("/picture.svg?indicator=people&kind=choropleth&from=2013&period=2016", true),
        ("/picture.svg?indicator=people&kind=symbols&from=2013&period=2016", false),
        ("/picture.svg?indicator=people&kind=symbols", false),
        ("/picture.svg?indicator=share&kind=choropleth", false),
        ("/embed?indicator=people&kind=choropleth", true),
        ("/embed?indicator=people", false),
        ("/?indicator=people&kind=choropleth", true),
        ("/oembed?url=https://maps.example.org/%3Findicator%3Dpeople%26kind%3Dchoropleth", true),
        ("/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=people&period=2016", true),
        ("/styles/choropleth.json?set=regions&grid=WebMercatorQuad&indicator=share&period=2016", false),
        ("/areas/regions.qlr?indicator=people&period=2016", true),
        ("/areas/regions.gpkg?indicator=people&period=2016", true),
        ("/areas/regions.gpkg?indicator=share&period=2016", false),
    ] {
        let reply = site.get(address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        assert_eq!(String::from_utf8_lossy(&reply.body).contains(WARNING), warned, "{address}");
    }
    let russian = String::from_utf8(site.get("/picture.svg?indicator=people&kind=choropleth&lang=ru").await.body).unwrap();
    assert!(russian.contains("вводит в заблуждение"), "{russian}");
}

#[tokio::test]
async fn what_keeps_to_a_release_keeps_to_it_where_other_sites_embed_it() {
    let site = Site::of(testing::flagged());
    let release = &site.first;
    let url = format!("https://maps.example.org/%3Findicator%3Dshare%26release%3D{release}");
    let pinned = site.get(&format!("/oembed?url={url}")).await.json();
    for member in ["html", "thumbnail_url"] {
        let text = pinned[member].as_str().unwrap();
        assert!(text.contains(&format!("release={release}")), "{member}: {text}");
    }
    let current = site.get("/oembed?url=https://maps.example.org/%3Findicator%3Dshare").await.json();
    assert!(!current.to_string().contains("release="), "{current}");
    // One that cannot be had shows what there is, as a page does.
    let gone = site.get("/oembed?url=https://maps.example.org/%3Frelease%3D2020-01-01-cccccccc").await;
    assert_eq!(gone.status, StatusCode::OK);
    assert!(!gone.json().to_string().contains("release="));
}
