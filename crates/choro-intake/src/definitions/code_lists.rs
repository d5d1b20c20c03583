//! Code lists as files: `code_lists/sex.csv` with the columns `code`, `parent`, `name_en`, `name_ru` and so on.

use crate::crosswalk_file;
use choro_model::{Code, CodeItem, CodeList, Lang, Names, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// Most codes of a list.
const MAX_CODES: usize = 100_000;

/// Parses a code list. `place` is its file, as messages name it. What is wrong comes back as text with its row.
pub(super) fn parse(id: &str, text: &str, place: &str) -> Result<CodeList, String> {
    let table = crosswalk_file::parse(text.as_bytes().to_vec(), place).map_err(|e| e.to_string())?;
    let columns = table.headers().iter().map(|header| CodeListColumn::of(header, place)).collect::<Result<Vec<_>, _>>()?;
    if columns.iter().filter(|column| **column == CodeListColumn::Code).count() != 1 {
        return Err(format!("{place}: expected one column \"code\", got {}", table.headers().join(", ")));
    }
    if table.rows().len() > MAX_CODES {
        return Err(format!("{place}: {} codes are more than a list may have ({MAX_CODES})", table.rows().len()));
    }
    let mut items = Vec::new();
    for (index, row) in table.rows().iter().enumerate() {
        items.push(item(&columns, row).map_err(|what| format!("{place}: row {}: {what}", table.row_number(index)))?);
    }
    check(&items).map_err(|what| format!("{place}: {what}"))?;
    Ok(CodeList { id: id.to_owned(), items })
}

#[derive(Debug, PartialEq, Eq)]
enum CodeListColumn {
    Code,
    Parent,
    Name(Lang),
}

impl CodeListColumn {
    fn of(header: &str, place: &str) -> Result<Self, String> {
        match (header, header.strip_prefix("name_")) {
            ("code", _) => Ok(Self::Code),
            ("parent", _) => Ok(Self::Parent),
            (_, Some(lang)) => Lang::new(lang).map(Self::Name).map_err(|e| format!("{place}: column {header:?}: {e}")),
            (_, None) => {
                let hint = nearest(header, ["code", "parent", "name_en", "name_ru"]);
                let hint = hint.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
                Err(format!("{place}: unknown column {header:?}: expected code, parent and name_LANG{hint}"))
            }
        }
    }
}

fn item(columns: &[CodeListColumn], row: &[String]) -> Result<CodeItem, String> {
    let (mut code, mut parent, mut names) = (None, None, BTreeMap::new());
    for (column, cell) in columns.iter().zip(row) {
        match (column, cell.trim()) {
            (CodeListColumn::Code, text) => code = Some(Code::new(text).map_err(|e| e.to_string())?),
            (_, "") => {}
            (CodeListColumn::Parent, text) => parent = Some(Code::new(text).map_err(|e| format!("parent: {e}"))?),
            (CodeListColumn::Name(lang), text) => drop(names.insert(lang.clone(), text.to_owned())),
        }
    }
    let code = code.ok_or_else(|| "no code".to_owned())?;
    Ok(CodeItem { code, name: Names(names), parent })
}

/// Codes are unique, parents exist, and nothing is its own ancestor.
fn check(items: &[CodeItem]) -> Result<(), String> {
    let mut parents = BTreeMap::new();
    for item in items {
        if parents.insert(&item.code, item.parent.as_ref()).is_some() {
            return Err(format!("code {} stands there twice: keep one", item.code));
        }
    }
    for item in items {
        let mut seen = BTreeSet::from([&item.code]);
        let mut above = item.parent.as_ref();
        while let Some(parent) = above {
            let Some(next) = parents.get(parent) else {
                return Err(format!(
                    "code {}: its parent {parent} is not in the list: add it or correct the parent",
                    item.code
                ));
            };
            if !seen.insert(parent) {
                return Err(format!("code {}: it is its own ancestor through {parent}: correct the parents", item.code));
            }
            above = *next;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_the_order_of_its_file_and_names_by_language() {
        let list = parse("sex", "code,parent,name_en,name_ru\n_T,,Total,Всего\nF,_T,Female,\n", "sex.csv").unwrap();
        assert_eq!(list.items.iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), ["_T", "F"]);
        assert_eq!(list.items[1].parent.as_ref().unwrap().as_str(), "_T");
        assert_eq!(list.items[1].name.0.len(), 1);
    }

    #[test]
    fn wrong_lists_are_refused_with_the_place() {
        for (text, expected) in [
            ("code,nam_en\nF,x\n", "did you mean \"name_en\"?"),
            ("parent\nF\n", "expected one column \"code\""),
            ("code\nF\nF\n", "twice"),
            ("code,parent\nF,_T\n", "not in the list"),
            ("code,parent\nA,B\nB,A\n", "own ancestor"),
            ("code\na b\n", "row 2"),
        ] {
            let message = parse("sex", text, "sex.csv").unwrap_err();
            assert!(message.contains(expected) && message.contains("sex.csv"), "{message}");
        }
    }
}
