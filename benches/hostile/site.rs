//! A release of 3,600 areas and 40 years, and what is asked of it.

use crate::{
    common::{
        release::{self, Gaps, Part, Series},
        sets::{Areas, GRID},
    },
    first,
};
use choro_bundle::ZoomRange;
use fastrand::Rng;
use std::path::Path;

const SET: Areas = Areas::Squares(60, 8);

/// What is asked for.
pub struct Site {
    /// Tiles of a selection, a map's worth.
    pub tiles: Vec<String>,
    query: String,
}

impl Site {
    pub fn build(releases: &Path) -> anyhow::Result<Self> {
        let set = SET.load()?;
        let series = [Series { gaps: Gaps::Scattered, years: 1980..2020, sexes: 1, ages: 1 }];
        let zooms = ZoomRange { min: 0, max: 5 };
        let release = release::build(releases, &[Part { areas: SET, set: &set, zooms, mlt: false, series: &series }])?;
        let query = first(&release.draws)?.query();
        let vintage = release.bundle.vintage(SET.id(), None);
        let tiles = vintage.and_then(|vintage| vintage.skeleton(GRID)).into_iter().flat_map(|skeleton| skeleton.tiles());
        let url = |z: u8, x: u32, y: u32| format!("/tiles/{}/{GRID}/{z}/{x}/{y}.mvt?{query}", SET.id());
        let tiles = tiles.filter(|tile| tile.z() >= 3).map(|tile| url(tile.z(), tile.x(), tile.y())).take(24).collect();
        Ok(Self { tiles, query })
    }

    /// A picture that nobody has asked for.
    pub fn picture(&self, rng: &mut Rng) -> String {
        let (lon, lat) = (rng.f64() * 20.0, rng.f64() * 20.0);
        format!("/picture.png?set={}&grid={GRID}&{}&at={lon:.4},{lat:.4},3", SET.id(), self.query)
    }

    /// A style with breaks of its own.
    pub fn breaks(&self, rng: &mut Rng) -> String {
        // Of an indicator that diverges, so 0 is one of them.
        let [below, above] = [rng.f64() * -100.0, rng.f64() * 100.0];
        let breaks = format!("{below:.4},0,{above:.4}");
        format!("/styles/choropleth.json?set={}&grid={GRID}&{}&method=manual&breaks={breaks}", SET.id(), self.query)
    }

    /// The largest answer.
    pub fn export(&self) -> String {
        format!("/areas/{}.geojson?{}", SET.id(), self.query)
    }
}
