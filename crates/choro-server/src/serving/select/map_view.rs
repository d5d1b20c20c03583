//! What a page, an embed or a picture shows, read from the query of its URL. Everything has a default, and what is not
//! understood is kept to be told: a link with a mistake in it still shows a map.

use super::{
    data_query::DataQuery,
    map_subject::MapSubject,
    resolved_query::{PeriodLimit, ResolvedQuery},
};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_carto::drawing::Form;
use choro_figures::classify::Options;
use choro_model::{Lang, Period};
use std::sync::Arc;

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

impl MapView {
    /// The question that the view asks of a release.
    pub fn data_query<'a>(&'a self, period: &'a str) -> DataQuery<'a> {
        DataQuery {
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

    /// The selection that is shown, if it and its classes are there.
    pub fn subject(&self, release: &Arc<Release>) -> Result<MapSubject, ServeError> {
        let period = self.period.to_string();
        let query = self.data_query(&period);
        let resolved = ResolvedQuery::find(release, &query, PeriodLimit::One)?;
        MapSubject::of(release, &resolved)?.since(&query, self.from)?.in_classes(&self.options)
    }

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
