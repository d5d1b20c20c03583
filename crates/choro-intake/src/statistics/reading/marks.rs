//! Marks that stand for no value.
//!
//! Offices disagree about most of them: a dash is "nil" with one and "not available" with the next. So a mark is understood without
//! a declaration only if nobody disputes what it means. docs/mappings.md has the table.

use super::{
    footnotes::Footnotes,
    not_a_value::{PercentSign, not_a_value},
    reject::UnplacedReject,
};
use crate::statistics::{
    comparison::comparison_key,
    file::table::CellContent,
    mapping::MarksMapping,
    number::{self, Convention, NumberError},
    number_fault,
};
use choro_model::{Cell, ObsStatus, State};
use rustc_hash::FxHashMap;

/// The marks of a missing value that need no declaration: an empty cell, the ellipsis in its three spellings, Eurostat's
/// colon, SDMX's NaN, and what spreadsheets and R write for "not available".
pub const MISSING: [&str; 8] = ["", "…", "...", "....", ":", "NaN", "NA", "#N/A"];

/// The marks of a file and what each means, by their comparison keys.
pub(crate) struct Marks {
    cells: FxHashMap<String, Cell>,
    convention: Convention,
    footnotes: Footnotes,
}

impl Marks {
    /// The declared marks; a mark of two meanings is an error that names it.
    pub(crate) fn new(marks: &MarksMapping, convention: Convention) -> Result<Self, String> {
        let default: Vec<String> = MISSING.iter().map(|mark| (*mark).to_owned()).collect();
        let meanings = [
            (marks.missing.as_ref().unwrap_or(&default), Cell::State(State::Missing)),
            (&marks.secrecy, Cell::State(State::Secrecy)),
            (&marks.invalid, Cell::State(State::Invalid)),
            (&marks.zero, Cell::Value(0.0)),
        ];
        let mut cells = FxHashMap::default();
        for (mark, cell) in meanings.iter().flat_map(|(marks, cell)| marks.iter().map(move |mark| (mark, *cell))) {
            // A declaration takes a mark away from the default ones.
            let is_default =
                marks.missing.is_none() && cells.get(&comparison_key(mark)) == Some(&Cell::State(State::Missing));
            if cells.insert(comparison_key(mark), cell).is_some_and(|before| before != cell && !is_default) {
                return Err(format!("mark {mark:?} has two meanings: name it once"));
            }
        }
        Ok(Self { cells, convention, footnotes: Footnotes::new(&marks.footnotes)? })
    }

    /// A cell as a value or a state, with the flag that a footnote gives it.
    pub(crate) fn read(
        &mut self,
        value: CellContent<'_>,
        percent: PercentSign,
    ) -> Result<(Cell, Option<ObsStatus>), UnplacedReject> {
        match value {
            CellContent::Number(number) => Cell::value(number).map(|cell| (cell, None)).ok_or_else(|| {
                UnplacedReject::new("value", &number.to_string(), "value.not_finite", "correct the cell or leave it empty")
            }),
            CellContent::Empty => self.text("").map(|cell| (cell, None)).map_err(|error| self.reject("", error, percent)),
            CellContent::Text(text) => match self.value(text, percent) {
                Ok(cell) => Ok((cell, None)),
                Err(error) if percent == PercentSign::Wrong && number_fault::percentage(text).is_some() => {
                    Err(self.reject(text, error, percent))
                }
                Err(error) => self.beside(text, error, percent),
            },
        }
    }

    /// Whether a cell holds something that is neither a number nor a mark.
    pub(crate) fn is_foreign(&self, value: CellContent<'_>) -> bool {
        matches!(value, CellContent::Text(text) if !text.trim().is_empty() && self.text(text).is_err())
    }

    /// A number or mark with footnote signs behind it. `error` is why it is none with them.
    fn beside(
        &mut self,
        text: &str,
        error: NumberError,
        percent: PercentSign,
    ) -> Result<(Cell, Option<ObsStatus>), UnplacedReject> {
        let split = self.footnotes.split(text);
        let split = split.and_then(|(rest, signs)| Some((self.value(rest, percent).ok()?, signs)));
        let Some((cell, signs)) = split else { return Err(self.reject(text, error, percent)) };
        let (mut cell, mut flag) = (cell, None);
        for meaning in self.footnotes.count_numbers(&signs) {
            let (next, status) = meaning.apply(cell, text)?;
            (cell, flag) = (next, status.or(flag));
        }
        Ok((cell, flag))
    }

    /// A label's key without footnote signs, which are counted.
    pub(crate) fn without_footnotes(&mut self, key: &str) -> String {
        self.footnotes.drop_from_label(key)
    }

