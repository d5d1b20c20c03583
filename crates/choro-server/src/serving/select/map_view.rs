//! What a page, an embed or a picture shows, read from the query of its URL. Everything has a default, and what is not
//! understood is kept to be told: a link with a mistake in it still shows a map.

use super::{
    classing::Classing,
    data_query::Ask,
    map_subject::MapSubject,
    resolved_query::{PeriodLimit, ResolvedQuery},
};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_bundle::{CatalogIndicator, CatalogPeriods, CatalogSet};
use choro_carto::drawing::Form;
use choro_figures::classify::Options;
use choro_model::{
    Kind, Lang, Period,
    grid::{MAX_ZOOM, is_equal_area},
};
use std::sync::Arc;

/// Keys that are the page's own: they say how it is used, not what is drawn.
const OWN: [&str; 6] = ["v", "show", "size", "release", "controls", "mode"];

/// Where a map is centred and how near it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Camera {
    /// Longitude and latitude of the middle.
    pub centre: [f64; 2],
    /// Zoom of a map with tiles of 512 pixels.
    pub zoom: f64,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapView {
    pub set: String,
    pub grid: String,
    pub borders: Option<String>,
    pub indicator: String,
    pub period: Period,
    /// The earlier period of a map of differences.
    pub from: Option<Period>,
    pub dimensions: Vec<(String, String)>,
    pub lang: Lang,
    pub options: Options,
    pub form: Form,
    /// Code of the area that stands out.
    pub area: Option<String>,
    /// Code of the area that the map is fitted to.
    pub fit: Option<String>,
    pub at: Option<Camera>,
    /// The release that the links of a page keep to.
    pub release: Option<String>,
}

/// What of a query was not understood. It is told, and no part of what is drawn: else each made-up parameter would have a page
/// of its own drawn.
pub(crate) type NotUnderstood = Vec<(String, String)>;

/// A query, taken apart.
pub type QueryPairs = [(String, String)];

/// Reads a query piece by piece.
struct PageQueryReader<'q> {
    query: &'q QueryPairs,
    read: Vec<&'q str>,
    strange: NotUnderstood,
}

impl<'q> PageQueryReader<'q> {
    /// What a parameter means; `None` where it is not there or means nothing.
    fn take<T>(&mut self, name: &'q str, means: impl FnOnce(&'q str) -> Option<T>) -> Option<T> {
        self.read.push(name);
        let (_, value) = self.query.iter().find(|(known, _)| known == name)?;
        let meant = means(value);
        if meant.is_none() {
            self.strange.push((name.to_owned(), value.clone()));
        }
        meant
    }

    /// What is left, none of which is known.
    fn rest(mut self) -> NotUnderstood {
        let known = |name: &str| self.read.contains(&name) || OWN.contains(&name);
        let unknown = self.query.iter().filter(|(name, _)| !known(name)).cloned();
        self.strange.extend(unknown);
        self.strange
    }
}

impl MapView {
    /// What a query means in a release, and what of it means nothing; `None`: the release has nothing to show. `lang`: where the
    /// query names none.
    pub fn read(release: &Release, query: &QueryPairs, lang: &Lang) -> Option<(Self, NotUnderstood)> {
        let mut reader = PageQueryReader { query, read: Vec::new(), strange: Vec::new() };
        let lang = reader
            .take("lang", |text| Lang::new(text).ok())
            .map_or_else(|| lang.clone(), |asked| release.lang(Some(&asked), lang));
        let shown = || release.catalog().indicators.iter().filter(|indicator| covered(release, indicator).next().is_some());
        let asked = reader.take("indicator", |id| shown().find(|known| known.indicator.id.as_str() == id));
        let entry = asked.or_else(|| shown().next())?;
        let sets = || covered(release, entry).map(|periods| &periods.id);
        let set = reader.take("set", |id| sets().find(|known| known.as_str() == id)).or_else(|| sets().next())?;
        let set = release.set(set.as_str())?;
        let borders = reader.take("borders", |id| {
            let filled = entry.boundary_sets.iter().filter(|periods| periods.id == set.id && !periods.all().is_empty());
            filled.map(|periods| periods.vintage.as_str()).find(|known| *known == id).map(str::to_owned)
        });
        let periods = periods(entry, set, borders.as_deref());
        let there = |text: &str| text.parse().ok().filter(|period| periods.contains(period));
        let period = reader.take("period", there).or_else(|| periods.last().copied())?;
        let from = reader.take("from", |text| there(text).filter(|from| *from != period));
        let dimensions = entry.indicator.dimensions.iter().filter_map(|dimension| {
            let items = &dimension.code_list.items;
            let code = reader.take(dimension.id.as_str(), |code| items.iter().find(|item| item.code.as_str() == code))?;
            Some((dimension.id.to_string(), code.code.to_string()))
        });
        let dimensions = dimensions.collect();
        let grid = reader
            .take("grid", |id| set.grids.iter().find(|known| known.as_str() == id))
            .or_else(|| usual_grid(release, set))?;
        let usual = if entry.indicator.kind == Kind::Count { Form::Symbols } else { Form::Choropleth };
        let view = Self {
            set: set.id.to_string(),
            grid: grid.to_string(),
            borders,
            indicator: entry.indicator.id.to_string(),
            period,
            from,
            dimensions,
            lang,
            options: options(&mut reader),
            form: reader.take("kind", |text| text.parse().ok()).unwrap_or(usual),
            area: reader.take("area", |code| known_area(release, set, code)),
            fit: reader.take("fit", |code| known_area(release, set, code)),
            at: reader.take("at", at),
            release: None,
        };
        Some((view, reader.rest()))
    }

