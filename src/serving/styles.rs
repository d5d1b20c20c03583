//! Styles and legends: both out of one classification, so that a colour on the map is always that of a legend entry.

use super::{
    Accepted, Answer, Ask, Release, ServeError, Server,
    ask::{Periods, Target, lang},
    columns::Borders,
    maps::{answer, json},
    scene::Manner,
    texts,
    tiles::skeleton,
};
use crate::{
    classify::{Classification, ClassifyError, Options, Palette, Scope, classify},
    model::{Cell, Indicator, Period, Selection, VintageId},
    style::{self, CHOROPLETH, StyleInput},
};
use std::{collections::HashSet, sync::Arc};

/// The templates by the name of their style.
const STYLES: [(&str, &str); 1] = [("choropleth", CHOROPLETH)];
/// How many values breaks are found from at most.
const MAX_VALUES: usize = 4_000_000;

/// How values are put into classes, as texts; what is left out takes its default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Classing<'a> {
    /// `quantile`, `equal`, `ckmeans` or `manual`.
    pub method: Option<&'a str>,
    /// How many classes.
    pub classes: Option<&'a str>,
    /// Inner breaks of method manual, separated by commas.
    pub breaks: Option<&'a str>,
    /// `all` or `period`.
    pub scope: Option<&'a str>,
    /// The palette.
    pub palette: Option<&'a str>,
}

impl Classing<'_> {
    pub(super) fn options(&self) -> Result<Options, ServeError> {
        let mut options = Options::default();
        if let Some(method) = self.method {
            options.method = method.parse().map_err(|error| refused("method", error))?;
        }
        if let Some(classes) = self.classes {
            let what = || ServeError::parameter("classes", "classes is not valid: expected a whole number from 3 to 9");
            let plain = classes.len() == 1 && classes.bytes().all(|b| b.is_ascii_digit());
            options.classes = if plain { classes.parse().map_err(|_| what())? } else { return Err(what()) };
        }
        if let Some(scope) = self.scope {
            options.scope = scope.parse().map_err(|error| refused("scope", error))?;
        }
        if let Some(palette) = self.palette {
            options.palette = Some(Palette::find(palette).map_err(|error| refused("palette", error))?);
        }
        options.breaks = self.breaks.map(breaks).transpose()?;
        Ok(options)
    }
}

/// Ascending numbers, separated by commas; how many and in which order is for `classify` to judge.
fn breaks(text: &str) -> Result<Vec<f64>, ServeError> {
    let what =
        || ServeError::parameter("breaks", "breaks are not valid: expected 1 to 8 ascending numbers, e.g. breaks=10,20,50");
    let number = |part: &str| {
        let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'e' | b'E'));
        if plain { part.parse().map_err(|_| what()) } else { Err(what()) }
    };
    text.split(',').take(64).map(number).collect()
}

/// A refusal of the classification, under the parameter that mends it.
fn refused(parameter: &str, error: ClassifyError) -> ServeError {
    ServeError::parameter(parameter, error)
}

/// The parameter that a refusal is about.
fn parameter_of(error: &ClassifyError) -> &'static str {
    match error {
        ClassifyError::ClassCount(_) => "classes",
        ClassifyError::UnknownMethod { .. } => "method",
        ClassifyError::UnknownScope { .. } => "scope",
        ClassifyError::UnknownPalette { .. } | ClassifyError::PaletteKind { .. } => "palette",
        _ => "breaks",
    }
}

