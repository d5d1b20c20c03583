//! Reading a view from the query of a URL. Everything has a default, and a parameter that is not understood is kept to be named: a
//! link with a mistake in it still shows a map.

use super::{
    classing::ClassingQuery,
    map_subject::check_comparable,
    map_view::{MapView, NotUnderstood, QueryPairs},
    not_valid_here::not_valid_here,
    offered::{covered, known_area, known_borders, periods, usual_grid},
    page_parameters::{DRAWN, OWN},
};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_carto::drawing::Form;
use choro_figures::classify::PaletteId;
use choro_model::{Indicator, Kind, Lang, Period};

/// Reads a query one parameter after the other.
struct PageQueryReader<'q> {
    query: &'q QueryPairs,
    /// The dimensions of the indicator.
    dimensions: Vec<&'q str>,
    strange: NotUnderstood,
}

impl<'q> PageQueryReader<'q> {
    /// What a parameter means; `None` where it is missing or means nothing.
    fn take<T>(&mut self, name: &'q str, means: impl FnOnce(&'q str) -> Option<T>) -> Option<T> {
        debug_assert!(DRAWN.contains(&name) || self.dimensions.contains(&name), "a name of the address");
        let (_, value) = self.query.iter().find(|(known, _)| known == name)?;
        let meant = means(value);
        if meant.is_none() {
            self.strange.push((name.to_owned(), value.clone()));
        }
        meant
    }

    /// The parameters that were not understood, together with those that an address does not have.
    fn rest(mut self) -> NotUnderstood {
        let known = |name: &str| DRAWN.contains(&name) || OWN.contains(&name) || self.dimensions.contains(&name);
        let unknown = self.query.iter().filter(|(name, _)| !known(name)).cloned();
        self.strange.extend(unknown);
        self.strange
    }
}

impl MapView {
    /// The view that a query means in a release, and the parameters that mean nothing; `None` where the release has nothing to
    /// show. `lang`: the language where the query names none.
    pub fn read(release: &Release, query: &QueryPairs, lang: &Lang) -> Option<(Self, NotUnderstood)> {
        let mut reader = PageQueryReader { query, dimensions: Vec::new(), strange: Vec::new() };
        let lang = reader
            .take("lang", |text| Lang::new(text).ok())
            .map_or_else(|| lang.clone(), |asked| release.lang(Some(&asked), lang));
        let shown = || release.catalog().indicators.iter().filter(|indicator| covered(release, indicator).next().is_some());
        let asked = reader.take("indicator", |id| shown().find(|known| known.indicator.id.as_str() == id));
        let entry = asked.or_else(|| shown().next())?;
        let sets = || covered(release, entry).map(|periods| &periods.id);
        let set = reader.take("set", |id| sets().find(|known| known.as_str() == id)).or_else(|| sets().next())?;
        let set = release.set(set.as_str())?;
        let borders = reader.take("borders", |id| known_borders(entry, set, id));
        let periods = periods(entry, set, borders.as_ref());
        let there = |text: &str| text.parse().ok().filter(|period| periods.contains(period));
        let period = reader.take("period", there).or_else(|| periods.last().copied())?;
        let from = reader.take("from", |text| there(text).filter(|from| from.kind() == period.kind() && *from < period));
        let dimensions = dimensions(&mut reader, &entry.indicator);
        let grid = reader
            .take("grid", |id| set.grids.iter().find(|known| known.as_str() == id))
            .or_else(|| usual_grid(release, set))?;
        let usual = if entry.indicator.kind == Kind::Count { Form::Symbols } else { Form::Choropleth };
        let view = Self {
            set: set.id.clone(),
            grid: grid.clone(),
            borders,
            indicator: entry.indicator.id.clone(),
            period,
            from,
            dimensions,
            lang,
            classing: classing(&mut reader),
            form: reader.take("kind", Form::parse).unwrap_or(usual),
            area: reader.take("area", |code| known_area(release, set, code)),
            fit: reader.take("fit", |code| known_area(release, set, code)),
            at: reader.take("at", |text| text.parse().ok()),
            release: None,
        };
        Some((view, reader.rest()))
    }

    /// The view that a query means, where every parameter must be understood.
    ///
    /// # Errors
    /// A parameter means nothing, or the release has nothing to show.
    pub fn strict(release: &Release, query: &QueryPairs, lang: &Lang) -> Result<Self, ServeError> {
        let (view, strange) = Self::read(release, query, lang)
            .ok_or_else(|| ServeError::NotFound("the release has nothing to show".to_owned()))?;
        match strange.first() {
            None => Ok(view),
            Some((name, value)) => Err(ServeError::parameter(name, view.why_not(name, value))),
        }
    }
}

impl MapView {
    /// What is wrong with a parameter that means nothing here.
    fn why_not(&self, name: &str, value: &str) -> String {
        let from = value.parse::<Period>().ok().filter(|_| name == "from");
        let why = from.and_then(|from| check_comparable(from, self.period).err());
        why.unwrap_or_else(|| not_valid_here(name, value))
    }
}

/// The dimensions of an indicator that the query names, each with its code.
fn dimensions<'q>(reader: &mut PageQueryReader<'q>, indicator: &'q Indicator) -> Vec<(String, String)> {
    let named = indicator.dimensions.iter().filter_map(|dimension| {
        let items = &dimension.code_list.items;
        reader.dimensions.push(dimension.id.as_str());
        let code = reader.take(dimension.id.as_str(), |code| items.iter().find(|item| item.code.as_str() == code))?;
        Some((dimension.id.to_string(), code.code.to_string()))
    });
    named.collect()
}

/// The classification that the query asks for. Each parameter is read for itself, so that one mistake spoils no other.
fn classing(reader: &mut PageQueryReader<'_>) -> ClassingQuery {
    ClassingQuery {
        method: reader.take("method", |text| text.parse().ok()).unwrap_or_default(),
        classes: reader.take("classes", |text| text.parse().ok()).unwrap_or_default(),
        breaks: reader.take("breaks", |text| text.parse().ok()),
        scope: reader.take("scope", |text| text.parse().ok()).unwrap_or_default(),
        palette: reader.take("palette", |text| text.parse().ok()).map(|PaletteId(palette)| palette),
    }
}
