//! Two columns of figures compared: whether one is a thousand times the other, as a whole or in some areas.

use choro_model::{Indicator, Kind, Period};

/// How much more is about a thousand times as much, as powers of ten: 500 to 2,000 times.
const THOUSAND: std::ops::RangeInclusive<f64> = 2.7..=3.3;
/// Areas that must be compared, so that a median says something.
const FEW: usize = 3;
/// Where a count as a whole is compared, the larger of two figures must be as large, so that the smaller one can be a thousandth.
const LEAST_LARGER: f32 = 1000.0;
/// The smaller of two figures of one area must be as large: fewer persons may well become thousands.
const LEAST_SMALLER: f32 = 20.0;
/// How much two periods may differ in most areas, as powers of ten, so that one area can be told to differ from the rest.
const STEADY: f64 = 0.5;

/// The figures of one column, by area.
#[derive(Debug, Clone)]
pub struct Figures(Vec<f32>);

impl Figures {
    /// None for any of so many areas.
    pub fn none(areas: usize) -> Self {
        Self(vec![f32::NAN; areas])
    }

    /// Sets that of an area.
    pub fn set(&mut self, area: usize, number: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "only how large it is is compared")]
        let number = number as f32;
        self.0.iter_mut().skip(area).take(1).for_each(|figure| *figure = number);
    }
}

/// Two figures of one area, of which one is a thousand times the other.
#[derive(Debug, Clone, PartialEq)]
pub struct ThousandfoldPair {
    /// The index of the area.
    pub area: usize,
    /// Its figure.
    pub value: f32,
    /// The other period, its figure, and whether that is stored.
    pub other: Period,
    /// See `other`.
    pub other_value: f32,
    /// See `other`.
    pub is_stored: bool,
    /// How many areas were compared, if most of them are like this one; else 1.
    pub areas: usize,
}

/// One area in both columns.
#[derive(Clone, Copy)]
struct Compared {
    area: usize,
    values: (f32, f32),
    /// How many powers of ten the first is more than the second.
    powers: f64,
}

/// The figures of a column that are a thousand times those of others, or a thousandth. A column as a whole is named once; an area is
/// named if it differs so from all the others. The others are their period, whether they are stored, and their figures.
pub fn compare(own: &Figures, others: &[(Period, bool, &Figures)], indicator: &Indicator) -> Vec<ThousandfoldPair> {
    let compared: Vec<Vec<Compared>> = others.iter().map(|(_, _, figures)| areas(own, figures)).collect();
    for (other, areas) in others.iter().zip(&compared) {
        let large: Vec<Compared> = areas.iter().copied().filter(|area| area.is_large(indicator)).collect();
        let is_thousandfold = median(&large).is_some_and(|median| THOUSAND.contains(&median.abs()));
        let example = large.iter().find(|area| THOUSAND.contains(&area.powers.abs()));
        if let Some(example) = example.filter(|_| is_thousandfold && large.len() >= FEW) {
            return vec![example.pair(other, large.len())];
        }
    }
    if indicator.kind != Kind::Count || indicator.diverging {
        return Vec::new();
    }
    let (Some(other), Some(first)) = (others.first(), compared.first()) else { return Vec::new() };
    let odd: Vec<Vec<usize>> = compared.iter().map(|areas| areas_that_differ(areas, others.len())).collect();
    let all = first.iter().filter(|area| odd.iter().all(|odd| odd.contains(&area.area)));
    all.map(|area| area.pair(other, 1)).collect()
}

/// The areas that have both figures, and neither of them zero.
fn areas(own: &Figures, other: &Figures) -> Vec<Compared> {
    let compared = own.0.iter().zip(&other.0).enumerate().map(|(area, (own, other))| Compared {
        area,
        values: (*own, *other),
        powers: f64::from(own.abs()).log10() - f64::from(other.abs()).log10(),
    });
    compared.filter(|area| area.powers.is_finite()).collect()
}

/// The areas that differ from the rest by a thousand, by index. Where there are too few areas, each must differ so from two periods.
fn areas_that_differ(areas: &[Compared], periods: usize) -> Vec<usize> {
    let usual = match median(areas) {
        Some(median) if areas.len() >= FEW && median.abs() <= STEADY => median,
        Some(_) if areas.len() < FEW && periods > 1 => 0.0,
        _ => return Vec::new(),
    };
    let differs = |area: &&Compared| {
        let smaller = area.values.0.abs().min(area.values.1.abs());
        THOUSAND.contains(&(area.powers - usual).abs()) && smaller >= LEAST_SMALLER
    };
    areas.iter().filter(differs).map(|area| area.area).collect()
}

