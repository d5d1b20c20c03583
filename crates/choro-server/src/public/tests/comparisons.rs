//! Maps of the change since an earlier period that lacks the codes of the later one.

use super::*;

/// The addresses of all that shows a change.
fn addresses(query: &str) -> [String; 6] {
    let shown = format!("indicator=arrivals&{query}");
    let map =
        url::form_urlencoded::byte_serialize(format!("https://maps.example.org/?{shown}").as_bytes()).collect::<String>();
    [
        format!("/?{shown}"),
        format!("/embed?{shown}"),
        format!("/oembed?url={map}"),
        format!("/picture.svg?{shown}"),
        format!("/picture.png?{shown}"),
        format!("/legends/arrivals.json?set=regions&{query}"),
    ]
}

#[tokio::test]
async fn an_earlier_period_without_the_codes_is_left_out_by_pages_and_refused_by_interfaces_with_those_that_have_them() {
    let site = Site::of(testing::moved());
    for (query, refused) in [
        ("period=2014&from=2012", None),
        ("period=2014&from=2012&sex=M", None),
        ("period=2014&from=2013", Some("2013 has no values at sex=F, which 2014 shows: periods to compare with are 2012")),
        (
            "period=2014&from=2011&sex=F",
            Some("2011 has no values at sex=F, which 2014 shows: periods to compare with are 2012"),
        ),
        (
            "period=2014&from=2013&sex=M",
            Some("2013 has no values at sex=M, which 2014 shows: periods to compare with are 2011, 2012"),
        ),
        (
            "period=2013&from=2012",
            Some("2012 has no values at sex=_T, which 2013 shows: no earlier period has such values, leave from out"),
        ),
        ("period=2014&from=2009", Some("2009 refers to borders 2010 and 2014 to 2014")),
        ("period=2014&from=2008", Some("has no period 2008")),
        ("period=2014&from=2014", Some("is the period itself")),
    ] {
        for address in addresses(query) {
            let reply = site.get(&address).await;
            let text = String::from_utf8_lossy(&reply.body).into_owned();
            let forgives = ["/?", "/embed", "/oembed"].iter().any(|start| address.starts_with(start));
            match refused.filter(|_| !forgives) {
                None => assert_eq!(reply.status, StatusCode::OK, "{address}: {text}"),
                Some(why) => {
                    let problem = reply.json();
                    assert_eq!(
                        (&problem["status"], &problem["parameter"]),
                        (&400.into(), &"from".into()),
                        "{address}: {text}"
                    );
                    assert!(problem["detail"].as_str().unwrap().contains(why), "{address}: {text}");
                }
            }
        }
        let page = String::from_utf8(site.get(&format!("/?indicator=arrivals&classes=3&{query}")).await.body).unwrap();
        let told = page.split("<p class=\"strange\"").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or_default();
        assert_eq!(told.contains("from="), refused.is_some(), "{query}: {told}");
        // The rest of the address is kept.
        assert!(page.contains("classes=3") && !told.contains("classes"), "{query}: {told}");
    }
}

#[tokio::test]
async fn a_form_without_a_script_offers_codes_that_have_values_in_the_period_and_says_why_the_others_have_none() {
    let site = Site::of(testing::moved());
    for (query, expected) in [
        ("period=2014&lang=en", [("_T", Some("no values of this indicator")), ("F", None), ("M", None)]),
        (
            "period=2013&lang=en",
            [("_T", None), ("F", Some("no values of this indicator")), ("M", Some("no values of this indicator"))],
        ),
        (
            "period=2011&lang=ru",
            [("_T", Some("нет значений показателя")), ("F", Some("нет значений показателя")), ("M", None)],
        ),
    ] {
        let page = String::from_utf8(site.get(&format!("/?indicator=arrivals&{query}")).await.body).unwrap();
        let field =
            page.split("<select id=\"sex\"").nth(1).and_then(|rest| rest.split("</select>").next()).unwrap_or_default();
        for (code, why) in expected {
            let option =
                field.split(&format!("<option value=\"{code}\"")).nth(1).and_then(|rest| rest.split("</option>").next());
            let option = option.unwrap_or_default();
            let (attributes, text) = option.split_once('>').unwrap_or_default();
            assert_eq!(attributes.contains("disabled"), why.is_some(), "{query} {code}: {field}");
            assert!(why.is_none_or(|why| text.ends_with(&format!("({why})"))), "{query} {code}: {option}");
        }
    }
}
