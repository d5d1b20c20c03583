//! What a page, an embed or a picture shows: the parameters of its URL, with defaults for all that are left out.

use super::{
    camera::Camera,
    classing::ClassingQuery,
    data_query::DataQuery,
    map_subject::MapSubject,
    page_parameters::VERSION,
    resolved_query::{PeriodLimit, ResolvedQuery},
};
use crate::serving::{error::ServeError, release::open_release::Release};
use choro_carto::drawing::Form;
use choro_model::{GridId, IndicatorId, Lang, Period, SetId, VintageId};
use std::sync::Arc;

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
    pub classing: ClassingQuery,
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
        MapSubject::of(release, &resolved)?.since(&query, self.from)?.in_classes(&self.classing.options()?)
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
        Self { classing: ClassingQuery::default(), from: None, at, ..self }
    }

    /// The parameters that lead to this view, always in the same order. What is as usual is left out, except what names the map.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = vec![
            ("v".to_owned(), VERSION.to_owned()),
            ("set".to_owned(), self.set.to_string()),
            ("grid".to_owned(), self.grid.to_string()),
            ("indicator".to_owned(), self.indicator.to_string()),
            ("period".to_owned(), self.period.to_string()),
        ];
        pairs.extend(self.dimensions.iter().cloned());
        let mut push = |name: &str, value: Option<String>| pairs.extend(value.map(|value| (name.to_owned(), value)));
        let (classing, usual) = (&self.classing, ClassingQuery::default());
        push("borders", self.borders.as_ref().map(ToString::to_string));
        push("method", (classing.method != usual.method).then(|| classing.method.as_str().to_owned()));
        push("classes", (classing.classes != usual.classes).then(|| classing.classes.to_string()));
        push("breaks", classing.breaks.as_ref().map(ToString::to_string));
        push("scope", (classing.scope != usual.scope).then(|| classing.scope.as_str().to_owned()));
        push("palette", classing.palette.map(|palette| palette.id.to_owned()));
        push("kind", Some(self.form.as_str().to_owned()));
        push("from", self.from.map(|from| from.to_string()));
        push("area", self.area.clone());
        push("fit", self.fit.clone());
        push("at", self.at.map(|at| at.to_string()));
        push("lang", Some(self.lang.to_string()));
        push("release", self.release.clone());
        pairs
    }

    /// The parameters as a query string.
    pub fn query(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }
}
