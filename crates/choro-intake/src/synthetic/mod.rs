//! Deterministic synthetic values of the demo: a gravity model of migration between the areas of a set.
//!
//! ```text
//! areas -> gravity (persons by area and year) -> table (by sex and age) -> secrecy (what is withheld) -> measure (cells)
//! ```
//!
//! Nothing here is a real figure, and every name and source in `indicators.toml` says so. The values of a set depend on
//! its areas alone, not on their order, the machine or the day.

mod chance;
mod gravity;
mod measure;
mod secrecy;
mod sex_age_table;

#[cfg(test)]
mod tests;

use choro_model::{AreaCode, Code, Indicator, Observation, Period};
use measure::{Facts, Measure};

/// What the model needs to know of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticArea {
    /// Its code; the seed of its chance.
    pub code: AreaCode,
    /// Longitude of a point within, in degrees, wrapped or not.
    pub lon: f64,
    /// Latitude of a point within, in degrees.
    pub lat: f64,
    /// Its size in square kilometres.
    pub area_km2: f64,
    /// Areas of one country send each other more migrants than areas of two. An area without a parent is its own country.
    pub country: AreaCode,
}

/// The demo's `indicators.toml`.
#[must_use]
pub fn indicators_toml() -> &'static str {
    include_str!("indicators.toml")
}

/// The code list file that `indicators.toml` names `id`: CSV with the combinations code, parent, name_en, name_ru.
#[must_use]
pub fn code_list(id: &str) -> Option<&'static str> {
    match id {
        "sex" => Some(include_str!("sex.csv")),
        "age" => Some(include_str!("age.csv")),
        _ => None,
    }
}

/// Observations of ten years, 2015 to 2024, ordered by indicator, area and year.
///
/// Indicators, dimensions and codes other than those of [`indicators_toml`] have no formula here and no observations.
/// An area code that stands twice counts once; a position or size that is not finite counts as zero, and one that no place
/// on Earth can have as the nearest possible.
#[must_use]
pub fn observations(areas: &[SyntheticArea], indicators: &[Indicator]) -> Vec<Observation> {
    let areas = in_order(areas);
    let flows = gravity::flows(&areas);
    let years: Vec<Period> =
        (gravity::FIRST_YEAR..).take(gravity::YEARS).filter_map(|year| Period::year(year).ok()).collect();
    let facts: Vec<Vec<Facts>> = (0..areas.len())
        .map(|i| (0..years.len()).map(|year| Facts::new(areas[i].code.as_str(), year, &flows[year][i])).collect())
        .collect();
    let known = indicators.iter().filter_map(|indicator| Some((indicator, Measure::of(indicator.id.as_str())?)));
    let mut result = Vec::new();
    for (indicator, measure) in known {
        let combinations = combinations(indicator);
        for (area, facts) in areas.iter().zip(&facts) {
            for (period, facts) in years.iter().zip(facts) {
                result.extend(combinations.iter().map(|combination| {
                    let (cell, status) = facts.cell(measure, combination.sex, combination.age);
                    let (indicator, codes) = (indicator.id.clone(), combination.codes.clone());
                    Observation { indicator, period: *period, codes, area: area.code.clone(), cell, status }
                }));
            }
        }
    }
    result
}

/// Sorted by code, each code once, every number finite and possible.
fn in_order(areas: &[SyntheticArea]) -> Vec<SyntheticArea> {
    let within = |number: f64, low: f64, high: f64| if number.is_finite() { number.clamp(low, high) } else { 0.0 };
    let mut sorted: Vec<SyntheticArea> = areas
        .iter()
        .map(|a| SyntheticArea {
            lon: within(a.lon, -540.0, 540.0),
            lat: within(a.lat, -90.0, 90.0),
            area_km2: within(a.area_km2, 0.0, 6e8),
            ..a.clone()
        })
        .collect();
    sorted.sort_by(|a, b| {
        let position = |area: &SyntheticArea| [area.lon, area.lat, area.area_km2];
        let by_position = position(a).iter().zip(position(b)).map(|(x, y)| x.total_cmp(&y)).find(|order| order.is_ne());
        a.code
            .cmp(&b.code)
            .then_with(|| by_position.unwrap_or(std::cmp::Ordering::Equal))
            .then_with(|| a.country.cmp(&b.country))
    });
    sorted.dedup_by(|a, b| a.code == b.code);
    sorted
}

/// One combination of codes of an indicator, and its place in a table by sex and age.
struct CodeCombination {
    codes: Vec<Code>,
    sex: usize,
    age: usize,
}

/// All combinations of the codes of `indicator`; a dimension that it lacks is at its total.
fn combinations(indicator: &Indicator) -> Vec<CodeCombination> {
    let mut combinations = vec![CodeCombination { codes: Vec::new(), sex: 0, age: 0 }];
    for dimension in &indicator.dimensions {
        let items = &dimension.code_list.items;
        combinations = combinations
            .iter()
            .flat_map(|combination| items.iter().filter_map(|item| combination.with(dimension.id.as_str(), &item.code)))
            .collect();
    }
    combinations
}

impl CodeCombination {
    /// The combination narrowed by one code more, if dimension and code are known here.
    fn with(&self, dimension: &str, code: &Code) -> Option<Self> {
        let position = |codes: &[&str]| codes.iter().position(|known| *known == code.as_str());
        let codes = self.codes.iter().chain([code]).cloned().collect();
        match dimension {
            "sex" => Some(Self { codes, sex: position(&sex_age_table::SEX)?, age: self.age }),
            "age" => Some(Self { codes, sex: self.sex, age: position(&sex_age_table::AGE)? }),
            _ => None,
        }
    }
}
