//! XLSX.

use super::*;

const MAIN: &str = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
                    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
const STYLES: &str = "<numFmts><numFmt numFmtId='164' formatCode='0.0%'/><numFmt numFmtId='165' formatCode='yyyy'/>\
     <numFmt numFmtId='166' formatCode='00000'/><numFmt numFmtId='167' formatCode='#,##0,'/></numFmts>\
     <fonts><font><sz val='11'/></font><font><strike/></font></fonts>\
     <cellStyleXfs><xf numFmtId='9' fontId='1'/></cellStyleXfs>\
     <cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/>\
     <xf numFmtId='0' fontId='1'/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs>";
const TEXTS: &str = "<si><t>Region</t></si><si><r><t>Isles</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>\
     <si><r><t>234</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si><si><t>West</t></si>";
const ROWS: &str = "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='2'><v>41275</v></c>\
     <c r='C1' t='inlineStr'><is><t>share</t></is></c></row>\
     <row><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c s='1'><v>0.125</v></c></row>\
     <row r='3' hidden='1'><c r='A3' t='str'><v>East</v></c><c r='B3'><f>B2</f><v>95</v></c><c r='C3' s='1'><v>0.04</v></c></row>\
     <row r='4'><c r='A4' s='3'><v>1003</v></c><c r='B4' s='4'><v>1234567</v></c><c r='C4' s='5'><v>7</v></c></row>\
     <row r='5'><c r='A5' t='s'><v>3</v></c><c r='B5'><v>12</v></c></row></sheetData>\
     <mergeCells><mergeCell ref='B5:B6'/></mergeCells>";

