//! The tables of a page, as sheets.

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::CellLook,
            number_format::NumberFormat,
            place::CellPlace,
            sheet_reading::{BookTraits, SheetReading},
        },
        sheets::{SheetEntry, SheetSource, Visibility},
        table::MAX_CELLS,
    },
    table::HtmlTable,
};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::collections::HashSet;

/// Most tables of a page, those within tables included.
const MAX_TABLES: usize = 10_000;

/// An open page.
#[derive(Debug)]
pub struct HtmlBook {
    tables: Vec<HtmlTable>,
    sheets: Vec<SheetEntry>,
}

/// The tables of a page while it is read.
#[derive(Default)]
struct Page {
    /// Those that have begun, in their order.
    tables: Vec<HtmlTable>,
    /// Those that have not ended, the innermost last.
    open: Vec<usize>,
    /// Whether a script or a style is read, which is no text.
    is_in_script: bool,
}

impl HtmlBook {
    /// Finds the tables of a page. A table within another is one by itself. What is laid out by a table is none: it has no two rows
    /// and columns.
    pub fn open(file: &str, text: &str) -> Result<Self, TableError> {
        let page = Page::read(file, text)?;
        let (large, small): (Vec<HtmlTable>, Vec<HtmlTable>) =
            page.tables.into_iter().filter(|table| table.is_at_least(1, 1)).partition(|table| table.is_at_least(2, 2));
        let tables = if large.is_empty() { small } else { large };
        if tables.is_empty() {
            return Err(TableError::Content {
                file: file.to_owned(),
                found: "is an HTML page without a table".to_owned(),
                remedy: "open it in a browser: what it shows may say why there is no table".to_owned(),
            });
        }
        let sheets = entries(&tables);
        Ok(Self { tables, sheets })
    }
}

/// The tables by their captions. One without, and one whose caption another has before it, is named by its number.
fn entries(tables: &[HtmlTable]) -> Vec<SheetEntry> {
    let mut taken = HashSet::new();
    let entry = |(index, table): (usize, &HtmlTable)| {
        let number = format!("table {}", index + 1);
        let name = match table.caption.as_str() {
            "" => number,
            caption if taken.insert(caption.to_owned()) => caption.to_owned(),
            caption => format!("{caption} ({number})"),
        };
        let visibility = if table.is_hidden { Visibility::Hidden } else { Visibility::Visible };
        SheetEntry { visibility, ..SheetEntry::visible(name) }
    };
    tables.iter().enumerate().map(entry).collect()
}

