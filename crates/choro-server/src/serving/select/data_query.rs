//! What a request asks for, before it is looked up in a release.

use super::period_range::PeriodRange;
use choro_model::{Encoding, GridId, IndicatorId, Lang, Period, ReleaseId, SetId, VintageId};

/// What a request asks for. Whatever the release does not know is named in the error.
#[derive(Debug, Clone)]
pub struct DataQuery {
    /// The release; `None`: the current one.
    pub release: Option<ReleaseId>,
    /// The boundary set.
    pub set: SetId,
    /// The grid; only used where the answer has tiles.
    pub grid: Option<GridId>,
    /// The encoding of tiles.
    pub encoding: Encoding,
    /// The indicator; `None`: only geometry.
    pub indicator: Option<IndicatorId>,
    /// The periods, each once; none, and no range either: only geometry.
    pub periods: Vec<Period>,
    /// Ranges of periods. What they hold comes after the periods.
    pub ranges: Vec<PeriodRange>,
    /// The vintage; `None`: the one that the values refer to, or the newest where there are no values.
    pub borders: Option<VintageId>,
    /// The language of texts; `None`: the server's.
    pub lang: Option<Lang>,
    /// Dimensions and their codes. A dimension that is left out has its total, or where that has no values the first
    /// code that has.
    pub dimensions: Vec<(String, String)>,
}

impl DataQuery {
    /// Asks for the geometry of a set.
    #[must_use]
    pub fn of(set: SetId) -> Self {
        Self {
            release: None,
            set,
            grid: None,
            encoding: Encoding::Mvt,
            indicator: None,
            periods: Vec::new(),
            ranges: Vec::new(),
            borders: None,
            lang: None,
            dimensions: Vec::new(),
        }
    }

    /// The grid's name; none has an empty one.
    pub(crate) fn grid(&self) -> &str {
        self.grid.as_ref().map_or("", GridId::as_str)
    }
}