    /// A label's key without footnote signs, which are not counted.
    pub(crate) fn bare(&self, key: &str) -> String {
        self.footnotes.bare_label(key).to_owned()
    }

    /// The footnote signs that were met, for the report.
    pub(crate) fn footnotes_met(&self) -> Vec<String> {
        self.footnotes.met()
    }

    /// A number or mark, or a percentage where the figures are in percent.
    fn value(&self, text: &str, percent: PercentSign) -> Result<Cell, NumberError> {
        self.text(text).or_else(|error| match number_fault::percentage(text) {
            Some(bare) if percent == PercentSign::Fits => self.text(bare),
            _ => Err(error),
        })
    }

    fn text(&self, text: &str) -> Result<Cell, NumberError> {
        // Most cells are plain numbers: they need no key.
        let parsed = number::parse(text, self.convention);
        if let Ok(number) = parsed {
            return Ok(self.cells.get(text.trim()).copied().unwrap_or(Cell::Value(number)));
        }
        if let Some(cell) = self.cells.get(&comparison_key(text)) {
            return Ok(*cell);
        }
        parsed.map(Cell::Value)
    }

    fn reject(&self, text: &str, error: NumberError, percent: PercentSign) -> UnplacedReject {
        let (code, remedy) = not_a_value(text, error, self.convention, percent);
        UnplacedReject::new("value", text, code, remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Result<Marks, String> {
        Marks::new(&toml::from_str(text).unwrap(), Convention::COMMA)
    }

    #[test]
    fn disputed_marks_are_refused_until_declared() {
        let mut undeclared = marks("").unwrap();
        for mark in ["-", "–", "x", ".", "c"] {
            assert_eq!(
                undeclared.read(CellContent::Text(mark), PercentSign::Wrong).unwrap_err().code,
                "value.undeclared_mark",
                "{mark}"
            );
        }
        let mut declared = marks("zero = ['-', '–']\ninvalid = ['x']\nsecrecy = ['c', ':']\n").unwrap();
        for (mark, cell) in [
            ("-", Cell::Value(0.0)),
            (" – ", Cell::Value(0.0)),
            ("x", Cell::State(State::Invalid)),
            ("c", Cell::State(State::Secrecy)),
            (":", Cell::State(State::Secrecy)),
            ("…", Cell::State(State::Missing)),
            ("  ", Cell::State(State::Missing)),
            ("-1,5", Cell::Value(-1.5)),
        ] {
            assert_eq!(declared.read(CellContent::Text(mark), PercentSign::Wrong).unwrap(), (cell, None), "{mark:?}");
        }
    }

    #[test]
    fn a_number_may_be_a_mark_and_no_mark_has_two_meanings() {
        let mut nines = marks("missing = ['-999']").unwrap();
        assert_eq!(nines.read(CellContent::Text("-999"), PercentSign::Wrong).unwrap(), (Cell::State(State::Missing), None));
        assert_eq!(nines.read(CellContent::Empty, PercentSign::Wrong).unwrap_err().code, "value.empty");
        assert!(marks("missing = ['-']\nzero = ['-']").is_err());
        assert!(marks("secrecy = ['-']\nzero = ['-']").is_err());
    }

    #[test]
    fn a_percentage_is_a_value_of_a_share_and_of_no_count() {
        let mut plain = marks("").unwrap();
        let mut declared = marks("footnotes = { '%' = '', '-' = '', ')' = '' }").unwrap();
        for (text, percent, expected) in [
            ("12,5%", PercentSign::Fits, Ok(12.5)),
            ("+5 %", PercentSign::Fits, Ok(5.0)),
            ("12,5%", PercentSign::Wrong, Err("value.percent")),
            ("12,5%", PercentSign::Unknown, Err("value.percent")),
            ("%", PercentSign::Fits, Err("value.undeclared_mark")),
        ] {
            let read = plain.read(CellContent::Text(text), percent);
            assert_eq!(read.map(|(cell, _)| cell.number().unwrap()).map_err(|reject| reject.code), expected, "{text}");
        }
        for (text, percent, expected) in [
            ("12,5%", PercentSign::Unknown, Ok(12.5)),
            ("12,5%", PercentSign::Wrong, Err("value.percent")),
            // No declaration of footnotes turns a sign round.
            ("12-", PercentSign::Unknown, Err("value.minus_behind")),
            ("12 -", PercentSign::Unknown, Err("value.minus_behind")),
            ("(410)", PercentSign::Unknown, Err("value.brackets")),
        ] {
            let read = declared.read(CellContent::Text(text), percent);
            assert_eq!(read.map(|(cell, _)| cell.number().unwrap()).map_err(|reject| reject.code), expected, "{text}");
        }
    }
}