    /// The same, where everything must be understood.
    pub fn strict(release: &Release, query: &QueryPairs, lang: &Lang) -> Result<Self, ServeError> {
        let (view, strange) = Self::read(release, query, lang)
            .ok_or_else(|| ServeError::NotFound("the release has nothing to show".to_owned()))?;
        match strange.first() {
            None => Ok(view),
            Some((name, value)) => {
                let value: String = value.chars().take(80).collect();
                Err(ServeError::parameter(
                    name,
                    format!("{name}={value:?} is not valid here: see /catalog.json and /openapi.json"),
                ))
            }
        }
    }

    /// The question that the view asks of a release.
    pub fn ask<'a>(&'a self, period: &'a str) -> Ask<'a> {
        Ask {
            release: None,
            set: &self.set,
            grid: &self.grid,
            encoding: None,
            indicator: Some(&self.indicator),
            period: Some(period),
            borders: self.borders.as_deref(),
            lang: None,
            dimensions: self.dimensions.iter().map(|(id, code)| (id.as_str(), code.as_str())).collect(),
        }
    }
}

impl MapView {
    /// The selection that is shown, if it and its classes are there.
    pub fn subject(&self, release: &Arc<Release>) -> Result<MapSubject, ServeError> {
        let period = self.period.to_string();
        let ask = self.ask(&period);
        let resolved = ResolvedQuery::find(release, &ask, PeriodLimit::One)?;
        MapSubject::of(release, &resolved)?.since(&ask, self.from)?.in_classes(&self.options)
    }
}

/// Where an indicator has values on borders that the release has.
fn covered<'r>(release: &'r Release, indicator: &'r CatalogIndicator) -> impl Iterator<Item = &'r CatalogPeriods> {
    indicator.boundary_sets.iter().filter(|entry| !entry.periods.is_empty() && release.set(entry.id.as_str()).is_some())
}

