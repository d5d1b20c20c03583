//! What each statistics file of the real data gives. The page docs/data.md is written from here.

mod elsewhere;
mod russia;

pub use elsewhere::*;
pub use russia::*;

/// A boundary set that the files join.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Set {
    Subjects,
    Kazakhstan,
    Arctic,
    Nuts2,
    Nuts3,
    World,
}

impl Set {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Subjects => "ru-subjects",
            Self::Kazakhstan => "kz-regions",
            Self::Arctic => "arctic-municipalities",
            Self::Nuts2 => "nuts-2",
            Self::Nuts3 => "nuts-3",
            Self::World => "countries",
        }
    }

    pub const fn file(self) -> &'static str {
        match self {
            Self::Subjects => "russia_adm1/russia_gislab_osm.geojson",
            Self::Kazakhstan => "eaeu/kazakhstan_regions_2022.geojson",
            Self::Arctic => "russia_adm2/arctic_municipalities_oktmo.geojson",
            Self::Nuts2 => "eurostat/nuts_20M_3035_level2.topojson",
            Self::Nuts3 => "eurostat/nuts_20M_3035_level3.topojson",
            Self::World => "world/ne_50m_admin_0_countries.geojson",
        }
    }

    pub const fn vintage(self) -> &'static str {
        match self {
            Self::Subjects => "2014",
            Self::Kazakhstan => "2022",
            Self::Arctic => "2021",
            Self::Nuts2 | Self::Nuts3 | Self::World => "2016",
        }
    }

    pub const fn options(self) -> &'static [&'static str] {
        match self {
            Self::Subjects => &["--code", "name", "--name", "ru=name"],
            Self::Kazakhstan => &["--code", "id", "--name", "en=name"],
            Self::Arctic => &["--code", "id", "--name", "ru=NAME"],
            Self::World => &["--code", "ADM0_A3", "--name", "en=NAME"],
            Self::Nuts2 | Self::Nuts3 => &["--code", "id", "--name", "en=na", "--layer", "nutsrg", "--crs", "EPSG:3035"],
        }
    }
}

/// A statistics file and what becomes of it.
pub struct File {
    pub name: &'static str,
    pub set: Set,
    /// In tests/fixtures/data.
    pub mapping: &'static str,
    /// In the data folder; `None`: the mapping's own, or none.
    pub crosswalk: Option<&'static str>,
    pub observations: u64,
    /// Labels that find an area, those by a restored code among them.
    pub matched: usize,
    pub restored: usize,
    /// Rows of several areas.
    pub joint: usize,
    /// Every label without an area.
    pub misses: &'static [&'static str],
    /// Why these have none, and what else is to be known.
    pub note: &'static str,
    pub figures: &'static [Figure],
}

impl File {
    /// Labels of areas.
    pub fn labels(&self) -> usize {
        self.matched + self.misses.len() + self.joint
    }
}

/// A figure as it stands in the file; `None`: its cell is empty or a mark.
pub struct Figure {
    /// With further dimensions: `net_migration&reach=INTL`.
    pub indicator: &'static str,
    pub code: &'static str,
    pub period: &'static str,
    pub value: Option<f64>,
}

const fn figure(indicator: &'static str, code: &'static str, period: &'static str, value: Option<f64>) -> Figure {
    Figure { indicator, code, period, value }
}

/// All of them, in the order of the page.
pub const FILES: [&File; 16] = [
    &EMISS_RATE,
    &EMISS_POPULATION,
    &EMISS_NATURAL_INCREASE,
    &MVD_REGIONS,
    &MVD_COUNTRIES,
    &ARCTIC_INDICATORS,
    &KAZAKHSTAN_2022,
    &KAZAKHSTAN_2023,
    &KAZAKHSTAN_2024,
    &NUTS_NET_MIGRATION,
    &NUTS_NATURAL_CHANGE,
    &NUTS_POPULATION_CHANGE,
    &UK_INTERNAL_2,
    &UK_INTERNAL_3,
    &UK_INTERNATIONAL_2,
    &UK_INTERNATIONAL_3,
];
