//! The catalogue: what a release holds. Served as it is at `/catalog.json`.

use crate::model::{GridId, Indicator, Names, Period, ReleaseId, SetId, VintageId};
use serde::{Deserialize, Serialize};

/// What a release holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The release.
    pub release: ReleaseId,
    /// When it was published, RFC 3339 in UTC.
    pub created: String,
    /// Its boundary sets.
    pub boundary_sets: Vec<CatalogSet>,
    /// The grids of its tiles.
    pub grids: Vec<CatalogGrid>,
    /// Its indicators.
    pub indicators: Vec<CatalogIndicator>,
}

/// A boundary set of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogSet {
    /// Its id.
    pub id: SetId,
    /// Its name by language.
    pub name: Names,
    /// Its vintages, the newest last.
    pub vintages: Vec<CatalogVintage>,
    /// The grids that it has tiles in, the preferred one first.
    pub grids: Vec<GridId>,
    /// West, south, east, north of all vintages. East is greater than west, past 180 where the set crosses it.
    pub bounds: [f64; 4],
    /// First zoom of its tiles.
    pub min_zoom: u8,
    /// Last zoom of its tiles; clients overzoom from there.
    pub max_zoom: u8,
}

/// A vintage of a boundary set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogVintage {
    /// Its id.
    pub id: VintageId,
    /// How many areas it has.
    pub areas: usize,
    /// How many of them have a polygon.
    pub polygons: usize,
    /// Who made the boundaries.
    pub source: String,
    /// Under which licence.
    pub licence: String,
}

/// A grid of a release: everything that a client needs to place its tiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogGrid {
    /// Its id.
    pub id: GridId,
    /// Its CRS as a PROJ string.
    pub crs: String,
    /// Top left corner in CRS units.
    pub corner: [f64; 2],
    /// Side of the tile of zoom 0 in CRS units.
    pub side: f64,
    /// CSS pixels along one side of a tile.
    pub tile_size: u32,
    /// Whether the world repeats to the left and right.
    pub wraps: bool,
}

/// An indicator of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogIndicator {
    /// Its definition.
    #[serde(flatten)]
    pub indicator: Indicator,
    /// Where and when there are values.
    pub boundary_sets: Vec<CatalogPeriods>,
}

/// The periods of an indicator in a vintage of a boundary set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogPeriods {
    /// The boundary set.
    pub id: SetId,
    /// The vintage that the values refer to.
    pub vintage: VintageId,
    /// The periods in order.
    pub periods: Vec<Period>,
}
