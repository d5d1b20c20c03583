//! Which withheld cells of one table the sums of another tell, where both add up to the same areas.
//!
//! ```text
//! regions R = 30, districts A = 10, B withheld (both in R): B is R less A
//! ```

use super::{
    over_codes::text,
    refusal::Refusal,
    sum::{Sum, joined, tells},
    unprotected::{UnprotectedColumn, UnprotectedTable, is_withheld},
};
use choro_model::AreaCode;

/// Tables of one indicator and period that add up to the same areas.
#[derive(Debug, Clone)]
pub struct CommonSums {
    /// How many areas they add up to.
    pub areas: usize,
    /// The tables.
    pub addends: Vec<Addends>,
}

/// How the areas of a table add up to others.
#[derive(Debug, Clone)]
pub struct Addends {
    /// Which table of the group.
    pub table: usize,
    /// For each of its areas the row of the area that it is part of, if it is part of any.
    pub part_of: Vec<Option<usize>>,
}

/// Refuses tables of different sets whose sums by the same areas are equal and tell a withheld cell.
pub(super) fn check(tables: &[UnprotectedTable<'_>], common: &CommonSums) -> Result<(), Refusal> {
    let sides: Vec<Side<'_>> = common.addends.iter().filter_map(|addends| Side::of(tables, addends, common.areas)).collect();
    for (index, left) in sides.iter().enumerate() {
        for right in sides.iter().skip(index + 1).filter(|right| right.table.set != left.table.set) {
            compare(left, right)?;
        }
    }
    Ok(())
}

/// One side of the equations: a table, and for each area above the rows that add up to it.
struct Side<'a> {
    table: &'a UnprotectedTable<'a>,
    rows: Vec<Vec<usize>>,
}

impl<'a> Side<'a> {
    fn of(tables: &'a [UnprotectedTable<'a>], addends: &Addends, areas: usize) -> Option<Self> {
        let mut rows = vec![Vec::new(); areas];
        for (row, above) in addends.part_of.iter().enumerate() {
            above.and_then(|above| rows.get_mut(above)).into_iter().for_each(|rows| rows.push(row));
        }
        Some(Self { table: tables.get(addends.table)?, rows })
    }

    /// The codes of the areas whose cells are withheld.
    fn hidden<'s>(&'s self, column: &'s UnprotectedColumn, rows: &'s [usize]) -> impl Iterator<Item = &'s str> {
        let hidden = |row: &&usize| column.cell(**row).is_some_and(is_withheld);
        rows.iter().filter(hidden).map(|row| self.table.area(*row))
    }

    /// `areas 2013 A + B`.
    fn text(&self, rows: &[usize]) -> String {
        let names = rows.iter().filter_map(|row| self.table.areas.get(*row)).map(AreaCode::to_string);
        format!("{} {} {}", self.table.set, self.table.vintage, joined(names))
    }
}

fn compare(left: &Side<'_>, right: &Side<'_>) -> Result<(), Refusal> {
    let (indicator, period) = (left.table.indicator, left.table.period);
    let mut told = Vec::new();
    for a in &left.table.columns {
        let Some(b) = right.table.columns.iter().find(|b| b.codes == a.codes) else { continue };
        for (of_left, of_right) in left.rows.iter().zip(&right.rows) {
            let nothing = of_left.is_empty() || of_right.is_empty();
            if !nothing && tells(sum(a, of_left), sum(b, of_right), indicator) {
                let hidden: Vec<_> = left.hidden(a, of_left).chain(right.hidden(b, of_right)).collect();
                let codes = if a.codes.is_empty() { String::new() } else { format!(" {}", text(&a.codes)) };
                told.push(format!("{}{codes} by {} = {}", hidden.join(", "), left.text(of_left), right.text(of_right)));
            }
        }
    }
    if told.is_empty() { Ok(()) } else { Err(Refusal::told(indicator, period, &told)) }
}

fn sum(column: &UnprotectedColumn, rows: &[usize]) -> Sum {
    rows.iter().filter_map(|row| column.cell(*row)).collect()
}
