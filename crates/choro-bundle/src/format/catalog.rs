//! The catalogue: what a release holds. Served as it is at `/catalog.json`.

use super::combinations::CatalogCombinations;
use choro_model::{AreaCode, GridId, Indicator, Lang, LevelId, Names, Period, ReleaseId, SetId, VintageId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What a release holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Catalog {
    /// The release.
    pub release: ReleaseId,
    /// When it was published, RFC 3339 in UTC.
    #[schema(format = DateTime, example = "2026-11-22T08:00:00Z")]
    pub created: String,
    /// Its boundary sets.
    pub boundary_sets: Vec<CatalogSet>,
    /// The grids of its tiles.
    pub grids: Vec<CatalogGrid>,
    /// Its indicators.
    pub indicators: Vec<CatalogIndicator>,
}

/// The catalogue as it lies in the bundle: all but the release, whose id is made from it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CatalogContents {
    pub boundary_sets: Vec<CatalogSet>,
    pub grids: Vec<CatalogGrid>,
    pub indicators: Vec<CatalogIndicator>,
}

/// A boundary set of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogSet {
    /// Its id.
    pub id: SetId,
    /// Its name by language.
    pub name: Names,
    /// The tier of its areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub level: Option<LevelId>,
    /// The set of the areas above its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parent_set: Option<SetId>,
    /// Its vintages, the newest last.
    pub vintages: Vec<CatalogVintage>,
    /// The grids that it has tiles in. A map opens in the first that keeps areas equal, or in the first.
    pub grids: Vec<GridId>,
    /// West, south, east, north of all vintages. East is greater than west, past 180 where the set crosses it.
    #[schema(min_items = 4, max_items = 4, example = json!([19.6, 41.2, 190.4, 81.9]))]
    pub bounds: [f64; 4],
    /// First zoom of its tiles.
    pub min_zoom: u8,
    /// Last zoom of its tiles; clients overzoom from there.
    pub max_zoom: u8,
    /// Whether its tiles are there as MapLibre Tiles too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mlt: bool,
}

/// A vintage of a boundary set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogVintage {
    /// Its id.
    pub id: VintageId,
    /// How many areas it has.
    pub areas: usize,
    /// How many of them have a polygon.
    pub polygons: usize,
    /// The languages that names of its areas are in.
    #[serde(default)]
    #[schema(required = true, value_type = Vec<Lang>)]
    pub langs: BTreeSet<Lang>,
    /// Who made the boundaries.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// The vintage of the parent set that has the areas above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parent_vintage: Option<VintageId>,
    /// By grid, its areas that are in none of the tiles, or not as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<CatalogOutside>,
}

/// Areas of a vintage that a grid does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogOutside {
    /// The grid.
    pub grid: GridId,
    /// How many are in none of its tiles.
    pub missing: usize,
    /// The first twenty of those.
    pub first_missing: Vec<AreaCode>,
    /// How many are cut by the edge of its square.
    pub cut: usize,
    /// The first twenty of those.
    pub first_cut: Vec<AreaCode>,
}

/// A grid of a release: everything that a client needs to place its tiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogGrid {
    /// Its id.
    pub id: GridId,
    /// Its CRS as a PROJ string.
    #[schema(example = "+proj=laea +lat_0=90 +lon_0=90 +datum=WGS84 +units=m")]
    pub crs: String,
    /// Top left corner in CRS units.
    #[schema(min_items = 2, max_items = 2, example = json!([-20037508.34, 20037508.34]))]
    pub corner: [f64; 2],
    /// Side of the tile of zoom 0 in CRS units.
    pub side: f64,
    /// CSS pixels along one side of a tile.
    pub tile_size: u32,
    /// Whether the world repeats to the left and right.
    pub wraps: bool,
}

/// An indicator of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogIndicator {
    /// Its definition.
    #[serde(flatten)]
    pub indicator: Indicator,
    /// Where and when there are values.
    pub boundary_sets: Vec<CatalogPeriods>,
}

/// The periods of an indicator in a vintage of a boundary set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogPeriods {
    /// The boundary set.
    pub id: SetId,
    /// The vintage that the values refer to.
    pub vintage: VintageId,
    /// The periods in order whose values refer to this vintage: what is shown where no borders are asked for.
    pub periods: Vec<Period>,
    /// Further periods, whose values refer to another vintage and were restated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restated: Vec<CatalogOrigin>,
    /// Those among `periods` whose values are sums of the areas below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aggregated: Vec<CatalogOrigin>,
    /// Those periods of this vintage, restated or not, at which the series breaks for some area and codes. Figures before and from
    /// such a period on do not compare fully.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Period>,
    /// Periods of other vintages, or of the areas below, that could be neither restated nor summed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unavailable: Vec<CatalogUnavailable>,
    /// Where not every combination of codes has values: those that have. A dimension without a total is among them by its codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub combinations: Vec<CatalogCombinations>,
}

/// Whose figures values were made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogOrigin {
    /// The boundary set of the figures.
    pub set: SetId,
    /// The vintage of the figures.
    pub vintage: VintageId,
    /// The periods in order.
    pub periods: Vec<Period>,
    /// Areas that have no value although the figures were there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<CatalogGap>,
}

/// Areas without a value, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogGap {
    /// Why.
    pub reason: String,
    /// Their codes.
    pub areas: Vec<AreaCode>,
}

/// Periods that have no values in a vintage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogUnavailable {
    /// The set that has values of these periods.
    pub set: SetId,
    /// Its vintage.
    pub vintage: VintageId,
    /// The periods in order.
    pub periods: Vec<Period>,
    /// Why they are not here.
    pub reason: String,
}

impl CatalogPeriods {
    pub(crate) fn new(set: &SetId, vintage: &VintageId) -> Self {
        Self {
            id: set.clone(),
            vintage: vintage.clone(),
            periods: Vec::new(),
            restated: Vec::new(),
            aggregated: Vec::new(),
            breaks: Vec::new(),
            unavailable: Vec::new(),
            combinations: Vec::new(),
        }
    }

    /// Whether there are values of a period, restated or not.
    #[must_use]
    pub fn has(&self, period: Period) -> bool {
        self.periods.contains(&period) || self.restated.iter().any(|origin| origin.periods.contains(&period))
    }

    /// All periods that there are values of, restated or not, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Period> {
        let restated = self.restated.iter().flat_map(|origin| &origin.periods);
        let mut all: Vec<Period> = self.periods.iter().chain(restated).copied().collect();
        all.sort_unstable();
        all
    }

    /// What the values of a period were made of; `None`: they are the source's own.
    #[must_use]
    pub fn origin(&self, period: Period) -> Option<Origin> {
        let of = |list: &[CatalogOrigin]| {
            let origin = list.iter().find(|origin| origin.periods.contains(&period))?;
            Some((origin.set.clone(), origin.vintage.clone()))
        };
        let restated = of(&self.restated).map(|(set, vintage)| Origin::Restated { set, vintage });
        restated.or_else(|| of(&self.aggregated).map(|(set, vintage)| Origin::Aggregated { set, vintage }))
    }
}

/// Whose figures values were made of, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// They were restated from other borders of the same set.
    Restated {
        /// The set.
        set: SetId,
        /// The vintage of the figures.
        vintage: VintageId,
    },
    /// They are sums of the areas of another set.
    Aggregated {
        /// The set of the figures.
        set: SetId,
        /// Its vintage.
        vintage: VintageId,
    },
}
