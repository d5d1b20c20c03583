//! From a table of texts to rows with known codes and valid weights.

use super::{
    check::{LinkRow, check},
    fault::{CorrespondenceError, Fault, Faults},
    links::{Change, Correspondence, Vintages},
};
use crate::{crosswalk::CrosswalkTable, id::AreaCode, nearest::nearest};
use std::collections::BTreeSet;

/// The columns; the first two must be there.
const COLUMNS: [&str; 5] = ["from", "to", "weight", "back", "kind"];
impl Correspondence {
    /// Reads a table with the columns `from` and `to` and, where they are known, `weight`, `back` and `kind`. Refuses it as a
    /// whole, with all that is wrong: unknown codes, weights that do not add up to 1, areas of either vintage that no row covers.
    pub fn parse(table: &CrosswalkTable, vintages: Vintages<'_>) -> Result<Self, CorrespondenceError> {
        let columns = ColumnPlaces::of(table)?;
        let mut faults = Vec::new();
        let mut rows = Vec::with_capacity(table.rows().len());
        for (index, cells) in table.rows().iter().enumerate() {
            let reader = RowReader { number: table.row_number(index), cells, columns: &columns };
            match reader.row(vintages) {
                Ok(row) => rows.push(row),
                Err(fault) => faults.push(fault),
            }
        }
        // Coverage and sums of a table whose rows are wrong would only repeat what is known.
        let checked = if faults.is_empty() { check(rows, vintages) } else { Err(faults) };
        checked.map_err(|list| Faults { place: table.place().to_owned(), list }.into())
    }
}

/// The places of the columns.
struct ColumnPlaces {
    from: usize,
    to: usize,
    weight: Option<usize>,
    back: Option<usize>,
    kind: Option<usize>,
}

impl ColumnPlaces {
    fn of(table: &CrosswalkTable) -> Result<Self, CorrespondenceError> {
        if let Some(stray) = table.headers().iter().find(|header| !COLUMNS.contains(&header.as_str())) {
            let hint = nearest(stray, COLUMNS).map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
            let column = stray.chars().take(80).collect();
            return Err(CorrespondenceError::Column { place: table.place().to_owned(), column, hint });
        }
        let optional =
            |name: &str| table.headers().iter().any(|header| header == name).then(|| table.column(name)).transpose();
        Ok(Self {
            from: table.column("from")?,
            to: table.column("to")?,
            weight: optional("weight")?,
            back: optional("back")?,
            kind: optional("kind")?,
        })
    }
}

struct RowReader<'a> {
    number: usize,
    cells: &'a [String],
    columns: &'a ColumnPlaces,
}

impl RowReader<'_> {
    fn row(&self, vintages: Vintages<'_>) -> Result<LinkRow, Fault> {
        let from = self.code("from", self.columns.from, vintages.from.as_str(), vintages.from_codes)?;
        let to = self.code("to", self.columns.to, vintages.to.as_str(), vintages.to_codes)?;
        let weight = self.weight("weight", self.columns.weight)?;
        let back = self.weight("back", self.columns.back)?;
        if from.is_none() && to.is_none() {
            return Err(self.fault("from", "both codes are empty".to_owned(), "give one of them, or remove the row"));
        }
        if (from.is_none() || to.is_none()) && (weight.is_some() || back.is_some()) {
            let reason = "an area without a partner has a weight".to_owned();
            return Err(self.fault("weight", reason, "leave weight and back empty, or give the other code"));
        }
        Ok(LinkRow { number: self.number, from, to, weight, back, change: self.change()? })
    }

    fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    fn code(
        &self,
        field: &'static str,
        column: usize,
        vintage: &str,
        known: &BTreeSet<AreaCode>,
    ) -> Result<Option<AreaCode>, Fault> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(code) = known.get(text) {
            return Ok(Some(code.clone()));
        }
        let shown: String = text.chars().take(80).collect();
        let remedy = match nearest(text, known.iter().map(AreaCode::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "correct the code, or give the vintages the other way round".to_owned(),
        };
        Err(self.fault(field, format!("vintage {vintage} has no area {shown:?}"), &remedy))
    }

    fn weight(&self, field: &'static str, column: Option<usize>) -> Result<Option<f64>, Fault> {
        let text = column.map_or("", |column| self.text(column));
        if text.is_empty() {
            return Ok(None);
        }
        // Plain decimals only: what else Rust reads as a number (inf, 1e-3, +1) is a slip in a table of parts.
        let plain = text.len() <= 32 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let number = text.parse::<f64>().ok().filter(|number| plain && (0.0..=1.0).contains(number));
        number.map(Some).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            self.fault(field, format!("{shown:?} is no part"), "give a decimal from 0 to 1 such as 0.25, or leave it empty")
        })
    }

    fn change(&self) -> Result<Option<Change>, Fault> {
        let text = self.columns.kind.map_or("", |column| self.text(column));
        if text.is_empty() {
            return Ok(None);
        }
        Change::parse(text).map(Some).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            let words = Change::ALL.map(Change::as_str);
            let hint = nearest(text, words).map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
            let remedy = format!("expected {} or nothing{hint}", words.join(", "));
            self.fault("kind", format!("{shown:?} is no kind of change"), &remedy)
        })
    }

    fn fault(&self, field: &'static str, reason: String, remedy: &str) -> Fault {
        Fault { row: self.number, field, reason, remedy: remedy.to_owned() }
    }
}