impl Server {
    /// The MapLibre style of a selection; its tile URL is pinned to the release.
    pub async fn style(
        &self,
        ask: &Ask<'_>,
        classing: &Classing<'_>,
        name: &str,
        accepted: Accepted,
    ) -> Result<Answer, ServeError> {
        let template = STYLES.iter().find(|(id, _)| *id == name).map(|(_, template)| *template);
        let template = template.ok_or_else(|| ServeError::unknown("style", name, STYLES.iter().map(|(id, _)| *id)))?;
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let skeleton = skeleton(&release, &target, ask)?;
        let options = classing.options()?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let tiles = self.tiles_url(&release, &target, ask.grid, skeleton.encoding());
        let key = texts::name(&["style", name, &tiles, &key_of(&options), lang.as_str()]);
        let prepare = async {
            let (indicator, selection) = target.selection().ok_or_else(no_indicator)?;
            let classification = self.classification(&release, &target, &options).await?;
            let grid =
                release.grid(ask.grid).ok_or_else(|| ServeError::Internal(format!("grid {} has no entry", ask.grid)))?;
            let input = StyleInput {
                tiles: &tiles,
                encoding: skeleton.encoding(),
                set: &target.set.id,
                grid: &grid.id,
                mercator: grid.id.as_str() == "WebMercatorQuad",
                indicator,
                period: selection.period,
                classification: &classification,
                attribution: &texts::attribution(&target),
                lang: &lang,
                bounds: target.set.bounds,
                minzoom: skeleton.min_zoom(),
                maxzoom: skeleton.max_zoom(),
                release: release.id(),
            };
            let style = style::maplibre(template, &input).map_err(|error| ServeError::Internal(error.to_string()))?;
            Ok(move || json(&style))
        };
        let document = self.documents.get(release.id(), key, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// The legend of a selection, out of the same classification as its style; of its differences since period `from`, where that
    /// is given.
    pub async fn legend(
        &self,
        ask: &Ask<'_>,
        from: Option<&str>,
        classing: &Classing<'_>,
        accepted: Accepted,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let options = classing.options()?;
        let from: Option<Period> = from
            .map(str::parse)
            .transpose()
            .map_err(|error: crate::model::PeriodError| ServeError::parameter("from", error))?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let query = texts::query(&target, release.id());
        let key = texts::name(&[
            "legend",
            target.set.id.as_str(),
            target.vintage.id().as_str(),
            &query,
            &from.map(|from| from.to_string()).unwrap_or_default(),
            &key_of(&options),
            lang.as_str(),
        ]);
        let prepare = async {
            let legend =
                self.figures(&release, &target, ask, &Manner { from, options: &options, lang: &lang }).await?.legend;
            Ok(move || json(&legend))
        };
        let document = self.documents.get(release.id(), key, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// The classes of a selection: of all its periods, or of its own period alone.
    async fn classification(
        &self,
        release: &Arc<Release>,
        target: &Target<'_>,
        options: &Options,
    ) -> Result<Classification, ServeError> {
        let (indicator, _) = target.selection().ok_or_else(no_indicator)?;
        classified(self.values_of_all(release, target, options).await?, indicator, options.clone()).await
    }

    /// The values that the breaks of a selection come from.
    pub(super) async fn values_of_all(
        &self,
        release: &Arc<Release>,
        target: &Target<'_>,
        options: &Options,
    ) -> Result<Vec<f64>, ServeError> {
        let (indicator, selection) = target.selection().ok_or_else(no_indicator)?;
        let mut values = Vec::new();
        for (period, vintage) in periods(release, target, indicator, selection, options) {
            let selection = Selection { period, ..selection.clone() };
            let borders = Borders { set: &target.set.id, vintage };
            let column = match self.columns.get(release, borders, &selection).await {
                Err(ServeError::NotFound(_)) => continue,
                column => column?,
            };
            values.extend(column.cells().filter_map(Cell::number));
            if values.len() > MAX_VALUES {
                let what =
                    format!("there are more than {MAX_VALUES} values in all periods: classify one period by scope=period");
                return Err(ServeError::parameter("scope", what));
            }
        }
        Ok(values)
    }
}

/// Classifies off the request threads: `ckmeans` on many values takes a while.
pub(super) async fn classified(
    values: Vec<f64>,
    indicator: &Indicator,
    options: Options,
) -> Result<Classification, ServeError> {
    let indicator = indicator.clone();
    let classified = tokio::task::spawn_blocking(move || classify(&values, &indicator, &options)).await?;
    classified.map_err(|error| match error {
        ClassifyError::NotFinite { .. } => ServeError::Internal(error.to_string()),
        error => refused(parameter_of(&error), error),
    })
}

/// The periods whose values the breaks come from, each on the borders that it is shown on: on those asked for, else on its own.
fn periods<'r>(
    release: &'r Release,
    target: &Target<'r>,
    indicator: &Indicator,
    selection: &Selection,
    options: &Options,
) -> Vec<(Period, &'r VintageId)> {
    if options.scope == Scope::Period {
        return vec![(selection.period, target.vintage.id())];
    }
    let entries = release.indicator(indicator.id.as_str()).map(|entry| entry.boundary_sets.as_slice()).unwrap_or_default();
    let here = entries.iter().filter(|entry| entry.id == target.set.id);
    let shown = here.filter(|entry| !target.fixed || entry.vintage == *target.vintage.id());
    let mut seen = HashSet::new();
    shown
        .flat_map(|entry| {
            let periods = if target.fixed { entry.all() } else { entry.periods.clone() };
            periods.into_iter().map(|period| (period, &entry.vintage))
        })
        .filter(|(period, _)| seen.insert(*period))
        .collect()
}

pub(super) fn no_indicator() -> ServeError {
    ServeError::parameter("indicator", "parameter indicator is missing: a style and a legend show values")
}

pub(super) fn key_of(options: &Options) -> String {
    format!("{options:?}")
}
