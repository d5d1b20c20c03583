//! The texts beside a map: title, subtitle, sources, values.

use super::scene::Scene;
use choro_bundle::CatalogOutside;
use choro_carto::drawing::Form;
use choro_model::{AreaCode, Indicator, words::words};

/// How many areas a sentence names.
const NAMED: usize = 3;

impl Scene {
    /// The title: the indicator and the period.
    pub fn title(&self) -> String {
        let Indicator { name, id, .. } = &self.figures.indicator;
        let when = || words(&self.view.lang).period_name(self.view.period);
        let when = self.figures.legend.change_label.clone().unwrap_or_else(when);
        format!("{}, {when}", name.pick(&self.view.lang, id.as_str()))
    }

    /// The title as a sentence before other sentences. It may end with a full stop by itself: `2014 г.`
    pub fn titled(&self, sentences: &str) -> String {
        let title = self.title();
        let stop = if title.ends_with('.') { "" } else { "." };
        format!("{title}{stop} {sentences}")
    }

    /// The subtitle: unit, codes that are not totals, and boundary set.
    pub fn subtitle(&self) -> String {
        let lang = &self.view.lang;
        let indicator = &self.figures.indicator;
        let mut parts = vec![indicator.unit.name.pick(lang, &indicator.unit.id).to_owned()];
        for (dimension, code) in indicator.dimensions.iter().zip(&self.figures.selection.codes) {
            if *code != dimension.total {
                let item = dimension.code_list.items.iter().find(|item| item.code == *code);
                let item = item.map_or(code.as_str(), |item| item.name.pick(lang, code.as_str()));
                parts.push(format!("{}: {item}", dimension.name.pick(lang, dimension.id.as_str())));
            }
        }
        parts.extend(
            self.held.release.set(self.held.set.as_str()).map(|set| set.name.pick(lang, set.id.as_str()).to_owned()),
        );
        parts.join("; ")
    }

    /// What must be known before reading the map, a sentence each: that its colours mislead, which areas it does not hold, and whose
    /// figures its values were made of.
    pub fn warnings(&self) -> Vec<String> {
        let is_misleading = self.form() == Form::Choropleth && self.figures.colours_mislead();
        let warning = is_misleading.then(|| words(&self.view.lang).count_warning.clone());
        warning.into_iter().chain(self.outside()).chain(self.figures.legend.notes.iter().cloned()).collect()
    }

    /// The areas that the grid does not hold, or not as a whole.
    fn outside(&self) -> Vec<String> {
        let set = self.held.release.set(self.held.set.as_str());
        let vintage = set.and_then(|set| set.vintages.iter().find(|vintage| vintage.id == self.held.vintage));
        let outside = vintage.and_then(|vintage| vintage.outside.iter().find(|outside| outside.grid == self.view.grid));
        let Some(CatalogOutside { missing, first_missing, cut, first_cut, .. }) = outside else { return Vec::new() };
        let words = words(&self.view.lang);
        let not_held = (*missing > 0).then(|| words.outside_missing(*missing, &self.names(first_missing, *missing)));
        let cut_off = (*cut > 0).then(|| words.outside_cut(*cut, &self.names(first_cut, *cut)));
        not_held.into_iter().chain(cut_off).collect()
    }

    /// The names of the first areas, and how many more there are.
    fn names(&self, first: &[AreaCode], of: usize) -> String {
        let named: Vec<String> = first.iter().take(NAMED).map(|code| self.area_name(code)).collect();
        let (names, more) = (named.join(", "), of - named.len().min(of));
        if more == 0 { names } else { words(&self.view.lang).more_areas(&names, more) }
    }

    fn area_name(&self, code: &AreaCode) -> String {
        let areas = self.held.vintage().ok().map(choro_bundle::Vintage::areas);
        let row = areas.and_then(|areas| areas.rows().get(areas.index(code.as_str())?));
        row.map_or_else(|| code.to_string(), |row| row.names.pick(&self.view.lang, code.as_str()).to_owned())
    }

    /// What the map shows, with all that must be known of it: for those who read no legend.
    pub fn description(&self) -> String {
        let summary = self.figures.legend.summary.clone();
        [summary].into_iter().chain(self.warnings()).collect::<Vec<_>>().join(" ")
    }

    /// The sources: who made the figures and the borders, under which licences, and the release that they are published in.
    pub fn sources(&self) -> Vec<String> {
        let words = words(&self.view.lang);
        let indicator = &self.figures.indicator;
        let set = self.held.release.set(self.held.set.as_str());
        let vintage = set.and_then(|set| set.vintages.iter().find(|vintage| vintage.id == self.held.vintage));
        let mut lines = vec![words.sources_figures(&indicator.source, &indicator.licence)];
        let borders = vintage.map(|vintage| words.sources_borders(vintage.id.as_str(), &vintage.source, &vintage.licence));
        lines.extend(borders);
        let created = self.held.release.catalog().created.get(..10).unwrap_or_default();
        lines.push(words.sources_release(self.held.release.id().as_str(), created));
        lines
    }

    /// A value as the summary prints it, with its sign where that matters, on its side of the breaks.
    pub fn print(&self, value: f64) -> String {
        self.figures.number_form(&self.view.lang).print(value)
    }
}
