//! A release to measure on: boundary sets in Web Mercator, and synthetic values of many selections of which 5 % are missing.
//! Seeded, so that every run measures the same bytes; each column by its selection, so that releases share what they share.

use super::sets::Areas;
use anyhow::Context as _;
use choro_bundle::{BoundaryInput, Build, Bundle, BundleError, Column, Published, ValuesInput, ZoomRange};
use choro_figures::disclosure::{UnprotectedColumn, UnprotectedTable, protect_alone};
use choro_model::{AreaCode, BoundarySet, Cell, Figure, Indicator, Lang, Period, Selection, grid::Grid};
use fastrand::Rng;
use serde_json::json;
use std::{ops::Range, path::Path, sync::Arc};
use xxhash_rust::xxh3::xxh3_64;

/// One value in so many is missing.
const ONE_IN: usize = 20;
/// Zooms of the tiles, where nothing else is said.
pub const ZOOMS: ZoomRange = ZoomRange { min: 0, max: 8 };

/// Which values of a selection are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gaps {
    /// Others in every selection, anywhere in the table.
    Scattered,
    /// Some areas, in every selection.
    SameAreas,
    /// A run of neighbours in the table, another in every selection.
    Blocks,
    /// None.
    Nowhere,
}

impl Gaps {
    fn rows(self, areas: usize, rng: &mut Rng) -> Vec<usize> {
        let count = areas.div_ceil(ONE_IN);
        match self {
            Self::Scattered => rng.choose_multiple(0..areas, count),
            Self::SameAreas => (0..count).map(|i| i * ONE_IN + 3).filter(|row| *row < areas).collect(),
            Self::Blocks => {
                let first = rng.usize(0..=areas - count);
                (first..first + count).collect()
            }
            Self::Nowhere => Vec::new(),
        }
    }
}

/// The values of an indicator: a selection for each year, sex and age.
#[derive(Debug, Clone)]
pub struct Series {
    pub gaps: Gaps,
    pub years: Range<u16>,
    pub sexes: usize,
    pub ages: usize,
}

/// A boundary set of a release, with its values. The indicators of all parts are the same by their place.
pub struct Part<'a> {
    pub areas: Areas,
    pub set: &'a BoundarySet,
    pub zooms: ZoomRange,
    pub mlt: bool,
    pub series: &'a [Series],
}

/// A selection of a boundary set as a request names it.
#[derive(Debug, Clone)]
pub struct Draw {
    pub areas: Areas,
    pub gaps: Gaps,
    pub indicator: String,
    pub year: u16,
    pub sex: String,
    pub age: String,
}

impl Draw {
    pub fn query(&self) -> String {
        let Self { indicator, year, sex, age, .. } = self;
        format!("indicator={indicator}&period={year}&sex={sex}&age={age}")
    }

    fn selection(&self, indicator: &Indicator) -> anyhow::Result<Selection> {
        Ok(Selection::new(indicator, Period::year(self.year)?, &[("sex", &self.sex), ("age", &self.age)])?)
    }
}

/// A bundle and the selections in it, in random order.
pub struct Release {
    pub bundle: Bundle,
    pub draws: Vec<Draw>,
    pub published: Published,
}

impl Release {
    /// The column of a selection.
    pub fn column(&self, draw: &Draw) -> anyhow::Result<Column> {
        let mut known = self.bundle.catalog().indicators.iter().map(|entry| &entry.indicator);
        let indicator = known.find(|known| known.id.as_str() == draw.indicator).context("the indicator")?;
        self.bundle.column(draw.areas.id(), &draw.selection(indicator)?)?.context("the column")
    }

    /// A selection of a boundary set.
    pub fn draw(&self, areas: Areas, gaps: Gaps) -> anyhow::Result<&Draw> {
        self.draws.iter().find(|draw| draw.areas == areas && draw.gaps == gaps).context("a selection")
    }
}

