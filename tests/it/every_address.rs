//! Every address that a page, the catalogue or the advice of an error gives is answered, on a workspace that is odd in many ways.

use crate::harness::{Reply, Server, Workspace};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// More than there are; a crawl that goes on without end has found a trap.
const MOST: usize = 3_000;
const INDICATORS: &str = "
[[indicator]]
id = 'moved'
name = { en = 'Moved', ru = 'Переехали' }
unit = { id = 'PS', name = { en = 'persons' } }
kind = 'count'
decimals = 0
dimensions = [
    { id = 'sex', name = { en = 'Sex' }, code_list = 'sex', total = '_T' },
    { id = 'age', name = { en = 'Age' }, code_list = 'age', total = '_T' },
]
persons = false
source = 'Test & \"Sons\"'
licence = 'CC0-1.0'

[[indicator]]
id = 'rate'
name = { en = 'Rate' }
unit = { id = 'PS_PER_1K', name = { en = 'per 1,000' } }
kind = 'rate'
decimals = 1
diverging = true
persons = false
source = 'Test'
licence = 'CC0-1.0'
";
/// All together only in 2018; afterwards no total of sex, one of age only in 2019 and 2020, and children of women alone.
const MOVED: &str = "area,year,sex,age,value
А 1,2018,_T,_T,9\nB/2+,2018,_T,_T,9\nА 1,2019,F,_T,5\nА 1,2019,M,_T,5\nB/2+,2019,F,_T,5\nB/2+,2019,M,_T,5
А 1,2020,F,_T,5\nА 1,2020,M,_T,6\nА 1,2021,F,Y0,1\nА 1,2021,F,Y1,2\nА 1,2021,M,Y1,3
B/2+,2020,F,_T,7\nB/2+,2020,M,_T,8\nB/2+,2021,F,Y0,4\nB/2+,2021,F,Y1,5\nB/2+,2021,M,Y1,6\n";
/// Months beside a year, and values that are missing, equal or negative.
const RATES: &str = "area,2020,2020-01,2020-02\nА 1,-1.5,2,\nB/2+,-1.5,2,\n";

fn published() -> Workspace {
    let workspace = Workspace::new(INDICATORS);
    workspace.write("code_lists/age.csv", "code,parent,name_en\n_T,,All ages\nY0,_T,Children\nY1,_T,Adults\n");
    let square = |(index, code): (usize, &str)| {
        let (west, east) = (178 + 2 * index, 180 + 2 * index);
        let ring = format!("[[{west},60],[{east},60],[{east},62],[{west},62],[{west},60]]");
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"<{code}>"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
        )
    };
    let features: Vec<String> = ["А 1", "B/2+", "(C), 3"].into_iter().enumerate().map(square).collect();
    workspace.write("areas.geojson", format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")));
    workspace.write("moved.csv", MOVED);
    workspace.write("rates.csv", RATES);
    workspace.write(
        "moved.toml",
        "area = { column = 1 }\nindicator = { value = 'moved' }\nperiod = { column = 2 }\nvalue = { column = 5 }\n\
         [dimensions.sex]\ncolumn = 3\n[dimensions.age]\ncolumn = 4\n",
    );
    workspace.write(
        "rates.toml",
        "area = { column = 1 }\nindicator = { value = 'rate' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:D'] }\n",
    );
    for set in ["areas", "only-borders"] {
        let boundaries =
            ["import", "boundaries", "areas.geojson", "--set", set, "--vintage", "1", "--code", "code", "--name", "en=name"];
        workspace.ok(&boundaries);
    }
    for name in ["moved", "rates"] {
        let (table, mapping) = (format!("{name}.csv"), format!("{name}.toml"));
        let import =
            ["import", "observations", &table, "--set", "areas", "--mapping", &mapping, "--accept", "mixed-periods"];
        workspace.ok(&import);
    }
    workspace.configure("[boundary_sets.areas]\nmax_zoom = 2\n[boundary_sets.only-borders]\nmax_zoom = 1\n");
    workspace.ok(&["publish"]);
    workspace
}

