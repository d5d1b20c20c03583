//! Pages and oEmbed as programs of others ask for them: WordPress, pym.js, whoever appends a number to a link.

use crate::harness::{Server, Workspace, fixture};
use url::form_urlencoded::{Serializer, parse};

const QUERY: &str = "set=areas&indicator=arrival_rate&period=2021&lang=en";

fn served() -> (Workspace, Server) {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    (workspace, server)
}

/// The address of an attribute that follows `before` in a page, as a browser reads it.
fn attribute(page: &str, before: &str) -> String {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("{before} is not in {page}"));
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

/// The pairs of an address's query.
fn pairs(address: &str) -> Vec<(String, String)> {
    parse(address.split_once('?').unwrap().1.as_bytes()).into_owned().collect()
}

#[test]
fn a_random_click_id_leads_to_the_same_page_and_stands_in_none_of_its_links() {
    let (_workspace, server) = served();
    for path in ["/", "/embed"] {
        let plain = server.get(&format!("{path}?{QUERY}"));
        assert_eq!(plain.status, 200, "{}", plain.text());
        for number in 0..20 {
            for more in [format!("fbclid=IwAR{number}"), format!("utm_source=n{number}&v=6.{number}&_={number}")] {
                let reply = server.get(&format!("{path}?{QUERY}&{more}"));
                assert_eq!((reply.status, reply.header("etag")), (200, plain.header("etag")), "{path} {more}");
                assert!(reply.body == plain.body, "{path} {more}: {}", reply.text());
            }
        }
        // What is not understood is told, and what is foreign beside it is not.
        let told = server.get(&format!("{path}?{QUERY}&colour=red&fbclid=IwAR")).text();
        assert!(told.contains("colour=red") && !told.contains("fbclid"), "{told}");
    }
}

/// WordPress reads the page that somebody pasted, finds the address of its oEmbed document, and asks it with parameters of its own
/// (`WP_oEmbed::discover`, `add_query_arg`, which writes the whole query anew); where it gets 501, in the other format.
#[test]
fn wordpress_finds_the_frame_of_a_page_that_was_pasted() {
    let (_workspace, server) = served();
    let pasted = format!("{}/?{QUERY}&utm_source=newsletter&fbclid=IwAR0", server.url);
    let page = server.get(pasted.strip_prefix(&server.url).unwrap()).text();
    let provider = attribute(&page, "type=\"application/json+oembed\" href=\"");
    assert!(provider.starts_with(&format!("{}/oembed?", server.url)), "{provider}");
    let ask = |format: &str| {
        let mut query = pairs(&provider);
        query.retain(|(name, _)| name != "format" && name != "url");
        let url = ("url".to_owned(), pasted.clone());
        let own = [("format", format), ("maxwidth", "600"), ("maxheight", "900"), ("dnt", "1")];
        let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let written = Serializer::new(String::new()).extend_pairs(query.into_iter().chain([url]).chain(own)).finish();
        server.get(&format!("/oembed?{written}"))
    };
    assert_eq!(ask("xml").status, 501);
    let reply = ask("json");
    assert_eq!(reply.status, 200, "{}", reply.text());
    let document: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!((document["type"].as_str(), document["width"].as_u64()), (Some("rich"), Some(600)), "{document}");
    let frame = attribute(document["html"].as_str().unwrap(), "src=\"");
    for address in [&frame, document["thumbnail_url"].as_str().unwrap(), &provider] {
        assert!(!["utm_", "fbclid", "dnt"].iter().any(|foreign| address.contains(foreign)), "{address}");
    }
    let shown = server.get(frame.strip_prefix(&server.url).unwrap());
    assert!(shown.status == 200 && shown.text().contains("2021"), "{}", shown.text());
    // The discovered address itself, asked as it stands.
    assert_eq!(server.get(provider.strip_prefix(&server.url).unwrap()).status, 200);
}

/// pym.js appends what it knows of the page around to the address of the frame (`Parent._constructIframe`).
#[test]
fn a_frame_of_pym_is_the_same_map_and_its_links_know_nothing_of_the_page_around_it() {
    let (_workspace, server) = served();
    let article = "https%3A%2F%2Fnews.example%2F%3Fp%3D1";
    let of_pym = format!("initialWidth=640&childId=map-1&parentTitle=Moves%20%26%20more%20%7C%20News&parentUrl={article}");
    for path in [format!("/embed?{QUERY}"), format!("/embed?{QUERY}&mode=full"), format!("/embed?{QUERY}&controls=0")] {
        let (plain, framed) = (server.get(&path), server.get(&format!("{path}&{of_pym}")));
        assert_eq!((framed.status, framed.header("etag")), (200, plain.header("etag")), "{path}");
        assert!(framed.body == plain.body, "{path}");
    }
    // To an address without a query pym appends its own as the only ones.
    let bare = server.get(&format!("/embed?{of_pym}")).text();
    assert!(!bare.contains("News") && !bare.contains("childId"), "{bare}");
}

#[test]
fn a_plus_sign_in_an_address_is_a_blank_and_links_bring_both_back() {
    let workspace = Workspace::invented();
    let areas = fixture("areas.geojson").replace("\"01\"", "\"a b+c\"");
    workspace.write("blank.geojson", areas);
    let set = ["--set", "blank", "--vintage", "1", "--code", "code", "--name", "en=name"];
    workspace.ok(&[&["import", "boundaries", "blank.geojson"], &set[..]].concat());
    workspace.write("rates.csv", fixture("rates.csv").replace("01;", "a b+c;"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "blank", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let query = "set=blank&indicator=arrival_rate&lang=en";
    for code in ["a+b%2Bc", "a%20b%2Bc"] {
        let page = server.get(&format!("/embed?{query}&area={code}")).text();
        assert!(!page.contains("class=\"strange\""), "{code}: {page}");
        let link = attribute(&page, "property=\"og:url\" content=\"");
        assert!(pairs(&link).contains(&("area".to_owned(), "a b+c".to_owned())), "{link}");
        assert_eq!(server.get(&format!("/picture.svg?{query}&area={code}")).status, 200, "{code}");
    }
    assert_eq!(server.get(&format!("/picture.svg?{query}&area=a+b+c")).status, 400);
}

#[test]
fn a_page_speaks_the_language_that_is_wanted_most() {
    let workspace = Workspace::invented();
    let indicators =
        fixture("indicators.toml").replace("\"Arrivals per 1,000\"", "\"Arrivals per 1,000\", ru = \"Прибывшие\"");
    workspace.write("indicators.toml", indicators);
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    for (accepted, expected) in [
        ("ru", "ru"),
        ("RU-ru", "ru"),
        ("en;q=0.2, ru;q=0.8", "ru"),
        ("ru;q=0.2, en;q=0.8", "en"),
        ("fr, ru;q=0.1", "ru"),
        ("*", "en"),
        ("ru;q=0", "en"),
        ("en;q=0, *", "ru"),
        ("", "en"),
    ] {
        let page = server.get_with("/?set=areas", &[("accept-language", accepted)]);
        assert!(page.text().contains(&format!("<html lang=\"{expected}\"")), "{accepted}: {}", &page.text()[..200]);
        assert_eq!(page.header("vary"), Some("accept-encoding, accept-language"));
    }
}
