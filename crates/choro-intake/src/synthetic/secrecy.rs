//! Which cells of a count by sex and age are withheld.
//!
//! Counts of 1 to 4 are withheld. A sum and all of its other parts would tell a single withheld part. So no line of the table has
//! exactly one withheld cell; a line is one sex over all ages, or one age over both sexes, with its total. The smallest other cell
//! that is not zero is withheld too, and a total only if there is nothing else. Zeros say that nobody is there, and stay. This keeps
//! the demo's figures from subtraction, and is not enough for real ones.

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
    // A total is a cell of the line like the others, but the one that would be missed most.
    open.min_by_key(|(sex, age)| {
        let totals = usize::from(*sex == 0) + usize::from(*age == 0);
        (totals, !partner_withheld(mask, *sex, *age), table[*sex][*age], *sex, *age)
    })
    .copied()
}

/// Whether the other sex of the age is withheld. Then this cell closes a rectangle of withheld cells, and no other is needed.
fn partner_withheld(mask: &SexAgeMask, sex: usize, age: usize) -> bool {
    sex > 0 && mask[3 - sex][age]
}