/// What an attribute or a text of JSON says, with the signs that HTML and JSON write otherwise.
fn plain(text: &str) -> String {
    let signs =
        [("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("\\u0026", "&"), ("\\/", "/")];
    signs.iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}

/// The texts between a start and an end.
fn between<'t>(text: &'t str, start: &'t str, end: char) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

/// The addresses of a form without a script: each choice of each field, the others as they are.
fn of_form(form: &str) -> Vec<String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for input in between(form, "<input ", '>') {
        let get = |name: &str| between(input, &format!("{name}=\""), '"').next().map(plain);
        if let (Some(name), Some(value)) = (get("name"), get("value")) {
            fields.insert(name, value);
        }
    }
    let mut choices = Vec::new();
    for select in form.split("<select ").skip(1).map(|rest| rest.split("</select>").next().unwrap()) {
        let Some(name) = between(select, "name=\"", '"').next().map(plain) else { continue };
        for option in between(select, "<option ", '>').filter(|option| !option.contains("disabled")) {
            let Some(value) = between(option, "value=\"", '"').next().map(plain) else { continue };
            if option.contains("selected") || !fields.contains_key(&name) {
                fields.insert(name.clone(), value.clone());
            }
            choices.push((name.clone(), value));
        }
    }
    let address = |(name, value): (String, String)| {
        let mut fields = fields.clone();
        fields.insert(name, value);
        format!("/?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
    };
    choices.into_iter().map(address).collect()
}

/// The addresses of this server that a document gives.
fn addresses(server: &Server, reply: &Reply) -> Vec<String> {
    let (text, media) = (reply.text(), reply.header("content-type").unwrap_or_default().to_owned());
    let mut found: Vec<String> = Vec::new();
    if media.starts_with("text/html") {
        for attribute in ["href=\"", "src=\"", "data=\""] {
            found.extend(between(&text, attribute, '"').map(plain));
        }
        found.extend(text.split("<form").skip(1).flat_map(|form| of_form(form.split("</form>").next().unwrap())));
    } else if media.contains("json") {
        found.extend(between(&text, "\"http", '"').map(|rest| plain(&format!("http{rest}"))));
        found.extend(between(&text, "\"/", '"').map(|rest| plain(&format!("/{rest}"))));
    }
    let of_server = |address: String| {
        let path = address.strip_prefix(&server.url).map_or(address.clone(), str::to_owned);
        let filled = ["{z}", "{x}", "{y}"].iter().fold(path, |path, sign| path.replace(sign, "0"));
        let filled = filled.split('#').next().unwrap_or_default().to_owned();
        (filled.starts_with('/') && !filled.starts_with("//") && !filled.contains('{')).then_some(filled)
    };
    found.into_iter().filter_map(of_server).collect()
}

/// Follows all addresses from some on; those that are not answered, each with where it stands.
fn crawl(server: &Server, from: &[&str]) -> (BTreeSet<String>, Vec<String>) {
    let mut seen: BTreeSet<String> = from.iter().map(|address| (*address).to_owned()).collect();
    let mut left: VecDeque<(String, String)> =
        seen.iter().map(|address| (address.clone(), "the start".to_owned())).collect();
    let mut unanswered = Vec::new();
    while let Some((address, on)) = left.pop_front() {
        let reply = server.get(&address);
        if !matches!(reply.status, 200 | 204) {
            unanswered.push(format!(
                "{} {address} (on {on}): {}",
                reply.status,
                reply.text().chars().take(300).collect::<String>()
            ));
        }
        // The interface's own document gives examples of other workspaces.
        if address.starts_with("/openapi") || address.starts_with("/docs") {
            continue;
        }
        for next in addresses(server, &reply) {
            if seen.len() < MOST && seen.insert(next.clone()) {
                left.push_back((next, address.clone()));
            }
        }
    }
    (seen, unanswered)
}

#[test]
fn every_address_that_pages_and_documents_give_is_answered() {
    let workspace = published();
    let server = workspace.serve();
    let mut from = vec!["/", "/?lang=ru", "/catalog.json", "/embed", "/?indicator=moved&period=2021"];
    from.extend(["/?indicator=moved&period=2020&from=2019", "/?indicator=moved&period=2020&from=2018&classes=3"]);
    from.extend(["/embed?indicator=moved&period=2021&from=2020", "/?indicator=rate&period=2020-02&from=2020-01"]);
    let (seen, unanswered) = crawl(&server, &from);
    println!("{} addresses", seen.len());
    assert!(unanswered.is_empty(), "{} of {}:\n{}", unanswered.len(), seen.len(), unanswered.join("\n"));
    assert!(seen.len() > 100 && seen.len() < MOST, "{}: {seen:#?}", seen.len());
}

#[test]
fn every_address_in_the_advice_of_an_error_is_answered() {
    let workspace = published();
    let server = workspace.serve();
    let mut advised = 0;
    for wrong in [
        "/nothing",
        "/?indicator=none",
        "/tiles/areas/none/0/0/0.mvt",
        "/tiles/areas.json",
        "/values/areas.json",
        "/values/none.json?indicator=rate&period=2020",
        "/values/areas.json?indicator=moved&period=2021&sex=M&age=Y0",
        "/areas/areas/none",
        "/picture.svg?set=none",
        "/legends/none.json?set=areas&period=2020",
        "/styles/none.json?set=areas",
        "/oembed?url=none",
    ] {
        let reply = server.get(wrong);
        let text = reply.text();
        assert!(reply.status == 200 || text.len() > 20, "{wrong}: {text}");
        let paths = text.split_whitespace().filter(|_| reply.status >= 400).filter(|word| word.starts_with('/'));
        for path in paths.filter_map(|path| path.split(['"', ',', ';', ')']).next()) {
            advised += 1;
            assert_eq!(server.get(path).status, 200, "{wrong} advises {path}");
        }
    }
    assert!(advised > 0);
}

/// The queries of all maps of a catalogue that show a change, whether it can be shown or not.
fn changes(catalog: &serde_json::Value) -> Vec<(String, String, String)> {
    let mut changes = Vec::new();
    for indicator in catalog["indicators"].as_array().unwrap() {
        let id = indicator["id"].as_str().unwrap();
        let periods = indicator["boundary_sets"][0]["periods"].as_array().unwrap();
        let codes = if id == "moved" { &["", "&sex=M", "&sex=_T", "&age=Y1&sex=F"][..] } else { &[""] };
        for (period, from) in periods.iter().flat_map(|period| periods.iter().map(move |from| (period, from))) {
            for codes in codes {
                changes.push((
                    id.to_owned(),
                    format!("period={}{codes}", period.as_str().unwrap()),
                    from.as_str().unwrap().to_owned(),
                ));
            }
        }
    }
    changes
}

#[test]
fn every_change_is_shown_or_refused_with_the_earlier_periods_that_can_be_compared() {
    let workspace = published();
    let server = workspace.serve();
    let (mut shown, mut refused) = (0, 0);
    for (id, query, from) in changes(&server.json("/catalog.json")) {
        let map = format!("indicator={id}&{query}&from={from}");
        let link: String = url::form_urlencoded::byte_serialize(format!("{}/?{map}", server.url).as_bytes()).collect();
        for address in [format!("/?{map}"), format!("/embed?{map}"), format!("/oembed?url={link}")] {
            let reply = server.get(&address);
            assert_eq!(reply.status, 200, "{address}: {}", reply.text());
        }
        let legend = |from: &str| server.get(&format!("/legends/{id}.json?set=areas&{query}&from={from}"));
        // What the page shows nearest is not there for interfaces: no legend of it, with a change or without.
        if server.get(&format!("/legends/{id}.json?set=areas&{query}")).status != 200 {
            continue;
        }
        let (legend_of, picture) = (legend(&from), server.get(&format!("/picture.svg?{map}")));
        assert_eq!(legend_of.status, picture.status, "{map}: {} {}", legend_of.text(), picture.text());
        match legend_of.status {
            200 => shown += 1,
            status => {
                assert_eq!(status, 400, "{map}: {}", legend_of.text());
                refused += 1;
                let detail = legend_of.text();
                let Some((_, others)) = detail.split_once("periods to compare with are ") else { continue };
                let others = others.split('"').next().unwrap_or_default().split(", ");
                others.for_each(|other| assert_eq!(legend(other).status, 200, "{map} advises {other}"));
            }
        }
    }
    assert!(shown > 0 && refused > 0, "{shown} {refused}");
}

#[test]
fn a_breakdown_without_a_total_opens_on_its_first_code_and_says_which_there_are() {
    let workspace = published();
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let moved = catalog["indicators"].as_array().unwrap().iter().find(|indicator| indicator["id"] == "moved").unwrap();
    let expected = serde_json::json!([
        {"periods": ["2018"], "codes": [["_T", "_T"]]},
        {"periods": ["2019", "2020"], "codes": [["F", "_T"], ["M", "_T"]]},
        {"periods": ["2021"], "codes": [["F", "Y0"], ["F", "Y1"], ["M", "Y1"]]}
    ]);
    assert_eq!(moved["boundary_sets"][0]["combinations"], expected);
    for (query, codes) in [
        ("period=2020", ["F", "_T"]),
        ("period=2021", ["F", "Y0"]),
        ("period=2021&sex=M", ["M", "Y1"]),
        ("period=2021&age=Y1", ["F", "Y1"]),
    ] {
        let values = server.json(&format!("/values/areas.json?indicator=moved&{query}"));
        assert_eq!(values["selection"], serde_json::json!({"sex": codes[0], "age": codes[1]}), "{query}: {values}");
    }
    // Where periods would show different codes, nothing is pooled or compared.
    let reply = server.get("/values/areas.json?indicator=moved&period=2020,2021");
    assert!(
        reply.status == 400 && reply.text().contains("not all of these periods have a total of age"),
        "{}",
        reply.text()
    );
    let reply = server.get("/legends/moved.json?set=areas&period=2021&from=2020");
    let told = "2020 has no values at sex=F age=Y0, which 2021 shows: no earlier period has such values, leave from out";
    assert!(reply.status == 400 && reply.text().contains(told), "{}", reply.text());
    // What is asked for and not there is refused by interfaces; a page shows the nearest and says so.
    assert_eq!(server.get("/values/areas.json?indicator=moved&period=2021&sex=M&age=Y0").status, 404);
    let page = server.get("/?indicator=moved&period=2021&sex=M&age=Y0").text();
    let (_, told) = page.split_once("Not understood, and shown as usual").unwrap();
    let told = told.split("</p>").next().unwrap();
    assert!(told.contains("age=Y0") != told.contains("sex=M"), "one of the two codes is given up, and named: {told}");
}

#[test]
fn an_import_without_indicators_says_that_there_are_none() {
    let workspace = Workspace::new("");
    workspace.write("areas.geojson", crate::squares::geojson(2, 1, 1.0));
    workspace.ok(&["import", "boundaries", "areas.geojson", "--set", "areas", "--vintage", "1", "--code", "code"]);
    workspace.write("table.csv", "area,2020\nA00000,1\n");
    let output = workspace.run(&["import", "observations", "table.csv", "--set", "areas"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("indicators.toml defines no indicator"), "{said}");
    let said = workspace.ok(&["publish"]);
    assert!(said.contains("no figures are in this release, only boundaries"), "{said}");
}
