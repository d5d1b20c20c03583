//! The signs of a table's numbers: which convention reads most of them, and whether another would read them otherwise.

use crate::statistics::{
    file::table::{CellContent, CellTable},
    number::{Convention, parse},
};

/// The signs that are tried, decimal and between thousands; of two that read as many texts, those that stand first are taken.
const TRIED: [(char, Option<char>); 4] = [('.', None), (',', None), ('.', Some(',')), (',', Some('.'))];

/// How a table writes its numbers.
#[derive(Debug, Clone, Copy)]
pub struct NumberSigns {
    /// Before the fraction.
    pub decimal: char,
    /// Between thousands, blanks apart.
    pub thousands: Option<char>,
    /// Both, as numbers are read.
    pub convention: Convention,
}

impl NumberSigns {
    /// The signs by which most texts of the first `height` rows are numbers.
    pub fn of(table: &CellTable, height: usize, width: usize) -> Self {
        let point = Self { decimal: '.', thousands: None, convention: Convention::POINT };
        let tried = TRIED.into_iter().filter_map(|(decimal, thousands)| {
            Some(Self { decimal, thousands, convention: Convention::new(decimal, thousands).ok()? })
        });
        let read = |signs: &Self| count(table, height, width, signs.convention);
        // The first of the best: `max_by_key` would give the last.
        tried.rev().max_by_key(read).unwrap_or(point)
    }
}

fn count(table: &CellTable, height: usize, width: usize, convention: Convention) -> usize {
    let cells = (0..height).flat_map(|row| (0..width).map(move |column| table.get(row, column)));
    cells.filter(|cell| matches!(cell, CellContent::Text(text) if parse(text, convention).is_ok())).count()
}

/// Whether the decimal sign stands in a text before three digits, so that it may as well separate thousands: `12,345`.
/// `None`: the sign is not there.
pub fn may_be_thousands(text: &str, decimal: char) -> Option<bool> {
    let (whole, fraction) = text.trim().rsplit_once(decimal)?;
    let whole = whole.trim_start_matches(['-', '+', '−', '–']);
    let few = (1..=3).contains(&whole.len()) && whole.bytes().all(|b| b.is_ascii_digit()) && !whole.starts_with('0');
    Some(few && fraction.len() == 3 && fraction.bytes().all(|b| b.is_ascii_digit()))
}
