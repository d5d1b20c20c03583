//! Who moves where: a production-constrained gravity model.
//!
//! ```text
//! M_ij = k_i P_i A_j / d_ij       A_j = P_j^(3/4) times the pull of j;  k_i such that the M_ij of i add up to its movers
//! ```
//!
//! Moves within an area (d_ii: a third of the side of a square of its size) take their part of the movers and are not
//! counted. A border between countries lets one mover of twenty through, but nobody into or out of a closed area: one area
//! in fifteen, so that true zeros occur. The rest of the world is one more place.
//! A. G. Wilson, A family of spatial interaction models, Environment and Planning 3 (1971).

use super::{SyntheticArea, chance};

/// The first year, and how many follow on.
pub const FIRST_YEAR: u16 = 2015;
/// Number of years.
pub const YEARS: usize = 10;

/// Mobility by year, the first year being 1: a slow rise, the dip of 2020, and a break in 2021 (a wider definition of a
/// migrant, whose figures carry the flag `B`).
const MOBILITY: [f64; YEARS] = [1.0, 1.01, 1.03, 1.04, 1.06, 0.86, 1.12, 1.14, 1.15, 1.17];
/// The share of movers that a border between countries lets through.
const BORDER: f64 = 0.05;

/// Persons of one area in one year.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flows {
    /// Inhabitants.
    pub population: f64,
    /// Arrivals from areas of the same country.
    pub internal_arrivals: f64,
    /// Arrivals from other countries.
    pub international_arrivals: f64,
    /// Departures to anywhere.
    pub departures: f64,
}

/// `[year][area]`, areas in the order given. Sums run in that order, so the caller sorts.
pub fn flows(areas: &[SyntheticArea]) -> Vec<Vec<Flows>> {
    let start: Vec<f64> = areas.iter().map(population).collect();
    let mut result: Vec<Vec<Flows>> = (0..YEARS).map(|year| inhabitants(areas, &start, year)).collect();
    let pulls: Vec<Vec<f64>> = result.iter().enumerate().map(|(year, flows)| pulls(areas, flows, year)).collect();
    for from in 0..areas.len() {
        // One row at a time: the whole matrix of a set of municipalities would be large.
        let near = nearness(&areas[from], areas);
        for (year, (flows, pulls)) in result.iter_mut().zip(&pulls).enumerate() {
            send(areas, from, year, &near, pulls, flows);
        }
    }
    result
}

/// Lognormal around 900,000, more in larger areas and less in the far north.
fn population(area: &SyntheticArea) -> f64 {
    let code = area.code.as_str();
    let size = (area.area_km2.max(100.0) / 50_000.0).sqrt().sqrt().sqrt();
    let north = ((area.lat.abs() - 57.0) / 5.0).max(0.0);
    let thin = 1.0 + north * north;
    (900_000.0 * chance::exp2(1.3 * chance::normal(code, "population")) * size / (thin * thin)).max(9_000.0)
}

/// 1 / distance in kilometres from `from` to each area, times what borders let through.
fn nearness(from: &SyntheticArea, areas: &[SyntheticArea]) -> Vec<f64> {
    let shut = closed(from.code.as_str());
    let near = areas.iter().map(|to| {
        if from.code == to.code {
            return 3.0 / from.area_km2.max(100.0).sqrt();
        }
        let border = match from.country == to.country {
            true => 1.0,
            false if shut || closed(to.code.as_str()) => 0.0,
            false => BORDER,
        };
        border / (distance(from, to) + 50.0)
    });
    near.collect()
}

/// Kilometres, on the sphere unrolled at the mean latitude. Cosine by Bhaskara's formula (within 0.2 %).
fn distance(a: &SyntheticArea, b: &SyntheticArea) -> f64 {
    let turn = (a.lon - b.lon).abs() % 360.0;
    let middle = (a.lat + b.lat) / 2.0;
    let cosine = (32_400.0 - 4.0 * middle * middle) / (32_400.0 + middle * middle);
    let (x, y) = (turn.min(360.0 - turn) * cosine, a.lat - b.lat);
    111.2 * (x * x + y * y).sqrt()
}

/// 1 in the first year, and then up or down in a straight line, by `width` a year at most.
fn drift(area: &SyntheticArea, purpose: &str, width: f64, year: usize) -> f64 {
    1.0 + year as f64 * chance::between(area.code.as_str(), purpose, -width, width)
}

/// The populations of a year, and no moves yet.
fn inhabitants(areas: &[SyntheticArea], start: &[f64], year: usize) -> Vec<Flows> {
    let population = |(area, start): (&SyntheticArea, &f64)| start * drift(area, "growth", 0.012, year);
    areas.iter().zip(start).map(|pair| Flows { population: population(pair), ..Flows::default() }).collect()
}

/// A_j of every area in a year.
fn pulls(areas: &[SyntheticArea], flows: &[Flows], year: usize) -> Vec<f64> {
    let pull = |(area, flows): (&SyntheticArea, &Flows)| {
        let root = flows.population.sqrt();
        let liking = chance::exp2(0.35 * chance::normal(area.code.as_str(), "pull"));
        root * root.sqrt() * liking * drift(area, "pull drift", 0.02, year)
    };
    areas.iter().zip(flows).map(pull).collect()
}

/// Sends the movers of one area in one year to all the others.
fn send(areas: &[SyntheticArea], from: usize, year: usize, near: &[f64], pulls: &[f64], flows: &mut [Flows]) {
    let (code, country) = (areas[from].code.as_str(), &areas[from].country);
    let mobility = MOBILITY[year] * chance::between(code, &format!("mobility {year}"), 0.97, 1.03);
    let movers = flows[from].population * chance::between(code, "mobility", 0.03, 0.06) * mobility;
    let whole: f64 = near.iter().zip(pulls).map(|(near, pull)| near * pull).sum();
    for (j, to) in areas.iter().enumerate().filter(|(j, _)| *j != from) {
        let moved = movers * near[j] * pulls[j] / whole;
        flows[from].departures += moved;
        if to.country == *country {
            flows[j].internal_arrivals += moved;
        } else {
            flows[j].international_arrivals += moved;
        }
    }
    with_rest_of_world(&mut flows[from], code, mobility);
}

/// Whether nobody crosses a country's border from or to the area.
fn closed(code: &str) -> bool {
    chance::uniform(code, "closed") < 1.0 / 15.0
}

/// Moves from and to places outside the set.
fn with_rest_of_world(flows: &mut Flows, code: &str, mobility: f64) {
    if closed(code) {
        return;
    }
    flows.international_arrivals += flows.population * mobility * chance::between(code, "from abroad", 0.000_3, 0.005);
    flows.departures += flows.population * mobility * chance::between(code, "to abroad", 0.000_3, 0.003);
}
