//! From tables of one area and year to the cells of each indicator: the value, or why there is none.

use super::{
    chance,
    gravity::Flows,
    secrecy::withheld,
    sex_age_table::{FROM_ABROAD, MOVERS, RESIDENTS, SexAgeMask, SexAgeTable, difference, part_of, spread, sum},
};
use choro_model::{Cell, ObsStatus, State};

/// The year, counted from the first, whose figures carry the flag of a break.
const BREAK: usize = 6;
/// The year, counted from the first, whose figures are provisional.
const PROVISIONAL: usize = 9;
/// One area in this many begins to report late, one to four years after the others.
const LATE: f64 = 1.0 / 16.0;
/// The share of years in which an area's arrivals, or its departures, are missing altogether.
const LOST: f64 = 0.012;
/// The share of years in which an area reports totals only.
const TOTALS_ONLY: f64 = 0.02;

/// The share of years in which an area's arrivals, or its departures, are withheld altogether. Counts of 1 to 4 alone are
/// rare in areas of this size, and a map should show what a withheld area looks like.
const CLOSED: f64 = 0.01;

/// The formulas, by indicator id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Population,
    Arrivals,
    Departures,
    Net,
    ArrivalRate,
    DepartureRate,
    NetRate,
    InternationalShare,
    ForeignShare,
    WorkingAgeShare,
    SexRatio,
    Effectiveness,
}

impl Measure {
    /// The formula of an indicator of `indicators.toml`.
    pub fn of(indicator: &str) -> Option<Self> {
        Some(match indicator {
            "population" => Self::Population,
            "arrivals" => Self::Arrivals,
            "departures" => Self::Departures,
            "net_migration" => Self::Net,
            "arrival_rate" => Self::ArrivalRate,
            "departure_rate" => Self::DepartureRate,
            "net_migration_rate" => Self::NetRate,
            "international_arrival_share" => Self::InternationalShare,
            "foreign_citizen_share" => Self::ForeignShare,
            "working_age_share" => Self::WorkingAgeShare,
            "arrival_sex_ratio" => Self::SexRatio,
            "migration_effectiveness" => Self::Effectiveness,
            _ => return None,
        })
    }

    /// Whether arrivals, and whether departures, go into it.
    const fn uses(self) -> (bool, bool) {
        match self {
            Self::Population => (false, false),
            Self::Departures | Self::DepartureRate => (false, true),
            Self::Net | Self::NetRate | Self::Effectiveness => (true, true),
            _ => (true, false),
        }
    }
}

/// A count by sex and age with its withheld cells.
struct MaskedTable {
    table: SexAgeTable,
    mask: SexAgeMask,
}

impl MaskedTable {
    fn new(table: SexAgeTable) -> Self {
        Self { mask: withheld(&table), table }
    }

    /// With every cell withheld if `closed`.
    fn closed(self, closed: bool) -> Self {
        if closed { Self { mask: [[true; 7]; 3], ..self } } else { self }
    }

    /// A part of `whole`, withheld too where the rest is small or the whole is withheld.
    fn part(table: SexAgeTable, whole: &Self) -> Self {
        let (own, rest) = (withheld(&table), withheld(&difference(&whole.table, &table)));
        let mask = |sex: usize, age: usize| own[sex][age] || rest[sex][age] || whole.mask[sex][age];
        Self { mask: std::array::from_fn(|sex| std::array::from_fn(|age| mask(sex, age))), table }
    }

    fn number(&self, sex: usize, age: usize) -> f64 {
        f64::from(self.table[sex][age])
    }
}

/// Everything of one area in one year.
pub struct Facts {
    year: usize,
    population: MaskedTable,
    arrivals: MaskedTable,
    departures: MaskedTable,
    international: MaskedTable,
    foreign: MaskedTable,
    arrivals_missing: bool,
    departures_missing: bool,
    totals_only: bool,
}

impl Facts {
    /// The tables of the area `code` in the `year` counted from the first.
    pub fn new(code: &str, year: usize, flows: &Flows) -> Self {
        let chance = |what: &str| chance::uniform(code, &format!("{what} {year}"));
        let abroad = spread(flows.international_arrivals, &FROM_ABROAD, code, "from abroad");
        let arrivals = sum(&spread(flows.internal_arrivals, &MOVERS, code, "arrivals"), &abroad);
        let arrivals = MaskedTable::new(arrivals).closed(chance("arrivals closed") < CLOSED);
        let departures = MaskedTable::new(spread(flows.departures, &MOVERS, code, "departures"));
        let late = chance::uniform(code, "late") < LATE && (year as f64) < chance::between(code, "late by", 0.5, 4.5);
        Self {
            year,
            population: MaskedTable::new(spread(flows.population, &RESIDENTS, code, "residents")),
            foreign: MaskedTable::part(part_of(&abroad, chance::between(code, "foreign", 0.5, 0.9)), &arrivals),
            international: MaskedTable::part(abroad, &arrivals),
            arrivals,
            departures: departures.closed(chance("departures closed") < CLOSED),
            arrivals_missing: late || chance("arrivals lost") < LOST,
            departures_missing: late || chance("departures lost") < LOST,
            totals_only: chance("totals only") < TOTALS_ONLY,
        }
    }

