//! Files of every format as tables of cells.

use super::{super::*, csv, fixture, real};

fn sheet(sheet: Option<SheetRef>) -> Result<CellTable, TableError> {
    file::read(&fixture("intake/sheets.xlsx"), &TableOptions { sheet, ..TableOptions::default() })
}

#[test]
fn a_sheet_keeps_numbers_typed_dates_as_text_and_its_own_row_numbers() {
    let table = sheet(Some(SheetRef::Name("Data".to_owned()))).unwrap();
    let cells = |row| (0..3).map(|column| table.get(row, column)).collect::<Vec<_>>();
    assert_eq!(cells(0), [CellContent::Empty; 3]);
    assert_eq!(cells(1), [CellContent::Text("Area"), CellContent::Number(2012.0), CellContent::Text("as of")]);
    assert_eq!(cells(3), [CellContent::Text("  North"), CellContent::Number(1.5), CellContent::Text("2014-07-01")]);
    assert_eq!(cells(4), [CellContent::Text("South"), CellContent::Text("TRUE"), CellContent::Text("#N/A")]);
}

#[test]
fn an_empty_or_absent_sheet_names_those_that_hold_data() {
    let empty = sheet(None).unwrap_err().to_string();
    assert!(empty.contains("\"Cover\" is empty") && empty.contains("data is in \"Data\", \"Corners\""), "{empty}");
    let absent = sheet(Some(SheetRef::Name("Dat".to_owned()))).unwrap_err().to_string();
    assert!(absent.contains("did you mean \"Data\"?"), "{absent}");
    assert!(sheet(Some(SheetRef::Number(4))).unwrap_err().to_string().contains("no sheet 4"));
}

#[test]
fn two_cells_in_opposite_corners_cost_two_cells() {
    let table = sheet(Some(SheetRef::Number(3))).unwrap();
    assert_eq!((table.height(), table.width()), (1_048_576, 16_384));
    assert_eq!(table.get(1_048_575, 16_383), CellContent::Text("y"));
}

#[test]
fn files_that_lie_are_named_for_what_they_are() {
    let xlsx = std::fs::read(fixture("intake/sheets.xlsx")).unwrap();
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing more".to_vec();
    let cases: [(&str, Vec<u8>, &str); 16] = [
        ("a.xml", b"<?xml version='1.0'?>\n<m:GenericData xmlns:m='http://www.sdmx.org/'>".to_vec(), "an SDMX-ML message"),
        (
            "a.json",
            b"{ \"$schema\": \"https://json.sdmx.org/2.0.0\"".to_vec(),
            "an SDMX-JSON message, not a table; download",
        ),
        ("a.csv", b"[\n {\"area\": \"01\"}]".to_vec(), "a JSON document"),
        ("a.xls", b"\n <HTML><table>".to_vec(), "an HTML page"),
        ("a.xls", b"<?xml version='1.0'?><Workbook>".to_vec(), "an XML document"),
        ("a.xls", b"area;2012\nNorth;1\n".to_vec(), "its content is plain text"),
        ("a.xls", xlsx.clone(), "rename it to end in .xlsx"),
        ("a.csv", xlsx.clone(), "a ZIP archive"),
        ("a.xlsx", b"PK\x03\x04 is not enough".to_vec(), "no readable workbook"),
        ("a.xlsx", xlsx[..xlsx.len() / 2].to_vec(), "no readable workbook"),
        ("a.xls", compound, "the XLS workbook"),
        ("a.csv", b"%PDF-1.7".to_vec(), "a PDF document, not a table; ask its publisher"),
        ("a.csv", b"\x1f\x8b\x08".to_vec(), "is gzip-compressed, not a table; unpack it"),
        ("a.xls", b"MIME-Version: 1.0\n".to_vec(), "a web archive (MHTML), not a table; open it in a spreadsheet program"),
        ("a.csv", b"a,b\0\x01\x02\n1,2\n".to_vec(), "binary"),
        ("a.csv", b" \n\n".to_vec(), "is empty"),
    ];
    for (name, bytes, expected) in cases {
        let message = file::parse(name, bytes, &TableOptions::default()).unwrap_err().to_string();
        assert!(message.starts_with(name) && message.contains(expected), "{message}");
    }
}

