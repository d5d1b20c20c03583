//! Which sheets of a workbook are read.

use super::{
    error::TableError,
    options::SheetRef,
    sheets::{SheetEntry, Visibility},
};
use crate::statistics::comparison::fits_pattern;
use choro_model::nearest;

/// Most sheets of one import.
const MAX_SHEETS: usize = 200;
/// How many sheets a message names.
const NAMED: usize = 20;

/// The sheet that is wanted; else the first that is shown and holds cells.
pub fn choose(file: &str, sheets: &[SheetEntry], wanted: Option<&SheetRef>) -> Result<usize, TableError> {
    match wanted {
        None => first(file, sheets),
        Some(SheetRef::Number(number)) => by_number(file, sheets, *number),
        Some(SheetRef::Name(name)) => {
            let found = sheets.iter().position(|sheet| sheet.holds_cells && sheet.name.trim() == name.trim());
            found.ok_or_else(|| {
                let names = sheets.iter().filter(|sheet| sheet.holds_cells).map(|sheet| sheet.name.as_str());
                let hint = nearest(name, names).map(|near| format!("did you mean {near:?}? ")).unwrap_or_default();
                absent(file, sheets, &format!("{name:?}"), &hint)
            })
        }
    }
}

/// The sheets that are wanted, in the order of the workbook and none twice. A pattern takes none that are hidden.
pub fn choose_all(file: &str, sheets: &[SheetEntry], wanted: &[SheetRef]) -> Result<Vec<usize>, TableError> {
    let mut chosen = Vec::new();
    for wanted in wanted {
        match wanted {
            SheetRef::Name(pattern) if pattern.contains(['*', '?']) => {
                let fits = |sheet: &&SheetEntry| sheet.is_open() && fits_pattern(pattern, &sheet.name);
                let fitting = sheets.iter().enumerate().filter(|(_, sheet)| fits(sheet)).map(|(index, _)| index);
                let before = chosen.len();
                chosen.extend(fitting);
                if chosen.len() == before {
                    let (file, what) = (file.to_owned(), format!("no sheet fits {pattern:?}"));
                    return Err(TableError::Sheet { file, what, remedy: format!("it has {}", all(sheets)) });
                }
            }
            one => chosen.push(choose(file, sheets, Some(one))?),
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.len() > MAX_SHEETS {
        let place = format!("their number of {}", chosen.len());
        return Err(TableError::Limit { file: file.to_owned(), place, limit: format!("{MAX_SHEETS} sheets") });
    }
    Ok(chosen)
}

fn first(file: &str, sheets: &[SheetEntry]) -> Result<usize, TableError> {
    if let Some(index) = sheets.iter().position(SheetEntry::is_open) {
        return Ok(index);
    }
    if sheets.is_empty() {
        let reason = "it lists no sheet".to_owned();
        return Err(TableError::Damaged { file: file.to_owned(), place: "the workbook".to_owned(), reason });
    }
    let (what, remedy) =
        ("no sheet of cells is shown".to_owned(), format!("name the sheet in the mapping: it has {}", all(sheets)));
    Err(TableError::Sheet { file: file.to_owned(), what, remedy })
}

/// The sheet of a number. Whoever counts tabs does not count those that are hidden, so where that makes a difference, a name is asked
/// for.
fn by_number(file: &str, sheets: &[SheetEntry], number: u32) -> Result<usize, TableError> {
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let Some(index) = index.filter(|index| *index < sheets.len()) else {
        return Err(absent(file, sheets, &number.to_string(), ""));
    };
    if sheets.iter().take(index + 1).all(SheetEntry::is_open) {
        return Ok(index);
    }
    let what = format!("sheet {number} may be another one, since not all sheets before it are shown or hold cells");
    let remedy = format!("write the name of the sheet: it has {}", all(sheets));
    Err(TableError::Sheet { file: file.to_owned(), what, remedy })
}

fn absent(file: &str, sheets: &[SheetEntry], wanted: &str, hint: &str) -> TableError {
    let (what, remedy) = (format!("there is no sheet {wanted}"), format!("{hint}it has {}", all(sheets)));
    TableError::Sheet { file: file.to_owned(), what, remedy }
}

fn all(sheets: &[SheetEntry]) -> String {
    listed(&sheets.iter().collect::<Vec<_>>())
}

/// Sheets as messages name them.
pub fn listed(sheets: &[&SheetEntry]) -> String {
    let named = |sheet: &&&SheetEntry| {
        let is = match (sheet.holds_cells, sheet.visibility) {
            (false, _) => " (no sheet of cells)",
            (true, Visibility::Hidden) => " (hidden)",
            (true, Visibility::Visible) => "",
        };
        format!("{:?}{is}", sheet.name)
    };
    let names = sheets.iter().take(NAMED).map(|sheet| named(&sheet)).collect::<Vec<_>>().join(", ");
    if sheets.len() > NAMED { format!("{names} and {} more", sheets.len() - NAMED) } else { names }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets() -> Vec<SheetEntry> {
        let hidden = SheetEntry { visibility: Visibility::Hidden, ..SheetEntry::visible("old") };
        let chart = SheetEntry { holds_cells: false, ..SheetEntry::visible("Chart") };
        vec![SheetEntry::visible("A"), hidden, SheetEntry::visible("B"), chart]
    }

    #[test]
    fn hidden_sheets_are_taken_by_name_alone() {
        let choose = |wanted: Option<SheetRef>| choose("a.xlsx", &sheets(), wanted.as_ref()).map_err(|e| e.to_string());
        let name = |name: &str| Some(SheetRef::Name(name.to_owned()));
        assert_eq!(choose(None), Ok(0));
        assert_eq!(choose(name("old ")), Ok(1));
        assert_eq!(choose(Some(SheetRef::Number(1))), Ok(0));
        for number in [2, 3] {
            let message = choose(Some(SheetRef::Number(number))).unwrap_err();
            assert!(message.contains("write the name of the sheet: it has \"A\", \"old\" (hidden), \"B\""), "{message}");
        }
        assert!(choose(Some(SheetRef::Number(5))).unwrap_err().contains("there is no sheet 5"));
        assert!(choose(name("Chart")).unwrap_err().contains("\"Chart\" (no sheet of cells)"));
        let all = choose_all("a.xlsx", &sheets(), &[SheetRef::Name("*".to_owned()), SheetRef::Number(1)]);
        assert_eq!(all, Ok(vec![0, 2]));
        assert_eq!(super::choose("a.xlsx", &sheets()[1..], None), Ok(1));
        assert!(
            super::choose("a.xlsx", &sheets()[1..2], None).unwrap_err().to_string().contains("no sheet of cells is shown")
        );
    }
}