    /// The cell of a measure for a sex and an age (0 the total), with its flag.
    pub fn cell(&self, measure: Measure, sex: usize, age: usize) -> (Cell, Option<ObsStatus>) {
        if let Some(state) = self.state(measure, sex, age) {
            return (Cell::State(state), None);
        }
        let Some(cell) = self.number(measure, sex, age).and_then(Cell::value) else {
            return (Cell::State(State::Invalid), None);
        };
        let status = match self.year {
            BREAK if measure != Measure::Population => Some(ObsStatus::B),
            PROVISIONAL => Some(ObsStatus::P),
            _ => None,
        };
        (cell, status)
    }

    /// Why there is no number. Missing goes before withheld, since what is missing cannot be withheld.
    fn state(&self, measure: Measure, sex: usize, age: usize) -> Option<State> {
        let (arrivals, departures) = measure.uses();
        let needs_parts = sex > 0 || age > 0 || matches!(measure, Measure::WorkingAgeShare | Measure::SexRatio);
        let detail_missing = (arrivals || departures) && self.totals_only && needs_parts;
        if (arrivals && self.arrivals_missing) || (departures && self.departures_missing) || detail_missing {
            return Some(State::Missing);
        }
        let population =
            matches!(measure, Measure::Population | Measure::ArrivalRate | Measure::DepartureRate | Measure::NetRate);
        let secret = (population && self.population.mask[sex][age])
            || (arrivals && self.arrivals.mask[sex][age])
            || (departures && self.departures.mask[sex][age])
            || self.part_is_secret(measure, sex, age);
        secret.then_some(State::Secrecy)
    }

    /// Whether a measure would give away a withheld part.
    fn part_is_secret(&self, measure: Measure, sex: usize, age: usize) -> bool {
        match measure {
            Measure::InternationalShare => self.international.mask[sex][age],
            Measure::ForeignShare => self.foreign.mask[sex][age],
            Measure::SexRatio => self.arrivals.mask[1][age] || self.arrivals.mask[2][age],
            // The sum over some ages would tell a withheld one, if it is the only one among them or among the others.
            Measure::WorkingAgeShare => {
                let secret = |ages: &[usize]| ages.iter().filter(|age| self.arrivals.mask[sex][**age]).count() == 1;
                secret(&[2, 3, 4, 5]) || secret(&[1, 6])
            }
            _ => false,
        }
    }

    /// The number, rounded to the decimals of `indicators.toml`; `None` where it would divide by zero.
    fn number(&self, measure: Measure, sex: usize, age: usize) -> Option<f64> {
        let [population, arrivals, departures] =
            [&self.population, &self.arrivals, &self.departures].map(|counted| counted.number(sex, age));
        match measure {
            Measure::Population => Some(population),
            Measure::Arrivals => Some(arrivals),
            Measure::Departures => Some(departures),
            Measure::Net => Some(arrivals - departures),
            Measure::ArrivalRate => ratio(arrivals, population, 1_000.0, 100.0),
            Measure::DepartureRate => ratio(departures, population, 1_000.0, 100.0),
            Measure::NetRate => ratio(arrivals - departures, population, 1_000.0, 100.0),
            Measure::InternationalShare => ratio(self.international.number(sex, age), arrivals, 100.0, 10.0),
            Measure::ForeignShare => ratio(self.foreign.number(sex, age), arrivals, 100.0, 10.0),
            Measure::WorkingAgeShare => {
                let working: f64 = (2..=5).map(|age| self.arrivals.number(sex, age)).sum();
                ratio(working, arrivals, 100.0, 10.0)
            }
            Measure::SexRatio => ratio(self.arrivals.number(1, age), self.arrivals.number(2, age), 100.0, 10.0),
            Measure::Effectiveness => ratio(arrivals - departures, arrivals + departures, 100.0, 10.0),
        }
    }
}

/// `part / whole * times`, rounded to one in `steps`.
fn ratio(part: f64, whole: f64, times: f64, steps: f64) -> Option<f64> {
    (whole > 0.0).then(|| (part / whole * times * steps).round() / steps)
}
