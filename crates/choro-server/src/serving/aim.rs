//! What was found for a request, on its own feet: what a job holds when the request is gone.

use super::{
    Ask, Release, ServeError,
    ask::{Periods, Target},
    columns::Borders,
};
use choro_bundle::{AreaTable, Vintage, encode::context::Context};
use choro_figures::classify::Options;
use choro_model::{Indicator, Lang, Period, Selection, SetId, VintageId};
use std::sync::Arc;

/// A vintage of a release.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub release: Arc<Release>,
    pub set: SetId,
    pub vintage: VintageId,
}

impl Place {
    /// Where a target lies.
    pub fn of(release: &Arc<Release>, target: &Target<'_>) -> Self {
        Self { release: Arc::clone(release), set: target.set.id.clone(), vintage: target.vintage.id().clone() }
    }

    /// Its areas and tiles.
    pub fn vintage(&self) -> Result<&Vintage, ServeError> {
        super::vintage(self.release.bundle(), &self.set, self.vintage.as_str())
    }

    /// The borders by which its columns are known.
    pub fn borders(&self) -> Borders<'_> {
        Borders { set: &self.set, vintage: &self.vintage }
    }

    pub fn context<'a>(&'a self, areas: &'a AreaTable, lang: &'a Lang, attribution: &'a str) -> Context<'a> {
        Context { release: self.release.id(), set: &self.set, vintage: &self.vintage, areas, lang, attribution }
    }
}

/// A selection in a place.
#[derive(Debug, Clone)]
pub(super) struct Aim {
    pub place: Place,
    /// Whether the request names the borders, so that all periods are shown on them.
    pub fixed: bool,
    pub indicator: Indicator,
    pub selection: Selection,
    /// The earlier period, where differences are shown.
    pub from: Option<Period>,
}

impl Aim {
    /// The one selection of a target.
    pub fn of(release: &Arc<Release>, target: &Target<'_>) -> Result<Self, ServeError> {
        let (indicator, selection) = target.selection().ok_or_else(no_indicator)?;
        Ok(Self {
            place: Place::of(release, target),
            fixed: target.fixed,
            indicator: indicator.clone(),
            selection: selection.clone(),
            from: None,
        })
    }

    /// The same as its differences since a period, which must be on the same borders.
    pub fn since(self, ask: &Ask<'_>, from: Option<Period>) -> Result<Self, ServeError> {
        let Some(from) = from else { return Ok(self) };
        let period = from.to_string();
        let earlier = Target::find(&self.place.release, &Ask { period: Some(&period), ..ask.clone() }, Periods::One)
            .map_err(|error| ServeError::parameter("from", error))?;
        let (before, after) = (earlier.vintage.id(), &self.place.vintage);
        if before != after {
            let what = format!(
                "{from} refers to borders {before} and {} to {after}: compare them on the borders of one by borders=VINTAGE where the \
                 catalogue lists them",
                self.selection.period
            );
            return Err(ServeError::parameter("from", what));
        }
        Ok(Self { from: Some(from), ..self })
    }

    /// The same, where options fit: what does not is refused before anybody pays for anything.
    pub fn in_classes(self, options: &Options) -> Result<Self, ServeError> {
        options.check(self.indicator.diverging || self.from.is_some())?;
        Ok(self)
    }

    /// The borders of a vintage of its set.
    pub fn borders<'a>(&'a self, vintage: &'a VintageId) -> Borders<'a> {
        Borders { set: &self.place.set, vintage }
    }
}

fn no_indicator() -> ServeError {
    ServeError::parameter("indicator", "parameter indicator is missing: a style and a legend show values")
}
