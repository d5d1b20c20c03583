//! Years, quarters and months of one indicator beside one another.

use super::*;

/// A server of years, quarters and months beside one another.
fn mixed() -> (tempfile::TempDir, ReleaseServer) {
    let dir = tempfile::tempdir().unwrap();
    let year = [100.0, 200.0, 300.0, 400.0];
    publish_rates(
        dir.path(),
        &[
            ("2013", year),
            ("2014", year.map(|value| value + 0.5)),
            ("2013-Q4", [78.7, 2.0, 3.0, 4.0]),
            ("2014-Q1", [78.8, 3.0, 5.0, 7.0]),
            ("2014-02", [1.0, 1.5, 2.0, 2.5]),
        ],
    );
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options()).unwrap();
    (dir, server)
}

#[tokio::test]
async fn periods_of_unlike_kinds_neither_pool_nor_compare() {
    let (_dir, server) = mixed();
    let legend = |period: &'static str, from: Option<&str>| {
        let from = from.map(|from| from.parse().unwrap());
        let ask = DataQuery { periods: periods(period), ..ask() };
        let server = &server;
        async move { server.legend(&ask, from, Options::default(), AcceptedCodings::IDENTITY).await }
    };
    for (period, highest, label) in [
        ("2014", 400.5, "breaks from all years"),
        ("2014-Q1", 78.8, "breaks from all quarters"),
        ("2014-02", 2.5, "breaks from all months"),
    ] {
        let legend = json(&legend(period, None).await.unwrap());
        let classes = legend["classes"].as_array().unwrap();
        assert_eq!(classes.last().unwrap()["hi"], highest, "{period}");
        assert!(legend["scope_label"].as_str().unwrap().starts_with(label), "{period}: {}", legend["scope_label"]);
    }
    for (from, period, expected) in [
        (
            "2013",
            "2014-Q1",
            "from=2013 and period=2014-Q1 are of unlike kinds (years and quarters): compare two of one kind",
        ),
        ("2014-Q1", "2013-Q4", "from=2014-Q1 comes after period=2013-Q4: exchange them, from=2013-Q4 and period=2014-Q1"),
        ("2014", "2014", "from=2014 is the period itself: give an earlier one, or leave from out"),
    ] {
        let error = legend(period, Some(from)).await.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn a_difference_is_that_of_decimals_and_its_periods_have_names() {
    let (_dir, server) = mixed();
    let ask = DataQuery { periods: periods("2014-Q1"), lang: Some(id("en")), ..ask() };
    let options = with_breaks("0,0.1,0.2");
    let from = Some("2013-Q4".parse().unwrap());
    let legend = json(&server.legend(&ask, from, options, AcceptedCodings::IDENTITY).await.unwrap());
    assert_eq!(legend["change_label"], "change from Q4 2013 to Q1 2014");
    // A rises by 0.1, which is no more under 0.1; the others by 1 to 3.
    let counts: Vec<_> =
        legend["classes"].as_array().unwrap().iter().map(|class| class["count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [0, 0, 1, 3], "{legend}");
    assert!(legend["summary"].as_str().unwrap().contains("Lowest of them: +0.1 (Alpha)."), "{legend}");
}

#[tokio::test]
async fn a_page_calls_its_periods_by_name_and_has_them_in_order() {
    let (_dir, server) = mixed();
    let template = "<html lang=\"en\"><title>Choro</title><!--choro:links--><!--choro:title-->";
    for (lang, title, second) in [
        ("en", "Net rate, Q1 2014", "<option value=\"2013-Q4\">Q4 2013</option><option value=\"2014\">2014</option>"),
        ("ru", "Net rate (по-русски), I квартал 2014 г.", "<option value=\"2013-Q4\">IV квартал 2013 г.</option>"),
    ] {
        let query = pairs(&[("indicator", "rate"), ("period", "2014-Q1"), ("lang", lang)]);
        let page = PageQuery { page: PageKind::Viewer, template, query: &query, languages: &LanguagePriority::default() };
        let page = text(&server.page(&page, AcceptedCodings::IDENTITY).await.unwrap());
        assert!(page.contains(second) && page.ends_with(title), "{page}");
    }
}
