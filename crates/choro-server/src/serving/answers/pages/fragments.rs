//! The pieces of a page: HTML made of a scene. No style attributes and no scripts, which the page's policy refuses.

use super::{links::PageLinks, page_kind::Page};
use crate::serving::{
    answers::scene::{Ground, Scene},
    select::map_view::{NotUnderstood, periods_of},
};
use choro_bundle::CatalogIndicator;
use choro_carto::drawing::{self, Frame, MOST_ON_PAGE, MapDrawing, Size, escape};
use choro_model::{
    Cell, Lang, Names,
    words::{Words, words},
};
use std::fmt::Write;

/// More areas than these carry no text of their own on the map: it would be most of the page.
const TITLED: usize = 400;

/// What fragments are made of.
pub(super) struct PageFragments<'a> {
    pub scene: &'a Scene,
    pub links: &'a PageLinks,
    /// Size of the map at most, in pixels.
    pub width: f64,
    pub height: f64,
}

impl PageFragments<'_> {
    /// The fragment of a name; empty where the page has no such.
    pub fn of(&self, name: &str, page: Page) -> String {
        match name {
            "head" => self.head(),
            "title" => escape(&self.scene.title()),
            "unit" => escape(&self.scene.subtitle()),
            "links" if page == (Page::Embed { controls: false }) => String::new(),
            "links" => self.choices(page.is_viewer()),
            "map" => self.map().unwrap_or_default(),
            "legend" => self.legend(),
            "scope" => escape(self.scene.figures.legend.scope_label),
            "table" => self.table().unwrap_or_default(),
            "source" => self.scene.sources().iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>"),
            "note" => escape(self.scene.figures.indicator.note.pick(&self.scene.view.lang, "")),
            "open" => format!(
                "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a>",
                escape(&self.links.to("/")),
                self.words().open_map
            ),
            "table-title" => self.words().table.to_owned(),
            _ => String::new(),
        }
    }

    fn words(&self) -> &'static Words {
        words(&self.scene.view.lang)
    }

    /// What other sites read: description, picture, and how to embed the page.
    fn head(&self) -> String {
        let [width, height] = Size::Wide.pixels();
        let (title, summary) = (escape(&self.scene.title()), escape(&self.scene.figures.legend.summary));
        let (page, oembed) = (escape(&self.links.to("/")), escape(&self.links.oembed()));
        let picture = escape(&format!("{}&size=wide", self.links.to("/picture.png")));
        let lang = &self.scene.view.lang;
        format!(
            "<meta name=\"description\" content=\"{summary}\"><meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" \
             content=\"{title}\"><meta property=\"og:description\" content=\"{summary}\"><meta property=\"og:locale\" content=\"{lang}\">\
             <meta property=\"og:url\" content=\"{page}\"><meta property=\"og:image\" content=\"{picture}\"><meta \
             property=\"og:image:width\" content=\"{width}\"><meta property=\"og:image:height\" content=\"{height}\"><meta \
             name=\"twitter:card\" content=\"summary_large_image\"><link rel=\"alternate\" type=\"application/json+oembed\" \
             href=\"{oembed}\" title=\"{title}\">"
        )
    }

    fn map(&self) -> Option<String> {
        let Scene { view, figures, ground, held } = self.scene;
        let vintage = held.vintage().ok()?;
        let ground = ground.as_ref()?;
        let Ground { grid, outline } = ground;
        let frame = match view.is_whole() {
            true => Frame::across(outline, self.width, self.height),
            false => ground.frame(view, vintage, self.width, self.width * 0.6).ok()?,
        };
        let titles = if vintage.areas().rows().len() <= TITLED { self.titles() } else { Vec::new() };
        let drawing = MapDrawing {
            outline,
            frame,
            grid,
            areas: vintage.areas(),
            cells: &figures.cells,
            classes: &figures.classes,
            symbols: figures.legend.symbols.as_ref(),
            form: self.scene.form(),
            selected: view.area.as_deref().and_then(|code| vintage.areas().index(code)),
            titles: &titles,
            labels: None,
        };
        let [a, b, c] = frame.transform(grid);
        let (width, height) = (frame.width, frame.height);
        let label = escape(&format!("{}. {}", self.scene.title(), figures.legend.summary));
        Some(format!(
            "<svg class=\"first-map\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-label=\"{label}\" data-grid=\"{}\" data-transform=\"{a},{b},{c}\">{}</svg>",
            escape(grid.id().as_str()),
            drawing.svg()
        ))
    }

    /// What is said of each area: its name and its value, or why there is none.
    fn titles(&self) -> Vec<String> {
        let Ok(vintage) = self.scene.held.vintage() else { return Vec::new() };
        let rows = vintage.areas().rows().iter().zip(&self.scene.figures.cells);
        rows.map(|(row, cell)| {
            format!("{}: {}", row.names.pick(&self.scene.view.lang, row.code.as_str()), self.print(*cell))
        })
        .collect()
    }

    fn print(&self, cell: Cell) -> String {
        match cell {
            Cell::Value(value) => self.scene.print(value),
            Cell::State(state) => self.words().state(state).to_owned(),
        }
    }

    fn legend(&self) -> String {
        let figures = &self.scene.figures;
        let entries = drawing::entries(&figures.legend, self.scene.form(), &figures.cells, self.width);
        entries.iter().map(|(sign, label)| format!("<li>{sign}<span>{}</span></li>", escape(label))).collect()
    }

    fn table(&self) -> Option<String> {
        let words = self.words();
        let Scene { view, figures, held, .. } = self.scene;
        let vintage = held.vintage().ok()?;
        if vintage.areas().rows().len() > MOST_ON_PAGE {
            return Some(format!("<p>{}</p>", words.too_many));
        }
        let unit = figures.indicator.unit.name.pick(&view.lang, &figures.indicator.unit.id);
        let mut out = format!(
            "<table><caption>{}. {}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}, {}</th><th \
             scope=\"col\">{}</th></tr></thead><tbody>",
            escape(&self.scene.title()),
            escape(&figures.legend.summary),
            words.code,
            words.area,
            words.value,
            escape(unit),
            words.note
        );
        let rows = vintage.areas().rows().iter().zip(&figures.cells);
        for (index, (row, cell)) in rows.enumerate() {
            let (code, name) = (escape(row.code.as_str()), escape(row.names.pick(&view.lang, row.code.as_str())));
            let value = cell.number().map(|value| self.scene.print(value)).unwrap_or_default();
            let state = match cell {
                Cell::State(state) => words.state(*state),
                Cell::Value(_) => figures.column.status(index).map_or("", |status| words.status(status)),
            };
            let _ = write!(
                out,
                "<tr data-code=\"{code}\"><td>{code}</td><th scope=\"row\">{name}</th><td class=\"number\">{value}</td><td>{state}</td></tr>"
            );
        }
        out.push_str("</tbody></table>");
        Some(out)
    }

    /// A form that needs no script. `all`: every choice, else only the period.
    fn choices(&self, all: bool) -> String {
        let words = self.words();
        let Scene { view, held, .. } = self.scene;
        let catalog = held.release.catalog();
        let Some(entry) = held.release.indicator(&view.indicator) else { return String::new() };
        let mut out = String::new();
        let mut chosen = vec!["period"];
        if all {
            let indicators =
                catalog.indicators.iter().filter(|known| known.boundary_sets.iter().any(|s| !s.periods.is_empty()));
            let name = |known: &CatalogIndicator| (known.indicator.id.to_string(), known.indicator.name.clone());
            self.select(&mut out, "indicator", words.indicator, indicators.map(name), &view.indicator);
            let sets = catalog
                .boundary_sets
                .iter()
                .filter(|set| entry.boundary_sets.iter().any(|s| s.id == set.id && !s.periods.is_empty()));
            self.select(&mut out, "set", words.set, sets.map(|set| (set.id.to_string(), set.name.clone())), &view.set);
            chosen.extend(["indicator", "set"]);
        }
        let plain = |text: String| (text, Names::default());
        let periods = periods_of(&held.release, view).into_iter().map(|period| plain(period.to_string()));
        self.select(&mut out, "period", words.period, periods, &view.period.to_string());
        for dimension in entry.indicator.dimensions.iter().filter(|_| all) {
            let code = view
                .dimensions
                .iter()
                .find(|(id, _)| *id == dimension.id.as_str())
                .map_or(dimension.total.as_str(), |(_, code)| code);
            let items = dimension.code_list.items.iter().map(|item| (item.code.to_string(), item.name.clone()));
            self.select(
                &mut out,
                dimension.id.as_str(),
                dimension.name.pick(&view.lang, dimension.id.as_str()),
                items,
                code,
            );
            chosen.push(dimension.id.as_str());
        }
        for (name, value) in view.pairs().iter().filter(|(name, _)| !chosen.contains(&name.as_str())) {
            let _ = write!(out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value));
        }
        let _ = write!(out, "<button type=\"submit\">{}</button>", words.show);
        out
    }

    fn select(&self, out: &mut String, name: &str, label: &str, items: impl Iterator<Item = (String, Names)>, chosen: &str) {
        let (name, label) = (escape(name), escape(label));
        let _ =
            write!(out, "<div class=\"field\"><label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\">");
        for (value, names) in items {
            let selected = if value == chosen { " selected" } else { "" };
            let text = escape(names.pick(&self.scene.view.lang, &value));
            let _ = write!(out, "<option value=\"{}\"{selected}>{text}</option>", escape(&value));
        }
        out.push_str("</select></div>");
    }
}

/// What was not understood; empty where all was.
pub(super) fn strange(strange: &NotUnderstood, lang: &Lang) -> String {
    if strange.is_empty() {
        return String::new();
    }
    let shown = |(name, value): &(String, String)| escape(&format!("{name}={value}").chars().take(80).collect::<String>());
    let list: Vec<String> = strange.iter().take(8).map(shown).collect();
    format!("<p class=\"strange\" role=\"status\">{} {}</p>", words(lang).not_understood, list.join(", "))
}
