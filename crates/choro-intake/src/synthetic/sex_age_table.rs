//! A count by sex and age, with its totals: whole numbers, so that sums are exact.

use super::chance;

/// Codes of the dimension `sex`, the total first.
pub const SEX: [&str; 3] = ["_T", "M", "F"];
/// Codes of the dimension `age`, the total first.
pub const AGE: [&str; 7] = ["_T", "Y0T14", "Y15T24", "Y25T34", "Y35T54", "Y55T64", "Y_GE65"];

/// `[sex][age]`; row 0 and column 0 are totals.
pub type SexAgeTable = [[u32; 7]; 3];
/// Which cells of a [`SexAgeTable`] are withheld.
pub type SexAgeMask = [[bool; 7]; 3];

/// Shares of men and of age groups, in per cent of the whole: inhabitants, migrants, migrants from abroad.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    men: f64,
    ages: [f64; 6],
}

/// Of the inhabitants.
pub const RESIDENTS: Profile = Profile { men: 46.5, ages: [18.5, 11.0, 13.5, 29.0, 13.0, 15.0] };
/// Of movers within a country: the young move.
pub const MOVERS: Profile = Profile { men: 48.5, ages: [14.0, 30.0, 24.0, 22.0, 6.5, 3.5] };
/// Of those who come from abroad.
pub const FROM_ABROAD: Profile = Profile { men: 60.0, ages: [9.0, 24.0, 31.0, 28.0, 6.0, 2.0] };

/// Spreads `whole` persons over sex and age. Each area bends the profile in its own way. Every inner cell is rounded, and the totals
/// are the sums of the rounded cells.
pub fn spread(whole: f64, profile: &Profile, code: &str, purpose: &str) -> SexAgeTable {
    let men = profile.men + chance::between(code, &format!("{purpose} men"), -3.0, 3.0);
    let bent: Vec<f64> = profile
        .ages
        .iter()
        .zip(AGE.iter().skip(1))
        .map(|(share, age)| share * chance::between(code, &format!("{purpose} {age}"), 0.8, 1.2))
        .collect();
    let all: f64 = bent.iter().sum();
    let mut table = SexAgeTable::default();
    for (age, share) in bent.iter().enumerate() {
        let persons = whole.max(0.0) * share / all;
        table[1][age + 1] = (persons * men / 100.0).round() as u32;
        table[2][age + 1] = (persons * (100.0 - men) / 100.0).round() as u32;
    }
    with_totals(table)
}

/// Cell by cell: `a` and `b` together.
pub fn sum(a: &SexAgeTable, b: &SexAgeTable) -> SexAgeTable {
    map(|sex, age| a[sex][age] + b[sex][age])
}

/// Cell by cell: `whole` without `part`.
pub fn difference(whole: &SexAgeTable, part: &SexAgeTable) -> SexAgeTable {
    map(|sex, age| whole[sex][age].saturating_sub(part[sex][age]))
}

/// The share `part` of each inner cell, rounded down, with totals of its own.
pub fn part_of(table: &SexAgeTable, part: f64) -> SexAgeTable {
    with_totals(map(|sex, age| (f64::from(table[sex][age]) * part).floor() as u32))
}

fn map(mut cell: impl FnMut(usize, usize) -> u32) -> SexAgeTable {
    std::array::from_fn(|sex| std::array::from_fn(|age| cell(sex, age)))
}

fn with_totals(mut table: SexAgeTable) -> SexAgeTable {
    for row in &mut table[1..] {
        row[0] = row[1..].iter().sum();
    }
    let [total, men, women] = &mut table;
    for ((total, men), women) in total.iter_mut().zip(men).zip(women) {
        *total = *men + *women;
    }
    table
}