fn median(areas: &[Compared]) -> Option<f64> {
    let mut powers: Vec<f64> = areas.iter().map(|area| area.powers).collect();
    powers.sort_by(f64::total_cmp);
    powers.get(powers.len() / 2).copied()
}

impl Compared {
    fn is_large(&self, indicator: &Indicator) -> bool {
        indicator.kind != Kind::Count || self.values.0.abs().max(self.values.1.abs()) >= LEAST_LARGER
    }

    fn pair(&self, (other, is_stored, _): &(Period, bool, &Figures), areas: usize) -> ThousandfoldPair {
        let (value, other_value) = self.values;
        ThousandfoldPair { area: self.area, value, other: *other, other_value, is_stored: *is_stored, areas }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::tests::indicators;

    fn figures(list: &[f64]) -> Figures {
        let mut figures = Figures::none(list.len());
        list.iter().enumerate().filter(|(_, number)| !number.is_nan()).for_each(|(n, number)| figures.set(n, *number));
        figures
    }

    /// The areas that are named when a column of counts is compared with others, and how many are like each.
    fn named(own: &[f64], others: &[&[f64]], change: impl FnOnce(&mut Indicator)) -> Vec<(usize, usize)> {
        let others: Vec<Figures> = others.iter().map(|list| figures(list)).collect();
        let year = |n: usize| Period::year(2000 + u16::try_from(n).unwrap()).unwrap();
        let others: Vec<(Period, bool, &Figures)> =
            others.iter().enumerate().map(|(n, list)| (year(n), false, list)).collect();
        let mut indicator = indicators().into_iter().find(|i| i.kind == Kind::Count).unwrap();
        change(&mut indicator);
        compare(&figures(own), &others, &indicator).iter().map(|pair| (pair.area, pair.areas)).collect()
    }

    #[test]
    fn a_column_or_a_cell_of_a_thousand_times_as_much_is_named() {
        let before: &[f64] = &[410.0, 95.0, 234.0, 77.0];
        let thousands: Vec<f64> = before.iter().map(|number| number * 1030.0).collect();
        assert_eq!(named(&thousands, &[before], |_| {}), [(0, 4)]);
        assert_eq!(named(before, &[&thousands], |_| {}), [(0, 4)]);
        assert_eq!(named(&[420.0, 118_000.0, 241.0, 80.0], &[before], |_| {}), [(1, 1)]);
        assert_eq!(named(&[420_000.0], &[&[410.0], &[430.0]], |_| {}), [(0, 1)]);
        let large: &[f64] = &[41_000.0, 9_500.0, 23_400.0, 7_700.0];
        assert_eq!(named(&[42_000.0, 9_700_000.0, 24_000.0, 7_800.0], &[large], |_| {}), [(1, 1)]);
        assert_eq!(named(&[42.0, 9_700.0, 24_000.0, 7_800.0], &[large], |_| {}), [(0, 1)]);
        assert_eq!(named(&[42_000.0, 9_700_000.0, 24_000.0, 7_800.0], &[large, large], |_| {}), [(1, 1)]);
        let rates: &[f64] = &[12.5, 3.1, 8.0, 4.4];
        let parts: Vec<f64> = rates.iter().map(|rate| rate / 1000.0).collect();
        assert_eq!(named(rates, &[&parts], |i| i.kind = Kind::Rate), [(0, 4)]);
    }

    #[test]
    fn what_may_be_no_mishap_is_not_named() {
        let large: &[f64] = &[41_000.0, 9_500.0, 23_400.0, 7_700.0];
        for (own, others) in [
            // A hundredfold is another matter.
            (&[4_100_000.0, 950_000.0, 2_340_000.0, 770_000.0][..], &[large][..]),
            // A camp is opened where a dozen persons lived.
            (&[42_000.0, 9_700.0, 24_000.0, 12_000.0], &[&[41_000.0, 9_500.0, 23_400.0, 12.0]]),
            // It was a thousandfold the year before too.
            (&[42_000.0, 9_700_000.0, 24_000.0, 7_800.0], &[large, &[41_000.0, 9_600_000.0, 23_400.0, 7_700.0]]),
            (&[0.0, 0.0, f64::NAN, 5.0], &[large]),
            (&[1.0, 2.0, 3.0, 4.0], &[&[900.0, 990.0, 800.0, 700.0]]),
            (&[420_000.0], &[&[410.0]]),
        ] {
            assert_eq!(named(own, others, |_| {}), [] as [(usize, usize); 0], "{own:?}");
        }
        let balance = |i: &mut Indicator| i.diverging = true;
        assert_eq!(named(&[42_000.0, -9_700_000.0, 24_000.0, 7_800.0], &[large], balance), [] as [(usize, usize); 0]);
    }
}
