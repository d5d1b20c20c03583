//! The pieces of a page: HTML made of a scene. The page's Content-Security-Policy forbids style attributes and scripts in it, so
//! there are none.

use super::{choices::choices, drawn_page::DrawnPage, first_map::first_map, page_kind::PageKind, value_table::value_table};
use crate::serving::select::map_view::NotUnderstood;
use choro_carto::drawing::{self, LegendEntry, Size, escape};
use choro_model::{Lang, words::words};
use std::fmt::Write;

/// The fragment of a name; empty where the page has no such fragment.
pub(super) fn fragment(page: &DrawnPage<'_>, name: &str, kind: PageKind) -> String {
    match name {
        "head" => head(page),
        "title" => escape(&page.scene.title()),
        "unit" => escape(&page.scene.subtitle()),
        "links" if kind == (PageKind::Embed { controls: false }) => String::new(),
        "links" => choices(page, kind.is_viewer()),
        "map" => first_map(page).unwrap_or_default(),
        "legend" => legend(page),
        "scope" => scope(page),
        "table" => value_table(page).unwrap_or_default(),
        "source" => page.scene.sources().iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>"),
        "note" => escape(page.scene.figures.indicator.note.pick(&page.scene.view.lang, "")),
        "open" => format!(
            "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a>",
            escape(&page.links.to("/")),
            escape(&page.words().page_open_map)
        ),
        "table-title" => escape(&page.words().table),
        _ => String::new(),
    }
}

/// What other sites read of a page: its description, its picture, and how to embed it.
fn head(page: &DrawnPage<'_>) -> String {
    let [width, height] = Size::Wide.pixels();
    let (title, summary) = (escape(&page.scene.title()), escape(&page.scene.description()));
    let (address, oembed) = (escape(&page.links.to("/")), escape(&page.links.oembed()));
    let picture = escape(&format!("{}&size=wide", page.links.to("/picture.png")));
    let lang = &page.scene.view.lang;
    format!(
        "<meta name=\"description\" content=\"{summary}\"><meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" \
         content=\"{title}\"><meta property=\"og:description\" content=\"{summary}\"><meta property=\"og:locale\" content=\"{lang}\">\
         <meta property=\"og:url\" content=\"{address}\"><meta property=\"og:image\" content=\"{picture}\"><meta \
         property=\"og:image:width\" content=\"{width}\"><meta property=\"og:image:height\" content=\"{height}\"><meta \
         name=\"twitter:card\" content=\"summary_large_image\"><link rel=\"alternate\" type=\"application/json+oembed\" \
         href=\"{oembed}\" title=\"{title}\">"
    )
}

/// Where the breaks of colours come from, and what must be known before reading the map.
fn scope(page: &DrawnPage<'_>) -> String {
    let mut out = if page.circles().is_none() { escape(&page.scene.figures.legend.scope_label) } else { String::new() };
    for warning in page.scene.warnings() {
        let _ = write!(out, " <strong class=\"warning\">{}</strong>", escape(&warning));
    }
    out
}

fn legend(page: &DrawnPage<'_>) -> String {
    let figures = &page.scene.figures;
    let entries = drawing::entries(&figures.legend, page.circles(), &figures.cells, page.width);
    let item = |LegendEntry { sign, is_circle, label }: &LegendEntry| {
        let class = if *is_circle { " class=\"circle\"" } else { "" };
        format!("<li{class}>{sign}<span>{}</span></li>", escape(label))
    };
    entries.iter().map(item).collect()
}

/// The paragraph about parameters that were not understood; empty where there are none. It lists eight at most, each cut to 80
/// characters.
pub(super) fn strange(strange: &NotUnderstood, lang: &Lang) -> String {
    if strange.is_empty() {
        return String::new();
    }
    let shown = |(name, value): &(String, String)| escape(&format!("{name}={value}").chars().take(80).collect::<String>());
    let list: Vec<String> = strange.iter().take(8).map(shown).collect();
    format!("<p class=\"strange\" role=\"status\">{} {}</p>", escape(&words(lang).page_not_understood), list.join(", "))
}
