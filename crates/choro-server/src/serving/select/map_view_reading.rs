//! Reading a view from the query of a URL. Everything has a default, and a parameter that is not understood is kept to be named: a
//! link with a mistake in it still shows a map.

use super::{
    classing::ClassingQuery,
    comparison::ComparedMap,
    language::named,
    map_view::{MapView, NotUnderstood, QueryPairs},
    not_valid_here::not_valid_here,
    offered::{covered, entry_of, known_area, known_borders, periods, usual_grid},
    page_parameters::{DRAWN, OWN},
};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_bundle::CatalogPeriods;
use choro_carto::drawing::Form;
use choro_figures::classify::PaletteId;
use choro_model::{Indicator, Kind, Lang, Period, Selection, nearest};
use std::sync::Arc;

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
            .map_or_else(|| lang.clone(), |asked| named(release, &asked, lang));
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
        let given = dimensions(&mut reader, &entry.indicator);
        let shown = with_values(release, &entry.indicator, entry_of(entry, set, borders.as_ref(), period)?, period, &given)?;
        let dimensions = codes_shown(&mut reader, &entry.indicator, &shown, &given);
        let map = ComparedMap { release, indicator: entry, set, borders: borders.as_ref() };
        let from = reader.take("from", |text| there(text).filter(|from| map.can_compare(*from, &shown)));
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
    pub fn strict(release: &Arc<Release>, query: &QueryPairs, lang: &Lang) -> Result<Self, ServeError> {
        let (view, strange) = Self::read(release, query, lang)
            .ok_or_else(|| ServeError::NotFound("the release has nothing to show".to_owned()))?;
        let Some((name, value)) = strange.first() else { return Ok(view) };
        let dimensions = release.indicator(view.indicator.as_str()).map(|entry| &entry.indicator.dimensions);
        let is_dimension = dimensions.is_some_and(|known| known.iter().any(|dimension| dimension.id.as_str() == name));
        let hint = if is_dimension { String::new() } else { hint(name) };
        Err(ServeError::parameter(name, view.why_not(release, name, value) + &hint))
    }

    /// What is wrong with a parameter that means nothing here.
    fn why_not(&self, release: &Arc<Release>, name: &str, value: &str) -> String {
        let from = value.parse::<Period>().ok().filter(|_| name == "from");
        let why = from.and_then(|from| Self { from: Some(from), ..self.clone() }.subject(release).err());
        let why = why.filter(|why| matches!(why, ServeError::Parameter { name, .. } if name == "from"));
        why.map_or_else(|| not_valid_here(name, value), |why| why.to_string())
    }
}

/// The end of a message about a name that no parameter has: the nearest that one has; empty where none is near, or the name is known.
fn hint(name: &str) -> String {
    let known = || DRAWN.into_iter().chain(OWN);
    let near = nearest(name, known()).filter(|near| *near != name);
    near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default()
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

/// The selection that codes mean, changed to the nearest combination that has values. `None`: a code is none of the indicator.
fn with_values(
    release: &Release,
    indicator: &Indicator,
    there: &CatalogPeriods,
    period: Period,
    given: &[(String, String)],
) -> Option<Selection> {
    let pairs: Vec<(&str, &str)> = given.iter().map(|(id, code)| (id.as_str(), code.as_str())).collect();
    let asked = release.bundle().selection(indicator, there, period, &pairs).ok()?;
    Some(release.bundle().nearest(there, asked))
}

/// The codes that are shown, each with its dimension. Codes that the query names and that are not kept are not understood; totals that it
/// does not name are left out.
fn codes_shown(
    reader: &mut PageQueryReader<'_>,
    indicator: &Indicator,
    shown: &Selection,
    given: &[(String, String)],
) -> Vec<(String, String)> {
    let named = |id: &str| given.iter().find(|(known, _)| known == id);
    let mut codes = Vec::new();
    for (dimension, code) in indicator.dimensions.iter().zip(&shown.codes) {
        let named = named(dimension.id.as_str());
        if named.is_some() || *code != dimension.total {
            codes.push((dimension.id.to_string(), code.to_string()));
        }
        reader.strange.extend(named.filter(|(_, asked)| asked != code.as_str()).cloned());
    }
    codes
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