impl Page {
    fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let (mut page, mut cells) = (Self::default(), 0_usize);
        for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
            if let Token::StartTag(tag) = &token {
                cells += usize::from(matches!(tag.name.as_slice(), b"td" | b"th"));
            }
            page.token(token);
            if cells > MAX_CELLS || page.tables.len() > MAX_TABLES {
                let (place, limit) = ("the page".to_owned(), format!("{MAX_CELLS} cells or {MAX_TABLES} tables"));
                return Err(TableError::Limit { file: file.to_owned(), place, limit });
            }
        }
        page.tables.iter_mut().for_each(HtmlTable::finish);
        Ok(page)
    }

    fn token(&mut self, token: Token<()>) {
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"table" => {
                    self.open.push(self.tables.len());
                    self.tables.push(HtmlTable::new(&tag));
                }
                b"script" | b"style" => self.is_in_script = true,
                _ => {
                    if let Some(table) = self.innermost() {
                        table.start(&tag);
                    }
                }
            },
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"table" => _ = self.open.pop(),
                b"script" | b"style" => self.is_in_script = false,
                name => {
                    if let Some(table) = self.innermost() {
                        table.end(name);
                    }
                }
            },
            Token::String(text) if !self.is_in_script => {
                if let Some(table) = self.innermost() {
                    table.text(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }

    fn innermost(&mut self) -> Option<&mut HtmlTable> {
        self.tables.get_mut(*self.open.last()?)
    }
}

impl SheetSource for HtmlBook {
    fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    fn traits(&self) -> BookTraits {
        BookTraits::default()
    }

    fn read(&mut self, index: usize, sheet: &mut SheetReading<'_>) -> Result<(), TableError> {
        let Some(table) = self.tables.get(index) else { return Ok(()) };
        table.hidden_rows.iter().for_each(|row| sheet.hide_rows(*row, *row));
        for cell in &table.cells {
            let place = cell.block.first;
            if place.row >= CellPlace::END.row || place.column >= CellPlace::END.column {
                return Err(sheet.damaged(format!("there is no cell {place} in a sheet")));
            }
            sheet.merge(cell.block)?;
            sheet.runs(place, &cell.runs, &CellLook { format: NumberFormat::default(), text: cell.look })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::file::table::CellTable;

    /// The cells of a table by their places, and what is told of it.
    fn read(text: &str, index: usize) -> (Vec<String>, CellTable) {
        let mut book = HtmlBook::open("a.xls", text).unwrap();
        let name = book.sheets[index].name.clone();
        let mut sheet = SheetReading::new("a.xls", text.len(), &name, BookTraits::default());
        book.read(index, &mut sheet).unwrap();
        let table = sheet.finish().unwrap();
        let place = |row: usize, column: usize| {
            let text = table.get(row, column).to_string();
            let place = CellPlace { row: row as u32, column: column as u32 };
            (!text.is_empty()).then(|| format!("{place} {text}"))
        };
        let cells = (0..table.height()).flat_map(|row| (0..table.width()).filter_map(move |column| place(row, column)));
        (cells.collect(), table)
    }

    #[test]
    fn tags_that_are_left_out_are_made_up_for_and_blanks_are_as_a_browser_shows_them() {
        let page = "<!DOCTYPE html><style>td {x: '<td>'}</style><TABLE border=1><tr><th>Area<th>2014\n  a\
                    <tr><td>&nbsp;&nbsp;North &amp; <b>Isles</b><td align=right>1&nbsp;234<br>5</table>";
        assert_eq!(read(page, 0).0, ["A1 Area", "B1 2014 a", "A2 \u{a0}\u{a0}North & Isles", "B2 1\u{a0}234 5"]);
    }

    #[test]
    fn cells_that_span_several_push_the_others_aside() {
        let page = "<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c<td>d</tr><tr><td>e</table>";
        let (cells, table) = read(page, 0);
        assert_eq!(cells, ["A1 a", "B1 b", "B2 c", "C2 d", "A3 e"]);
        let merged: Vec<String> = table.findings.merged.iter().map(ToString::to_string).collect();
        assert_eq!(merged, ["A1:A2", "B1:C1"]);
    }

    #[test]
    fn what_is_superscript_struck_out_or_hidden_is_told() {
        let page = "<table><caption>Moves</caption><tr><td>x<td>234<sup>1</sup><tr style='display: none'><td>y<td><s>5</s>6</table>";
        let (cells, table) = read(page, 0);
        assert_eq!(cells, ["A1 x", "B1 234", "A2 y", "B2 6"]);
        assert_eq!(table.sheet.as_deref(), Some("Moves"));
        assert_eq!(table.findings.hidden_rows, [(1, 1)]);
        assert!(table.notes.iter().any(|note| note.contains("B1 \"1\"")), "{:?}", table.notes);
    }

    #[test]
    fn a_caption_ends_where_rows_begin_and_names_one_table() {
        let table = |caption: &str| format!("<table><caption>{caption}<tbody><tr><td>a<td>b<tr><td>c<td>d</table>");
        let book = HtmlBook::open("a.xls", &[table("Moves"), table("Moves"), table("")].concat()).unwrap();
        let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Moves", "Moves (table 2)", "table 3"]);
    }

    #[test]
    fn tables_that_only_lay_out_a_page_are_no_sheets() {
        let inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>";
        let book = HtmlBook::open("a.xls", &format!("<table><tr><td>menu<td>{inner}</table>{inner}")).unwrap();
        assert_eq!(book.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["table 1", "table 2"]);
        let error = HtmlBook::open("a.xls", "<html><p>Please log in").unwrap_err().to_string();
        assert!(error.contains("an HTML page without a table"), "{error}");
    }
}