/// A workbook of these sheets, given by the attributes of their tabs and their content; `settings` are those of the workbook.
pub(super) fn workbook(settings: &str, sheets: &[(&str, &str)]) -> Vec<u8> {
    let relation = |id: usize, kind: &str, target: &str| {
        format!(
            "<Relationship Id='r{id}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/>"
        )
    };
    let relations = |list: String| {
        format!("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{list}</Relationships>")
    };
    let tabs: String =
        sheets.iter().enumerate().map(|(n, (tab, _))| format!("<sheet sheetId='{n}' r:id='r{n}' {tab}/>")).collect();
    let list: String = (0..sheets.len()).map(|n| relation(n, "worksheet", &format!("worksheets/sheet{n}.xml"))).collect();
    let list = list + &relation(90, "styles", "styles.xml") + &relation(91, "sharedStrings", "/xl/sharedStrings.xml");
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), relations(relation(1, "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml".to_owned(), format!("<workbook {MAIN}>{settings}<sheets>{tabs}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(list)),
        ("xl/styles.xml".to_owned(), format!("<styleSheet {MAIN}>{STYLES}</styleSheet>")),
        ("xl/sharedStrings.xml".to_owned(), format!("<sst {MAIN}>{TEXTS}</sst>")),
    ];
    for (n, (_, content)) in sheets.iter().enumerate() {
        parts.push((format!("xl/worksheets/sheet{n}.xml"), format!("<worksheet {MAIN}>{content}</worksheet>")));
    }
    archive(&parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect::<Vec<_>>())
}

fn of_rows(rows: &str) -> Vec<u8> {
    workbook("", &[("name='T'", &format!("<sheetData>{rows}</sheetData>"))])
}

#[test]
fn an_xlsx_workbook_is_read_as_a_clerk_sees_it() {
    let bytes = workbook("", &[("name='T'", ROWS)]);
    check_by_calamine::<calamine::Xlsx<_>>(bytes.clone());
    check("a.xlsx", bytes);
}

#[test]
fn a_formula_without_a_result_is_refused_with_its_cell_and_one_with_an_empty_text_is_not() {
    for (cell, is_refused) in [
        ("<c r='B2'><f>A1</f><v/></c>", true),
        ("<c r='B2'><f>A1</f></c>", true),
        ("<c r='B2' t='str'><f>A1</f></c>", true),
        ("<c r='B2' t='str'><f>\"\"</f><v></v></c>", false),
        ("<c r='B2'><f t='shared' si='0'/><v>5</v></c>", false),
        ("<c r='B2'><f>A1</f><v>0</v></c>", false),
    ] {
        let bytes = of_rows(&format!("<row r='1'><c r='A1'><v>1</v></c></row><row r='2'>{cell}</row>"));
        let read = file::parse("a.xlsx", bytes, &TableOptions::default());
        assert_eq!(read.is_err(), is_refused, "{cell}");
        if let Err(error) = read {
            assert!(
                error.to_string().contains("sheet \"T\": B2 holds a formula without a computed result; open the file"),
                "{error}"
            );
        }
    }
    // Programs that write workbooks store zeros in place of results, and ask for computing.
    let rows = "<sheetData><row r='2'><c r='A2'><v>1</v></c><c r='B2'><f>A1</f><v>0</v></c></row></sheetData>";
    let message = refused("a.xlsx", workbook("<calcPr fullCalcOnLoad='1'/>", &[("name='T'", rows)]));
    assert!(message.contains("B2 holds a formula"), "{message}");
}

#[test]
fn formulas_that_are_all_zero_are_doubtful() {
    let row =
        |n: u32, value: u32| format!("<row r='{n}'><c r='A{n}'><v>{n}</v></c><c r='B{n}'><f>A1</f><v>{value}</v></c></row>");
    let head = "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>";
    for (values, expected) in [([0, 0], &["zero-formulas"][..]), ([0, 1], &[])] {
        let bytes = of_rows(&format!("{head}{}{}", row(2, values[0]), row(3, values[1])));
        let table = file::parse("a.xlsx", bytes, &TableOptions::default()).unwrap();
        assert_eq!(kinds(&table, MAPPING), expected);
    }
}

#[test]
fn hidden_sheets_are_told_and_taken_by_name_alone() {
    let sheets = [("name='old' state='veryHidden'", ROWS), ("name='T'", ROWS)];
    let table = |sheet: Option<&str>| {
        let sheet = sheet.map(|name| SheetRef::Name(name.to_owned()));
        file::parse("a.xlsx", workbook("", &sheets), &TableOptions { sheet, ..TableOptions::default() }).unwrap()
    };
    let first = table(None);
    assert_eq!(first.sheet.as_deref(), Some("T"));
    let told = |table: &CellTable, words: &str| table.notes.iter().any(|note| note.contains(words));
    assert!(told(&first, "it has also \"old\" (hidden)"), "{:?}", first.notes);
    assert!(told(&table(Some("old")), "sheet \"old\" is hidden"));
    assert!(told(&table(Some("T")), "hidden sheets are not read: \"old\""));
}

#[test]
fn what_a_number_format_hides_is_told() {
    let styles = |code: &str| STYLES.replace("0.0%", code);
    for (code, number, kind, told) in [
        (
            ";;;",
            "5",
            "shown-otherwise",
            "1 numbers are shown as something else by their format, and are taken as stored: B2 5 as \"\"",
        ),
        (
            "0;0",
            "-5",
            "shown-otherwise",
            "1 negative numbers are shown without a sign by their format, and are taken as negative: B2 -5",
        ),
        ("0;-0;\"c\"", "0", "shown-otherwise", "B2 0 as \"c\""),
        ("0;-0;;@", "0", "", "1 zeros are shown as nothing, and are taken as zeros: B2"),
        ("0;-0;\"-\"", "0", "", ""),
        ("0.0\\%", "5", "", ""),
    ] {
        let rows = format!(
            "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2'><v>1</v></c><c r='B2' s='1'><v>{number}</v></c></row>"
        );
        let zip = of_rows(&rows);
        let bytes = replaced(
            &zip,
            "xl/styles.xml",
            &format!("<styleSheet {MAIN}>{}</styleSheet>", styles(&code.replace('"', "&quot;"))),
        );
        let table = file::parse("a.xlsx", bytes, &TableOptions::default()).unwrap();
        assert_eq!(kinds(&table, MAPPING).join(" "), kind, "{code}");
        assert!(told.is_empty() || table.notes.iter().any(|note| note.contains(told)), "{code}: {:?}", table.notes);
        assert_eq!(table.get(1, 1).to_string(), number);
    }
}

/// An archive with another content of one part.
fn replaced(zip: &[u8], part: &str, content: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            if name == part { (name, content.as_bytes().to_vec()) } else { (name, bytes) }
        })
        .collect();
    super::archive(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

#[test]
fn cells_that_cannot_be_are_refused_with_their_place() {
    for (cell, expected) in [
        ("<c r='B2'><v>x</v></c>", "B2 holds \"x\", which is no number"),
        ("<c r='B2' t='s'><v>99</v></c>", "B2 holds text 99, of which there is none"),
        ("<c r='XFE1'><v>1</v></c>", "there is no cell \"XFE1\""),
        ("<c r='A1' t='q'><v>1</v></c>", "there is no type of cell \"q\""),
        ("<c r='A1'><v>&boom;</v></c>", "entity \"boom\" is not known"),
    ] {
        let message = refused("a.xlsx", of_rows(&format!("<row r='2'>{cell}</row>")));
        assert!(message.starts_with("a.xlsx: ") && message.contains(expected), "{message}");
    }
}

#[test]
fn a_power_of_ten_beside_percent_and_none_beside_thousands_are_doubtful() {
    let table = file::parse("a.xlsx", workbook("", &[("name='T'", ROWS)]), &TableOptions::default()).unwrap();
    let of = |column: u32, power: &str| {
        kinds(&table, &format!("{}{power}", MAPPING.replace("column = 2", &format!("column = {column}"))))
    };
    let power = "power = { value = 3 }\n";
    assert!(of(2, "").contains(&"scaled-format".to_owned()) && !of(2, power).contains(&"scaled-format".to_owned()));
    assert!(!of(3, "").contains(&"scaled-format".to_owned()) && of(3, power).contains(&"scaled-format".to_owned()));
}

#[test]
fn what_nobody_sees_is_doubtful_where_it_is_read() {
    let row = |n: u32, more: &str| {
        format!("<row r='{n}' {more}><c r='A{n}'><v>{n}</v></c><c r='B{n}'><v>1</v></c><c r='C{n}'><v>2</v></c></row>")
    };
    let rows = |more: &str| format!("<sheetData>{}{}{}</sheetData>", row(1, ""), row(2, more), row(3, ""));
    let covered = "1 cells hold something that the cell covers with which they are merged:";
    for (columns, more, merged, expected, told) in [
        ("<cols><col min='2' max='2' hidden='1'/></cols>", "", "", "hidden-cells", "columns are hidden: B".to_owned()),
        ("<cols><col min='2' max='2' width='0'/></cols>", "", "", "hidden-cells", "columns are hidden: B".to_owned()),
        ("<cols><col min='3' max='9' hidden='1'/></cols>", "", "", "", "columns are hidden: C".to_owned()),
        ("<cols><col min='4' max='16384' hidden='1'/></cols>", "", "", "", String::new()),
        ("", "ht='0' customHeight='1'", "", "hidden-cells", "rows are hidden: 2".to_owned()),
        ("", "", "A2:B2", "hidden-cells", format!("{covered} B2")),
        ("", "", "B2:C2", "", format!("{covered} C2")),
        ("", "", "B2:B4", "hidden-cells merged-values", format!("{covered} B3")),
    ] {
        let merges = format!("<mergeCells><mergeCell ref='{merged}'/></mergeCells>");
        let bytes = workbook("", &[("name='T'", &format!("{columns}{}{merges}", rows(more)))]);
        let table = file::parse("a.xlsx", bytes, &TableOptions::default()).unwrap();
        assert_eq!(kinds(&table, MAPPING).join(" "), expected, "{columns}{more}{merged}");
        let is_told = |note: &String| note.contains(if told.is_empty() { "hidden" } else { &told });
        assert_eq!(table.notes.iter().any(is_told), !told.is_empty(), "{:?}", table.notes);
    }
}

#[test]
fn numbers_that_are_shown_as_years_or_spans_are_doubtful_as_values() {
    for (code, number, shown) in [("yyyy", "2014", "1905"), ("[h]:mm", "0.5", "0.5")] {
        let cells = format!("<c r='A2'><v>1</v></c><c r='B2' s='1'><v>{number}</v></c>");
        let bytes = of_rows(&format!("<row r='1'><c r='A1'><v>1</v></c></row><row r='2'>{cells}</row>"));
        let styles = format!("<styleSheet {MAIN}>{}</styleSheet>", STYLES.replace("0.0%", code));
        let table = file::parse("a.xlsx", replaced(&bytes, "xl/styles.xml", &styles), &TableOptions::default()).unwrap();
        assert_eq!(table.get(1, 1).to_string(), shown);
        assert_eq!(kinds(&table, MAPPING), ["shown-otherwise"], "{code}");
    }
}
