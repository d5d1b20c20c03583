//! Cells and blocks of cells by their place in a sheet.

use super::super::column_letters;
use std::fmt;

/// A cell, row and column from 0. Shown as spreadsheets do: `B4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPlace {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

impl CellPlace {
    /// Most rows and columns of a sheet.
    pub const END: Self = Self { row: 1 << 20, column: 1 << 14 };

    /// Reads `B4`, or `$B$4`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('$');
        let at = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let (letters, number) = text.split_at_checked(at)?;
        let column = u32::try_from(column_letters::to_index(&letters.to_ascii_uppercase())?).ok()?;
        let row = number.trim_start_matches('$').parse::<u32>().ok()?.checked_sub(1)?;
        (row < Self::END.row && column < Self::END.column).then_some(Self { row, column })
    }
}

impl fmt::Display for CellPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters::of_index(self.column as usize), u64::from(self.row) + 1)
    }
}

/// A block of cells, from its first to its last cell. Shown as `B4:C5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellBlock {
    /// The cell at its upper left.
    pub first: CellPlace,
    /// The cell at its lower right.
    pub last: CellPlace,
}

impl CellBlock {
    /// Reads `B4:C5`, or a single cell.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some(Self { first: CellPlace::parse(first)?, last: CellPlace::parse(last)? })
    }

    /// Some rows and columns from a cell on, at least one each.
    pub fn sized(first: CellPlace, rows: u32, columns: u32) -> Self {
        let last = |start: u32, count: u32| start.saturating_add(count.saturating_sub(1));
        Self { first, last: CellPlace { row: last(first.row, rows), column: last(first.column, columns) } }
    }

    /// Whether a sheet can have it.
    pub fn is_within_sheet(&self) -> bool {
        let Self { first, last } = self;
        first.row <= last.row
            && first.column <= last.column
            && last.row < CellPlace::END.row
            && last.column < CellPlace::END.column
    }

    /// Whether it is more than one cell.
    pub fn is_large(&self) -> bool {
        self.first != self.last
    }
}

impl fmt::Display for CellBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_shown_as_spreadsheets_do() {
        for (text, place) in [
            ("A1", Some((0, 0))),
            ("$B$4", Some((3, 1))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("A1048577", None),
            ("XFE1", None),
            ("4", None),
            ("", None),
        ] {
            let place = place.map(|(row, column)| CellPlace { row, column });
            assert_eq!(CellPlace::parse(text), place, "{text}");
            if let Some(place) = place {
                assert_eq!(place.to_string(), text.replace('$', ""));
            }
        }
        assert_eq!(CellBlock::parse("B4:C5").unwrap().to_string(), "B4:C5");
        assert!(!CellBlock::parse("B4").unwrap().is_large());
        assert!(
            CellBlock::parse("B4:C5").unwrap().is_within_sheet() && !CellBlock::parse("C5:B4").unwrap().is_within_sheet()
        );
    }
}
