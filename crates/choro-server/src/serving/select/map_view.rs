//! What a page, an embed or a picture shows: the parameters of its URL, with defaults for all that are left out.

use super::{
    data_query::DataQuery,
    map_subject::MapSubject,
    resolved_query::{PeriodLimit, ResolvedQuery},
};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_carto::drawing::Form;
use choro_figures::classify::Options;
use choro_model::{GridId, IndicatorId, Lang, Period, SetId, VintageId};
use std::sync::Arc;

/// The centre of a map and its zoom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Camera {
    /// Longitude and latitude of the centre, in degrees.
    pub centre: [f64; 2],
    /// The zoom of a map with tiles of 512 pixels.
    pub zoom: f64,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapView {
    pub set: SetId,
    pub grid: GridId,
    pub borders: Option<VintageId>,
    pub indicator: IndicatorId,
    pub period: Period,
    /// The earlier period, where the map shows differences.
    pub from: Option<Period>,
    pub dimensions: Vec<(String, String)>,
    pub lang: Lang,
    pub options: Options,
    pub form: Form,
    /// The code of the area that stands out.
    pub area: Option<String>,
    /// The code of the area that the map is fitted to.
    pub fit: Option<String>,
    pub at: Option<Camera>,
    /// The release that the links of a page name; `None`: they lead to the current one.
    pub release: Option<String>,
}

/// The parameters of a query that were not understood. The page names them, but they are no part of the view: otherwise a page
/// would be drawn for each made-up parameter.
pub(crate) type NotUnderstood = Vec<(String, String)>;

/// The names and values of a query, decoded.
pub type QueryPairs = [(String, String)];

impl MapView {
    /// The query for the data that the view shows.
    pub fn data_query(&self) -> DataQuery {
        DataQuery {
            grid: Some(self.grid.clone()),
            indicator: Some(self.indicator.clone()),
            periods: vec![self.period],
            borders: self.borders.clone(),
            dimensions: self.dimensions.clone(),
            ..DataQuery::of(self.set.clone())
        }
    }

    /// The subject of the view.
    ///
    /// # Errors
    /// The release has no such selection, or the classes do not fit it.
    pub fn subject(&self, release: &Arc<Release>) -> Result<MapSubject, ServeError> {
        let query = self.data_query();
        let resolved = ResolvedQuery::find(release, &query, PeriodLimit::One)?;
        MapSubject::of(release, &resolved)?.since(&query, self.from)?.in_classes(&self.options)
    }

    /// A text that differs for all different views of a release. It is made of what the release knows, not of a request's own
    /// texts.
    pub fn key(&self) -> String {
        format!("{self:?}")
    }

    /// Whether all of the set is shown.
    pub fn is_whole(&self) -> bool {
        self.at.is_none() && self.fit.is_none()
    }

    /// The view with the usual classes and without differences. Where `name` is the parameter `at`, also without a camera.
    pub fn plain(self, name: &str) -> Self {
        let at = if name == "at" { None } else { self.at };
        Self { options: Options::default(), from: None, at, ..self }
    }

    /// The parameters that lead to this view, always in the same order. What is as usual is left out, except what names the map.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = vec![
            ("v".to_owned(), "1".to_owned()),
            ("set".to_owned(), self.set.to_string()),
            ("grid".to_owned(), self.grid.to_string()),
            ("indicator".to_owned(), self.indicator.to_string()),
            ("period".to_owned(), self.period.to_string()),
        ];
        pairs.extend(self.dimensions.iter().cloned());
        let mut push = |name: &str, value: Option<String>| pairs.extend(value.map(|value| (name.to_owned(), value)));
        let usual = Options::default();
        push("borders", self.borders.as_ref().map(ToString::to_string));
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

    /// The parameters as a query string.
    pub fn query(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }
}
