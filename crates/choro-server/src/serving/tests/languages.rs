//! A third language: a file of texts that no line of code names (`choro-model/src/words/testing/sl.ftl`). It holds some messages only,
//! so that what it lacks can be seen in English.

use super::*;
use choro_carto::drawing::Size;

/// A server that answers in Slovenian where no language is asked for.
fn slovenian() -> (tempfile::TempDir, ReleaseServer) {
    let dir = tempfile::tempdir().unwrap();
    publish(dir.path(), 0.0);
    let options = AnswerOptions { lang: id("sl-SI"), ..options() };
    let server = ReleaseServer::open(ReleasesLocation::Path(dir.path().to_owned()), options).unwrap();
    (dir, server)
}

fn check_parts(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn a_legend_speaks_a_third_language_and_lacks_no_text() {
    let (_dir, server) = slovenian();
    let legend = server.legend(&ask(), None, Options::default(), AcceptedCodings::IDENTITY).await;
    let legend = json(&legend.unwrap());
    let labels: Vec<_> = legend["states"].as_array().unwrap().iter().map(|state| &state["label"]).collect();
    assert_eq!(labels, ["ni podatka", "confidential", "cannot occur"]);
    check_parts(legend["scope_label"].as_str().unwrap(), &["breaks from all periods; not of equal counts: "]);
    check_parts(legend["classes"][2]["label"].as_str().unwrap(), &["od +1,8 do pod +2,5"]);
    check_parts(
        legend["summary"].as_str().unwrap(),
        &["2 območji s podatki. Lowest of them: \u{2212}0,1 (Delta). Highest of them: +3,0 (Alpha)."],
    );
}

#[tokio::test]
async fn a_picture_speaks_a_third_language_and_lacks_no_text() {
    let (_dir, server) = slovenian();
    let query = pairs(&[("indicator", "rate"), ("period", "2014")]);
    let picture = server.picture(None, &query, Size::Page, PictureFormat::Svg, AcceptedCodings::IDENTITY).await;
    let parts =
        ["xml:lang=\"sl-SI\"", ">Vir: Statistics of Nowhere. Licenca: CC0-1.0.<", ">Boundaries of 2014: ", ">ni podatka<"];
    check_parts(&text(&picture.unwrap()), &parts);
}

#[tokio::test]
async fn a_page_speaks_a_third_language_and_lacks_no_text() {
    let (_dir, server) = slovenian();
    let query = pairs(&[("indicator", "rate"), ("period", "2014"), ("no", "such")]);
    let template = "<html lang=\"en\"><!--choro:strange--><!--choro:links--><!--choro:table--><!--choro:table-title-->";
    let ask = PageQuery { page: PageKind::Viewer, template, query: &query, languages: &LanguagePriority::default() };
    let page = server.page(&ask, AcceptedCodings::IDENTITY).await;
    let parts = [
        "<html lang=\"sl-SI\"",
        "Not understood, and shown as usual: no=such",
        ">Indicator</label>",
        ">Obdobje</label>",
        ">Pokaži</button>",
        "<th scope=\"col\">Območje</th>",
        "<td class=\"number\">\u{2212}0,1</td>",
        "<td>ni podatka</td>",
        "<td>confidential</td>",
    ];
    let page = text(&page.unwrap());
    check_parts(&page, &parts);
    assert!(page.ends_with("Tabela"), "{page}");
}