#[test]
fn a_workbook_cut_anywhere_is_an_error_and_never_a_panic() {
    let Some(path) = real("russia_stats/emiss_migration_rate_2012_2017.xls") else { return };
    let whole = std::fs::read(path).unwrap();
    let table = file::parse("a.xls", whole.clone(), &TableOptions::default()).unwrap();
    for cut in (8..whole.len()).step_by(whole.len() / 60) {
        // Only padding may be cut off without notice.
        let result = file::parse("a.xls", whole[..cut].to_vec(), &TableOptions::default());
        assert!(
            result.as_ref().map_or(true, |cut| *cut == table),
            "cut at {cut} of {}: {}",
            whole.len(),
            result.unwrap().height()
        );
    }
}

/// Found by the fuzz target: calamine went round in it and took memory until there was none.
#[test]
fn a_workbook_whose_sectors_form_a_circle_is_refused() {
    let whole = std::fs::read(fixture("intake/small.xls")).unwrap();
    let read = |bytes: &[u8]| file::parse("a.xls", bytes.to_vec(), &TableOptions::default());
    let table = read(&whole).unwrap();
    assert_eq!(table.get(1, 1), CellContent::Number(1.5));
    // [MS-CFB] 2.2: the first sector of the directory stands at byte 48; 2.3: the table of sectors begins with that at byte 76.
    let number = |at: usize| u32::from_le_bytes(whole[at..at + 4].try_into().unwrap());
    let at = 512 * (1 + number(76)) + 4 * number(48);
    let mut circle = whole.clone();
    circle[at as usize..][..4].copy_from_slice(&number(48).to_le_bytes());
    let message = read(&circle).unwrap_err().to_string();
    assert!(message.contains("a.xls") && message.contains("the XLS workbook"), "{message}");
}

#[test]
fn rows_of_text_are_numbered_as_a_spreadsheet_would() {
    for end in ["\n", "\r\n", "\r"] {
        let table = csv(&["area;2012", "", "\"North;", "East\";1,5", "", "", "South;2"].join(end));
        assert_eq!(table.height(), 6, "{end:?}");
        assert_eq!(table.get(2, 1), CellContent::Text("1,5"), "{end:?}");
        assert_eq!(table.get(5, 0), CellContent::Text("South"), "{end:?}");
    }
}

/// As offices save it: commas and semicolons within cells, a quoted tab, a blank line, Excel's "Unicode text".
#[test]
fn cells_between_tabs_are_read_alike_in_every_encoding_and_under_every_name() {
    let text = "area\t2021\t2022\nNorth, upper\t1 234,5\t\"a\tb\"\n\nЮг; нижний\t0\t-\n";
    let utf_16: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (cp_1251, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    for bytes in [text.as_bytes(), format!("\u{feff}{text}").as_bytes(), &utf_16, &cp_1251] {
        for name in ["a.tsv", "a.csv", "a.txt"] {
            let table = file::parse(name, bytes.to_vec(), &TableOptions::default()).unwrap();
            assert_eq!((table.delimiter, table.height()), (Some('\t'), 4), "{name}");
            let rows = [0, 1, 3].map(|row| [0, 1, 2].map(|column| table.get(row, column)));
            let expected = [["area", "2021", "2022"], ["North, upper", "1 234,5", "a\tb"], ["Юг; нижний", "0", "-"]];
            assert_eq!(rows, expected.map(|row| row.map(CellContent::Text)), "{name}");
        }
    }
}

#[test]
fn a_cell_beyond_the_limit_names_row_and_limit() {
    let long = format!("a;b\n1;{}\n", "x".repeat(file::table::MAX_CELL_BYTES + 1));
    let message = file::parse("t.csv", long.into_bytes(), &TableOptions::default()).unwrap_err().to_string();
    assert!(message.contains("row 2") && message.contains("32768 bytes"), "{message}");
}
