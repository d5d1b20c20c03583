//! XLS, written record by record ([MS-XLS] 2.4).

use super::*;

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
}

fn shorts(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A text of ASCII with its length in two bytes.
fn text(text: &str) -> Vec<u8> {
    [&u16::try_from(text.len()).unwrap().to_le_bytes()[..], &[0], text.as_bytes()].concat()
}

fn globals(sheet: u32) -> Vec<u8> {
    let font = |flags: u16, place: u16| record(0x31, &[shorts(&[220, flags, 0, 400, place]), vec![0; 6]].concat());
    let format = |number: u16, code: &str| record(0x41E, &[shorts(&[number]), text(code)].concat());
    let look = |font: u16, format: u16| record(0xE0, &[shorts(&[font, format]), vec![0; 16]].concat());
    let rich = |before: &str| {
        let runs = shorts(&[u16::try_from(before.len()).unwrap(), 2]);
        let whole = format!("{before}1");
        [&u16::try_from(whole.len()).unwrap().to_le_bytes()[..], &[8], &[1, 0], whole.as_bytes(), &runs].concat()
    };
    let texts = [text("Region"), rich("Isles"), rich("234"), text("West"), text("share"), text("East")].concat();
    [
        record(0x809, &shorts(&[0x600, 5, 0, 0, 0, 0, 0, 0])),
        font(0, 0),
        font(8, 0),
        font(0, 1),
        format(164, "0.0%"),
        format(165, "yyyy"),
        format(166, "00000"),
        format(167, "#,##0,"),
        look(0, 0),
        look(0, 164),
        look(0, 165),
        look(0, 166),
        look(0, 167),
        look(1, 0),
        record(0x85, &[&sheet.to_le_bytes()[..], &[0, 0, 1, 0, b'T']].concat()),
        record(0xFC, &[vec![6, 0, 0, 0, 6, 0, 0, 0], texts].concat()),
        record(0xA, &[]),
    ]
    .concat()
}

fn sheet() -> Vec<u8> {
    let shared = |row: u16, column: u16, number: u16| record(0xFD, &shorts(&[row, column, 0, number, 0]));
    let number = |row: u16, column: u16, look: u16, number: f64| {
        record(0x203, &[shorts(&[row, column, look]), number.to_le_bytes().to_vec()].concat())
    };
    let formula = |row: u16, column: u16, number: f64| {
        record(
            6,
            &[shorts(&[row, column, 0]), number.to_le_bytes().to_vec(), vec![0; 6], shorts(&[3, 0x1E]), vec![1]].concat(),
        )
    };
    let row = |row: u16, flags: u16| record(0x208, &shorts(&[row, 0, 3, 300, 0, 0, flags, 0]));
    [
        record(0x809, &shorts(&[0x600, 0x10, 0, 0, 0, 0, 0, 0])),
        record(0x200, &[&[0; 4][..], &5_u32.to_le_bytes(), &shorts(&[0, 3, 0])].concat()),
        row(2, 0x20),
        shared(0, 0, 0),
        number(0, 1, 2, 41_275.0),
        shared(0, 2, 4),
        shared(1, 0, 1),
        shared(1, 1, 2),
        number(1, 2, 1, 0.125),
        shared(2, 0, 5),
        formula(2, 1, 95.0),
        number(2, 2, 1, 0.04),
        number(3, 0, 3, 1003.0),
        number(3, 1, 4, 1_234_567.0),
        number(3, 2, 5, 7.0),
        shared(4, 0, 3),
        number(4, 1, 0, 12.0),
        record(0xE5, &shorts(&[1, 4, 5, 1, 1])),
        record(0xA, &[]),
    ]
    .concat()
}

/// A compound file with one stream.
fn compound(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(content).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn workbook() -> Vec<u8> {
    let start = u32::try_from(globals(0).len()).unwrap();
    compound("/Workbook", &[globals(start), sheet()].concat())
}

#[test]
fn an_xls_workbook_is_read_as_a_clerk_sees_it() {
    check_by_calamine::<calamine::Xls<_>>(workbook());
    check("a.xls", workbook());
}

#[test]
fn a_workbook_with_a_password_says_so() {
    let bof = record(0x809, &shorts(&[0x600, 5, 0, 0, 0, 0, 0, 0]));
    let old = [bof, record(0x2F, &[1, 0, 1, 0])].concat();
    for (name, bytes, remedy) in [
        ("a.xls", compound("/Workbook", &old), "is protected by a password; open it"),
        ("a.xls", compound("/EncryptedPackage", b"x"), "is protected by a password; open it"),
        ("a.xlsx", compound("/EncryptedPackage", b"x"), "if it asks for a password, save it without one"),
    ] {
        let message = refused(name, bytes);
        assert!(message.starts_with(name) && message.contains(remedy), "{message}");
    }
}