/// Builds a release in `releases`, after the one that is there.
pub fn build(releases: &Path, parts: &[Part<'_>]) -> anyhow::Result<Release> {
    let mut build = Build::begin(releases)?;
    let mut draws = Vec::new();
    for part in parts {
        add_borders(&mut build, part)?;
        let codes: Arc<[AreaCode]> = part.set.areas.iter().map(|area| area.code.clone()).collect();
        for (number, series) in part.series.iter().enumerate() {
            add_values(&mut build, part, series, &indicator(number, series)?, &codes, &mut draws)?;
        }
    }
    Rng::with_seed(1).shuffle(&mut draws);
    let published = build.finish("2026-01-01T00:00:00Z")?;
    let bundle = Bundle::open(&releases.join(published.release.as_str())).context("the release that was just built")?;
    Ok(Release { bundle, draws, published })
}

fn add_borders(build: &mut Build, part: &Part<'_>) -> anyhow::Result<()> {
    let (lang, grid) = (Lang::new("en")?, Grid::web_mercator()?);
    let input = BoundaryInput {
        set: &part.set.id,
        vintage: &part.set.vintage,
        names: &part.set.names,
        content_hash: "1",
        grids: &[&grid],
        zooms: part.zooms,
        most_outside: 1.0,
        lang: &lang,
        mlt: part.mlt,
    };
    build.add_vintage(input, || Ok::<_, BundleError>(part.set.clone()))?;
    Ok(())
}

fn add_values(
    build: &mut Build,
    part: &Part<'_>,
    series: &Series,
    indicator: &Indicator,
    areas: &Arc<[AreaCode]>,
    draws: &mut Vec<Draw>,
) -> anyhow::Result<()> {
    for year in series.years.clone() {
        let new = draws_of(part.areas, series, indicator, year);
        let columns = new.iter().map(|draw| column(draw, indicator, areas.len())).collect::<anyhow::Result<_>>()?;
        let table = protect_alone(UnprotectedTable {
            set: &part.set.id,
            vintage: &part.set.vintage,
            indicator,
            period: Period::year(year)?,
            areas: Arc::clone(areas),
            columns,
        })?;
        build.add_values(ValuesInput { table: &table, indicator, origin: None, gaps: &[], reliability: &[] })?;
        draws.extend(new);
    }
    Ok(())
}

fn draws_of(areas: Areas, series: &Series, indicator: &Indicator, year: u16) -> Vec<Draw> {
    let codes = (0..series.sexes).flat_map(|sex| (0..series.ages).map(move |age| (code("S", sex), code("Y", age))));
    let (gaps, indicator) = (series.gaps, indicator.id.to_string());
    codes.map(|(sex, age)| Draw { areas, gaps, indicator: indicator.clone(), year, sex, age }).collect()
}

/// The first code of a list is its total.
fn code(letter: &str, number: usize) -> String {
    if number == 0 { "_T".to_owned() } else { format!("{letter}{number:02}") }
}

/// Values with one decimal.
fn column(draw: &Draw, indicator: &Indicator, areas: usize) -> anyhow::Result<UnprotectedColumn> {
    let mut rng = Rng::with_seed(xxh3_64(format!("{} {}", draw.areas.id(), draw.query()).as_bytes()));
    let value = |_| Figure { cell: Cell::Value((rng.f64() * 4000.0 - 2000.0).round() / 10.0), status: None };
    let mut figures: Vec<Figure> = (0..areas).map(value).collect();
    for row in draw.gaps.rows(areas, &mut rng) {
        figures[row] = Figure::MISSING;
    }
    Ok(UnprotectedColumn { codes: draw.selection(indicator)?.codes, figures })
}

fn indicator(number: usize, series: &Series) -> anyhow::Result<Indicator> {
    let dimension = |id: &str, letter: &str, count: usize| {
        let items: Vec<_> = (0..count).map(|number| json!({"code": code(letter, number), "name": {}})).collect();
        json!({"id": id, "name": {}, "total": "_T", "code_list": {"id": id, "items": items}})
    };
    Ok(serde_json::from_value(json!({
        "id": format!("net_rate_{number}"), "name": {}, "unit": {"id": "PS_PER_1K"}, "kind": "rate", "decimals": 1,
        "dimensions": [dimension("sex", "S", series.sexes), dimension("age", "Y", series.ages)], "diverging": true,
        "persons": false, "declared_public": false, "source": "synthetic", "licence": "CC0-1.0",
    }))?)
}
