//! A release to measure on: the built-in subjects in Web Mercator, and synthetic values of many selections of which 5 % are
//! missing. Seeded, so that every run measures the same bytes.

use anyhow::Context as _;
use choro::{
    boundary::{self, CodeFrom, Field, Options},
    bundle::{BoundaryInput, Build, Bundle, BundleError, ValuesInput, ZoomRange},
    disclosure::{self, PublishedColumn},
    grid::Grid,
    model::{BoundarySet, Cell, Indicator, Lang, Period, Selection, SetId, State, VintageId},
};
use fastrand::Rng;
use serde_json::json;
use std::path::Path;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/boundaries/eaeu-subjects/2013/eaeu-subjects.topo.json");
pub const SET: &str = "eaeu-subjects";
pub const GRID: &str = "WebMercatorQuad";
const YEARS: std::ops::Range<u16> = 2015..2025;
const SEXES: [&str; 3] = ["_T", "F", "M"];
const AGES: [&str; 7] = ["_T", "Y0T14", "Y15T24", "Y25T34", "Y35T44", "Y45T64", "Y_GE65"];
/// One value in so many is missing.
const ONE_IN: usize = 20;

/// Which values of a selection are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    /// Others in every selection, anywhere in the table.
    Scattered,
    /// The same areas in every selection.
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
            Self::SameAreas => (0..count).map(|i| i * ONE_IN + 3).collect(),
            Self::Blocks => {
                let first = rng.usize(0..areas - count);
                (first..first + count).collect()
            }
            Self::Nowhere => Vec::new(),
        }
    }
}

/// A selection as a request names it.
#[derive(Debug, Clone)]
pub struct Draw {
    pub gaps: Gaps,
    pub indicator: String,
    pub year: u16,
    pub sex: &'static str,
    pub age: &'static str,
}

impl Draw {
    pub fn query(&self) -> String {
        let Self { indicator, year, sex, age, .. } = self;
        format!("indicator={indicator}&period={year}&sex={sex}&age={age}")
    }

    fn selection(&self, indicator: &Indicator) -> anyhow::Result<Selection> {
        Ok(Selection::new(indicator, Period::year(self.year)?, &[("sex", self.sex), ("age", self.age)])?)
    }
}

/// A bundle and the selections in it, in random order.
pub struct Release {
    pub bundle: Bundle,
    pub draws: Vec<Draw>,
}

/// The built-in boundaries.
pub fn boundaries() -> anyhow::Result<BoundarySet> {
    let mut options = Options::new(SetId::new(SET)?, VintageId::new("2013")?, CodeFrom(vec!["code".to_owned()]));
    for lang in ["en", "ru"] {
        options.names.push((Some(Lang::new(lang)?), Field::File(format!("name_{lang}"))));
    }
    Ok(boundary::import(Path::new(FILE), &options)?.set)
}

/// Builds a release in `dir` with one indicator for each of `patterns`, all with ten years, sex and age.
pub fn build(dir: &Path, patterns: &[Gaps]) -> anyhow::Result<Release> {
    let (set, lang, grid) = (boundaries()?, Lang::new("en")?, Grid::web_mercator()?);
    let mut build = Build::begin(dir)?;
    let input = BoundaryInput {
        set: &set.id,
        vintage: &set.vintage,
        names: &set.names,
        content_hash: "1",
        grids: &[&grid],
        zooms: ZoomRange { min: 0, max: 8 },
        lang: &lang,
    };
    build.add_vintage(input, || Ok::<_, BundleError>(set.clone()))?;
    let areas: Vec<&str> = set.areas.iter().map(|area| area.code.as_str()).collect();
    let mut rng = Rng::with_seed(1);
    let mut draws = Vec::new();
    for (number, gaps) in patterns.iter().enumerate() {
        let indicator = indicator(number)?;
        for year in YEARS {
            let new = draws_of(&indicator, year, *gaps);
            let columns: Vec<_> =
                new.iter().map(|draw| column(draw, &indicator, &areas, &mut rng)).collect::<anyhow::Result<_>>()?;
            let (set, vintage, period) = (&set.id, &set.vintage, Period::year(year)?);
            build.add_values(ValuesInput {
                set,
                vintage,
                indicator: &indicator,
                period,
                areas: &areas,
                columns: &columns,
                origin: None,
                gaps: &[],
            })?;
            draws.extend(new);
        }
    }
    rng.shuffle(&mut draws);
    let published = build.finish("2026-01-01T00:00:00Z")?;
    let bundle = Bundle::open(&dir.join(published.release.as_str())).context("the release that was just built")?;
    Ok(Release { bundle, draws })
}

fn draws_of(indicator: &Indicator, year: u16, gaps: Gaps) -> Vec<Draw> {
    let codes = SEXES.iter().flat_map(|sex| AGES.iter().map(move |age| (*sex, *age)));
    codes.map(|(sex, age)| Draw { gaps, indicator: indicator.id.to_string(), year, sex, age }).collect()
}

fn column(draw: &Draw, indicator: &Indicator, areas: &[&str], rng: &mut Rng) -> anyhow::Result<PublishedColumn> {
    let mut cells: Vec<Cell> = areas.iter().map(|_| Cell::Value((rng.f64() * 4000.0 - 2000.0).round() / 10.0)).collect();
    for row in draw.gaps.rows(areas.len(), rng) {
        cells[row] = Cell::State(State::Missing);
    }
    let statuses = vec![None; areas.len()];
    Ok(disclosure::publish(indicator, draw.selection(indicator)?, cells, statuses, |row| areas[row])?)
}

fn indicator(number: usize) -> anyhow::Result<Indicator> {
    let dimension = |id: &str, codes: &[&str]| {
        let items: Vec<_> = codes.iter().map(|code| json!({"code": code, "name": {}})).collect();
        json!({"id": id, "name": {}, "total": "_T", "code_list": {"id": id, "items": items}})
    };
    Ok(serde_json::from_value(json!({
        "id": format!("net_rate_{number}"), "name": {}, "unit": {"id": "PS_PER_1K"}, "kind": "rate", "decimals": 1,
        "dimensions": [dimension("sex", &SEXES), dimension("age", &AGES)], "diverging": true, "persons": false,
        "declared_public": false, "source": "synthetic", "licence": "CC0-1.0",
    }))?)
}
