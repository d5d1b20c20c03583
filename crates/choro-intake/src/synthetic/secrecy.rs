//! Which cells of a count by sex and age are withheld.
//!
//! Counts of 1 to 4 are. A sum whose other parts are known gives a single withheld part away, so a line of the table (one
//! sex over all ages, or one age over both sexes, each with its total) never has exactly one withheld cell: another goes
//! with it, the smallest that is not zero, a total only when there is nothing else. Zeros say that nobody is there and stay.
//! This protects the demo's figures from subtraction, and is no measure for real ones.

use super::sex_age_table::{SexAgeMask, SexAgeTable};

/// Counts from 1 to this are withheld.
pub const SMALL: u32 = 4;

/// A cell by sex and age.
type SexAndAge = (usize, usize);

/// The withheld cells of `table`.
pub fn withheld(table: &SexAgeTable) -> SexAgeMask {
    let mut mask: SexAgeMask = table.map(|row| row.map(|count| (1..=SMALL).contains(&count)));
    let lines: Vec<Vec<SexAndAge>> = (0..3)
        .map(|sex| (0..7).map(|age| (sex, age)).collect())
        .chain((0..7).map(|age| (0..3).map(|sex| (sex, age)).collect()))
        .collect();
    // Each round withholds one cell more, so there are at most 21.
    while let Some((sex, age)) = lines.iter().find_map(|line| companion(table, &mask, line)) {
        mask[sex][age] = true;
    }
    mask
}

/// The cell to withhold beside the only withheld one of a line.
fn companion(table: &SexAgeTable, mask: &SexAgeMask, line: &[SexAndAge]) -> Option<SexAndAge> {
    if line.iter().filter(|(sex, age)| mask[*sex][*age]).count() != 1 {
        return None;
    }
    let open = line.iter().filter(|(sex, age)| !mask[*sex][*age] && table[*sex][*age] > 0);
    // In its own line a total is one part of the sum among others, but the one that is missed most.
    open.min_by_key(|(sex, age)| {
        let totals = usize::from(*sex == 0) + usize::from(*age == 0);
        (totals, !partner_withheld(mask, *sex, *age), table[*sex][*age], *sex, *age)
    })
    .copied()
}

/// Whether the other sex of the same age is withheld: then this cell closes a rectangle and needs no further company.
fn partner_withheld(mask: &SexAgeMask, sex: usize, age: usize) -> bool {
    sex > 0 && mask[3 - sex][age]
}
