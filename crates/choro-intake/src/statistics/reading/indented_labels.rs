//! Labels that are indented to show a hierarchy.
//!
//! The labels A, two blanks and B, two blanks and C say that A is the total of B and C, and that B and C stand under A.

use super::layout::Layout;
use crate::statistics::{comparison::comparison_key, file::table::CellTable, mapping::Indent};

/// Deepest hierarchy.
const MAX_DEPTH: usize = 64;

/// The rows above, by their depth.
pub(crate) struct IndentedLabels {
    totals: bool,
    parent: bool,
    /// Blanks and label, each deeper than the one before.
    above: Vec<(usize, String)>,
    /// A row, and the next row with another label. It is the next one for all rows between too, so each row is looked at once.
    below: Option<(usize, usize)>,
}

impl IndentedLabels {
    pub(crate) fn new(rules: &[Indent]) -> Self {
        let (totals, parent) = (rules.contains(&Indent::Totals), rules.contains(&Indent::Parent));
        Self { totals, parent, above: Vec::new(), below: None }
    }

    /// Whether deeper rows stand below a row. Rows that repeat its label, as in a long table, count as the row itself.
    pub(crate) fn is_total(&mut self, table: &CellTable, layout: &Layout, row: usize) -> bool {
        if !self.totals {
            return false;
        }
        let next = match self.below {
            Some((from, next)) if (from..next).contains(&row) => next,
            _ => Self::next(table, layout, row),
        };
        self.below = Some((row, next));
        next < layout.end_row && layout.depth(table, next) > layout.depth(table, row)
    }

    /// The next row of data with another label; the end where there is none.
    fn next(table: &CellTable, layout: &Layout, row: usize) -> usize {
        let label = |row: usize| comparison_key(&layout.label(table, row, &mut Vec::new()));
        let own = label(row);
        let mut below = (row + 1..layout.end_row).filter(|row| layout.keeps(table, *row));
        below.find(|row| !matches!(label(*row), text if text.is_empty() || text == own)).unwrap_or(layout.end_row)
    }

    /// The label of a row, with that of its parent before it if the mapping asks for that. Rows must come in order.
    pub(crate) fn enter(&mut self, table: &CellTable, layout: &Layout, row: usize, label: String) -> String {
        if !self.parent {
            return label;
        }
        let depth = layout.depth(table, row);
        self.above.retain(|(above, _)| *above < depth);
        let full = self.above.last().map_or_else(|| label.clone(), |(_, parent)| format!("{parent}+{}", label.trim_start()));
        if self.above.len() < MAX_DEPTH {
            self.above.push((depth, comparison_key(&label)));
        }
        full
    }
}