/// The periods of an indicator in a set, in order.
fn periods(indicator: &CatalogIndicator, set: &CatalogSet, borders: Option<&str>) -> Vec<Period> {
    let entries = indicator.boundary_sets.iter().filter(|entry| entry.id == set.id);
    let mut periods: Vec<Period> = match borders {
        None => entries.flat_map(|entry| entry.periods.clone()).collect(),
        Some(borders) => entries.filter(|entry| entry.vintage.as_str() == borders).flat_map(CatalogPeriods::all).collect(),
    };
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// The code of an area that is in any vintage of a set.
fn known_area(release: &Release, set: &CatalogSet, code: &str) -> Option<String> {
    let mut vintages =
        set.vintages.iter().filter_map(|entry| release.bundle().vintage(set.id.as_str(), Some(entry.id.as_str())));
    vintages.any(|vintage| vintage.areas().index(code).is_some()).then(|| code.to_owned())
}

/// A grid of equal areas, since a choropleth compares areas; else the first.
fn usual_grid<'r>(release: &'r Release, set: &'r CatalogSet) -> Option<&'r choro_model::GridId> {
    let equal = |id: &&choro_model::GridId| release.grid(id.as_str()).is_some_and(|grid| is_equal_area(&grid.crs));
    set.grids.iter().find(equal).or_else(|| set.grids.first())
}

/// How values are classified, parameter by parameter.
fn options(reader: &mut PageQueryReader<'_>) -> Options {
    let mut options = Options::default();
    let read = |classing: Classing<'_>| classing.options().ok();
    if let Some(found) = reader.take("method", |text| read(Classing { method: Some(text), ..Classing::default() })) {
        options.method = found.method;
    }
    if let Some(found) = reader.take("classes", |text| read(Classing { classes: Some(text), ..Classing::default() })) {
        options.classes = found.classes;
    }
    if let Some(found) = reader.take("breaks", |text| read(Classing { breaks: Some(text), ..Classing::default() })) {
        options.breaks = found.breaks;
    }
    if let Some(found) = reader.take("scope", |text| read(Classing { scope: Some(text), ..Classing::default() })) {
        options.scope = found.scope;
    }
    if let Some(found) = reader.take("palette", |text| read(Classing { palette: Some(text), ..Classing::default() })) {
        options.palette = found.palette;
    }
    options
}

/// `lon,lat,zoom`.
fn at(text: &str) -> Option<Camera> {
    let numbers: Vec<f64> =
        text.split(',').take(4).map(|part| part.parse().ok().filter(|n: &f64| n.is_finite())).collect::<Option<_>>()?;
    let [lon, lat, zoom] = numbers.try_into().ok()?;
    let there = lon.abs() <= 360.0 && lat.abs() <= 90.0 && (0.0..=f64::from(MAX_ZOOM)).contains(&zoom);
    there.then_some(Camera { centre: [lon, lat], zoom })
}

impl MapView {
    /// A text that tells this view from every other one of its release, made of what the release knows.
    pub fn key(&self) -> String {
        format!("{self:?}")
    }

    /// Whether all of the set is shown.
    pub fn is_whole(&self) -> bool {
        self.at.is_none() && self.fit.is_none()
    }

    /// The same with the usual classes, and without a place where `name` is the parameter that names one.
    pub fn plain(self, name: &str) -> Self {
        let at = if name == "at" { None } else { self.at };
        Self { options: Options::default(), from: None, at, ..self }
    }

    /// The parameters that lead to this view, in one order; what is as usual is left out but for what names the map.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = vec![
            ("v".to_owned(), "1".to_owned()),
            ("set".to_owned(), self.set.clone()),
            ("grid".to_owned(), self.grid.clone()),
            ("indicator".to_owned(), self.indicator.clone()),
            ("period".to_owned(), self.period.to_string()),
        ];
        pairs.extend(self.dimensions.iter().cloned());
        let mut push = |name: &str, value: Option<String>| pairs.extend(value.map(|value| (name.to_owned(), value)));
        let usual = Options::default();
        push("borders", self.borders.clone());
        push("method", (self.options.method != usual.method).then(|| self.options.method.as_str().to_owned()));
        push("classes", (self.options.classes != usual.classes).then(|| self.options.classes.to_string()));
        let breaks = |breaks: &Vec<f64>| breaks.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        push("breaks", self.options.breaks.as_ref().map(breaks));
        push("scope", (self.options.scope != usual.scope).then(|| "period".to_owned()));
        push("palette", self.options.palette.map(|palette| palette.id.to_owned()));
        push("kind", Some(if self.form == Form::Symbols { "symbols" } else { "choropleth" }.to_owned()));
        push("from", self.from.map(|from| from.to_string()));
        push("area", self.area.clone());
        push("fit", self.fit.clone());
        push("at", self.at.map(|at| format!("{},{},{}", at.centre[0], at.centre[1], at.zoom)));
        push("lang", Some(self.lang.to_string()));
        push("release", self.release.clone());
        pairs
    }

    /// The same as a query.
    pub fn query(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }
}

/// The periods that a view can be changed to.
pub(crate) fn periods_of(release: &Release, view: &MapView) -> Vec<Period> {
    match (release.indicator(&view.indicator), release.set(&view.set)) {
        (Some(indicator), Some(set)) => periods(indicator, set, view.borders.as_deref()),
        _ => Vec::new(),
    }
}
