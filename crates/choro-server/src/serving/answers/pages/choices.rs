//! The form with the choices of a page. It works without a script.

use super::drawn_page::DrawnPage;
use crate::serving::{
    answers::scene::Scene,
    select::offered::{combinations_of, periods_of},
};
use choro_bundle::CatalogIndicator;
use choro_carto::drawing::escape;
use choro_model::{Names, Period};
use std::fmt::Write;

/// The form. `all`: with every choice; otherwise only the period can be chosen, and the rest is kept in hidden fields.
pub(super) fn choices(page: &DrawnPage<'_>, all: bool) -> String {
    let words = page.words();
    let Scene { view, held, .. } = page.scene;
    let catalog = held.release.catalog();
    let Some(entry) = held.release.indicator(view.indicator.as_str()) else { return String::new() };
    let mut out = String::new();
    let mut chosen = vec!["period"];
    if all {
        let indicators = catalog.indicators.iter().filter(|known| known.boundary_sets.iter().any(|s| !s.periods.is_empty()));
        let name = |known: &CatalogIndicator| Choice::of(known.indicator.id.to_string(), known.indicator.name.clone());
        select(page, &mut out, "indicator", &words.page_indicator, indicators.map(name), view.indicator.as_str());
        let sets = catalog
            .boundary_sets
            .iter()
            .filter(|set| entry.boundary_sets.iter().any(|s| s.id == set.id && !s.periods.is_empty()));
        select(
            page,
            &mut out,
            "set",
            &words.page_boundaries,
            sets.map(|set| Choice::of(set.id.to_string(), set.name.clone())),
            view.set.as_str(),
        );
        chosen.extend(["indicator", "set"]);
    }
    let there = combinations_of(&held.release, entry, &view.set, view.borders.as_ref(), view.period);
    let named =
        |period: Period| Choice::of(period.to_string(), Names([(view.lang.clone(), words.period_name(period))].into()));
    let periods = periods_of(&held.release, &view.indicator, &view.set, view.borders.as_ref()).into_iter().map(named);
    select(page, &mut out, "period", &words.period, periods, &view.period.to_string());
    for (at, dimension) in entry.indicator.dimensions.iter().enumerate().filter(|_| all) {
        let code = view
            .dimensions
            .iter()
            .find(|(id, _)| *id == dimension.id.as_str())
            .map_or(dimension.total.as_str(), |(_, code)| code);
        let items = dimension.code_list.items.iter().map(|item| Choice {
            value: item.code.to_string(),
            names: item.name.clone(),
            refused: there.is_some_and(|there| !there.has_code(at, &item.code)).then_some(words.no_values.as_str()),
        });
        select(page, &mut out, dimension.id.as_str(), dimension.name.pick(&view.lang, dimension.id.as_str()), items, code);
        chosen.push(dimension.id.as_str());
    }
    for (name, value) in view.pairs().iter().filter(|(name, _)| !chosen.contains(&name.as_str())) {
        let _ = write!(out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value));
    }
    let _ = write!(out, "<button type=\"submit\">{}</button>", escape(&words.page_show));
    out
}

/// What can be chosen in a field, or is shown there with the reason why it cannot.
struct Choice<'w> {
    value: String,
    names: Names,
    refused: Option<&'w str>,
}

impl Choice<'_> {
    fn of(value: String, names: Names) -> Self {
        Self { value, names, refused: None }
    }
}

fn select<'w>(
    page: &DrawnPage<'_>,
    out: &mut String,
    name: &str,
    label: &str,
    items: impl Iterator<Item = Choice<'w>>,
    chosen: &str,
) {
    let (name, label) = (escape(name), escape(label));
    let _ = write!(out, "<div class=\"field\"><label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\">");
    for Choice { value, names, refused } in items {
        let selected = if value == chosen { " selected" } else { "" };
        let disabled = if refused.is_some() { " disabled" } else { "" };
        let text = names.pick(&page.scene.view.lang, &value);
        let text = refused.map_or_else(|| text.to_owned(), |why| format!("{text} ({why})"));
        let _ = write!(out, "<option value=\"{}\"{selected}{disabled}>{}</option>", escape(&value), escape(&text));
    }
    out.push_str("</select></div>");
}
