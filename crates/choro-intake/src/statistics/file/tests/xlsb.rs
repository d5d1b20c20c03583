//! XLSB, written record by record ([MS-XLSB] 2.3).

use super::*;

/// A record: its kind and its length in one or two bytes, and its content.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let number = |n: usize| if n < 0x80 { vec![n as u8] } else { vec![n as u8 | 0x80, (n >> 7) as u8] };
    [number(usize::from(kind)), number(body.len()), body.to_vec()].concat()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&u32::try_from(units.len() / 2).unwrap().to_le_bytes()[..], &units].concat()
}

fn numbers(list: &[u32]) -> Vec<u8> {
    list.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn shorts(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn styles() -> Vec<u8> {
    let formats = [(164, "0.0%"), (165, "yyyy"), (166, "00000"), (167, "#,##0,")];
    let formats: Vec<u8> =
        formats.iter().flat_map(|(number, code)| record(44, &[shorts(&[*number]), text(code)].concat())).collect();
    let font = |flags: u16, place: u16| record(43, &shorts(&[220, flags, 400, place, 0, 0, 0, 0]));
    let looks: Vec<u8> = [(0, 0), (164, 0), (165, 0), (166, 0), (167, 0), (0, 1)]
        .iter()
        .flat_map(|(format, font)| record(47, &shorts(&[0, *format, *font, 0, 0, 0, 0, 0])))
        .collect();
    [
        record(615, &numbers(&[4])),
        formats,
        record(616, &[]),
        font(0, 0),
        font(8, 0),
        font(0, 1),
        record(617, &numbers(&[6])),
        looks,
        record(618, &[]),
    ]
    .concat()
}

fn texts() -> Vec<u8> {
    let rich = |before: &str| {
        let at = u16::try_from(before.len()).unwrap();
        record(19, &[vec![1], text(&format!("{before}1")), numbers(&[1]), shorts(&[at, 2])].concat())
    };
    let plain = |plain: &str| record(19, &[vec![0], text(plain)].concat());
    [record(159, &numbers(&[5, 5])), plain("Region"), rich("Isles"), rich("234"), plain("West"), plain("share")].concat()
}

fn sheet() -> Vec<u8> {
    let row = |row: u32, hidden: u8| record(0, &[numbers(&[row, 0]), shorts(&[300]), vec![0, hidden << 4]].concat());
    let cell =
        |kind: u16, column: u32, look: u32, rest: &[u8]| record(kind, &[numbers(&[column, look]), rest.to_vec()].concat());
    let shared = |column: u32, number: u32| cell(7, column, 0, &number.to_le_bytes());
    let number = |column: u32, look: u32, number: f64| cell(5, column, look, &number.to_le_bytes());
    let whole = |column: u32, look: u32, number: u32| cell(2, column, look, &(number << 2 | 2).to_le_bytes());
    let hundredths = |column: u32, look: u32, number: u32| cell(2, column, look, &(number << 2 | 3).to_le_bytes());
    let formula = |column: u32, number: f64| cell(9, column, 0, &[&number.to_le_bytes()[..], &[0; 10]].concat());
    [
        record(129, &[]),
        record(148, &numbers(&[0, 4, 0, 2])),
        record(145, &[]),
        row(0, 0),
        shared(0, 0),
        whole(1, 2, 41_275),
        shared(2, 4),
        row(1, 0),
        shared(0, 1),
        shared(1, 2),
        number(2, 1, 0.125),
        row(2, 1),
        cell(6, 0, 0, &text("East")),
        formula(1, 95.0),
        hundredths(2, 1, 4),
        row(3, 0),
        whole(0, 3, 1003),
        number(1, 4, 1_234_567.0),
        whole(2, 5, 7),
        row(4, 0),
        shared(0, 3),
        whole(1, 0, 12),
        record(146, &[]),
        record(177, &numbers(&[4, 5, 1, 1])),
        record(130, &[]),
    ]
    .concat()
}

fn workbook(sheet: &[u8]) -> Vec<u8> {
    let relations = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main =
        format!("{relations}<Relationship Id='r1' Type='{kind}/officeDocument' Target='xl/workbook.bin'/></Relationships>");
    let list = format!(
        "{relations}<Relationship Id='r1' Type='{kind}/worksheet' Target='worksheets/sheet1.bin'/>\
         <Relationship Id='r2' Type='{kind}/styles' Target='styles.bin'/>\
         <Relationship Id='r3' Type='{kind}/sharedStrings' Target='sharedStrings.bin'/></Relationships>"
    );
    let book = [
        record(131, &[]),
        record(153, &numbers(&[0, 0])),
        record(143, &[]),
        record(156, &[numbers(&[0, 1]), text("r1"), text("T")].concat()),
        record(144, &[]),
        record(157, &[0; 26]),
        record(132, &[]),
    ]
    .concat();
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", main.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", list.as_bytes()),
        ("xl/styles.bin", &styles()),
        ("xl/sharedStrings.bin", &texts()),
        ("xl/worksheets/sheet1.bin", sheet),
    ])
}

#[test]
fn an_xlsb_workbook_is_read_as_a_clerk_sees_it() {
    let bytes = workbook(&sheet());
    check_by_calamine::<calamine::Xlsb<_>>(bytes.clone());
    check("a.xlsb", bytes);
}

#[test]
fn a_formula_that_is_an_error_is_no_missing_cell() {
    let error = record(11, &[numbers(&[1, 0]), vec![0x07]].concat());
    let sheet = [record(0, &[numbers(&[0, 0]), vec![0; 4]].concat()), error].concat();
    let table = file::parse("a.xlsb", workbook(&sheet), &TableOptions::default()).unwrap();
    assert_eq!(table.get(0, 1), CellContent::Text("#DIV/0!"));
}

#[test]
fn merged_cells_that_no_sheet_can_have_are_left_out() {
    let merged = |numbers: &[u32]| record(177, &self::numbers(numbers));
    let blocks =
        [merged(&[0, u32::MAX, 5, 4]), merged(&[7, 7, u32::MAX, u32::MAX]), merged(&[0, u32::MAX, 0, u32::MAX])].concat();
    let table = file::parse("a.xlsb", workbook(&[sheet(), blocks].concat()), &TableOptions::default()).unwrap();
    assert_eq!(table.findings.merged.len(), 1);
}

#[test]
fn records_that_are_cut_off_are_refused() {
    let whole = sheet();
    for cut in [1, 7, 30, whole.len() / 2] {
        let message = refused("a.xlsb", workbook(&whole[..cut]));
        assert!(message.starts_with("a.xlsb: "), "{message}");
    }
    let short = [record(0, &numbers(&[0, 0])), record(2, &[0; 5])].concat();
    assert!(refused("a.xlsb", workbook(&short)).contains("too short"));
}
