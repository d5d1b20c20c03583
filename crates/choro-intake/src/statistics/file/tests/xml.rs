//! ODS, and workbooks in one XML document.

use super::*;

const ODS_STYLES: &str = "<number:date-style style:name='N1'><number:year number:style='long'/></number:date-style>\
     <number:percentage-style style:name='N2'><number:number number:decimal-places='1'/><number:text>%</number:text></number:percentage-style>\
     <number:number-style style:name='N3'><number:number number:min-integer-digits='5'/></number:number-style>\
     <number:number-style style:name='N4'><number:number number:grouping='true' number:display-factor='1000'/></number:number-style>\
     <style:style style:name='ce1' style:family='table-cell' style:data-style-name='N1'/>\
     <style:style style:name='ce2' style:family='table-cell' style:data-style-name='N2'/>\
     <style:style style:name='ce3' style:family='table-cell' style:data-style-name='N3'/>\
     <style:style style:name='ce4' style:family='table-cell' style:parent-style-name='ce5' style:data-style-name='N4'/>\
     <style:style style:name='ce5' style:family='table-cell'/>\
     <style:style style:name='ce6' style:family='table-cell'><style:text-properties style:text-line-through-style='solid'/></style:style>\
     <style:style style:name='T1' style:family='text'><style:text-properties style:text-position='super 58%'/></style:style>\
     <style:style style:name='ta2' style:family='table'><style:table-properties table:display='false'/></style:style>";
const ODS_ROWS: &str = "<table:table-column table:number-columns-repeated='1024'/>\
     <table:table-row><table:table-cell office:value-type='string'><text:p>Region</text:p></table:table-cell>\
     <table:table-cell table:style-name='ce1' office:value-type='date' office:date-value='2013-01-01'><text:p>2013</text:p></table:table-cell>\
     <table:table-cell office:value-type='string'><text:p>share</text:p></table:table-cell></table:table-row>\
     <table:table-row><table:table-cell office:value-type='string'><office:annotation><text:p>who says</text:p></office:annotation>\
     <text:p>Isles<text:span text:style-name='T1'>1</text:span></text:p></table:table-cell>\
     <table:table-cell office:value-type='string'><text:p>234<text:span text:style-name='T1'>1</text:span></text:p></table:table-cell>\
     <table:table-cell table:style-name='ce2' office:value-type='percentage' office:value='0.125'><text:p>12.5%</text:p></table:table-cell></table:table-row>\
     <table:table-row table:visibility='collapse'><table:table-cell office:value-type='string'><text:p>East</text:p></table:table-cell>\
     <table:table-cell table:formula='of:=[.B2]' office:value-type='float' office:value='95'/>\
     <table:table-cell office:value-type='percentage' office:value='0.04'/></table:table-row>\
     <table:table-row><table:table-cell table:style-name='ce3' office:value-type='float' office:value='1003'/>\
     <table:table-cell table:style-name='ce4' office:value-type='float' office:value='1234567'/>\
     <table:table-cell table:style-name='ce6' office:value-type='float' office:value='7'/></table:table-row>\
     <table:table-row><table:table-cell office:value-type='string'><text:p>West</text:p></table:table-cell>\
     <table:table-cell office:value-type='float' office:value='12' table:number-rows-spanned='2'/></table:table-row>\
     <table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";

/// An OpenDocument document of these sheets, given by the attributes of their tabs and their content.
fn document(element: &str, sheets: &[(&str, &str)]) -> String {
    let names = ["office", "table", "text", "style", "number"];
    let spaces: String =
        names.iter().map(|name| format!(" xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'")).collect();
    let sheets: String = sheets.iter().map(|(tab, content)| format!("<table:table {tab}>{content}</table:table>")).collect();
    format!(
        "<?xml version='1.0'?><office:{element}{spaces}><office:automatic-styles>{ODS_STYLES}</office:automatic-styles>\
         <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:{element}>"
    )
}

fn ods(sheets: &[(&str, &str)]) -> Vec<u8> {
    let content = document("document-content", sheets);
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}

#[test]
fn an_ods_workbook_is_read_as_a_clerk_sees_it_and_so_is_a_flat_one() {
    let sheets = [("table:name='old' table:style-name='ta2'", "<table:table-row/>"), ("table:name='T'", ODS_ROWS)];
    check_by_calamine::<calamine::Ods<_>>(ods(&sheets[1..]));
    let table = check("a.ods", ods(&sheets));
    assert!(table.notes.iter().any(|note| note.contains("it has also \"old\" (hidden)")), "{:?}", table.notes);
    check("a.fods", document("document", &sheets).into_bytes());
}

#[test]
fn an_ods_workbook_without_results_or_with_a_password_is_refused() {
    let row = |cell: &str| {
        format!("<table:table-row><table:table-cell office:value-type='float' office:value='1'/>{cell}</table:table-row>")
    };
    let bytes = ods(&[("table:name='T'", &row("<table:table-cell table:formula='of:=[.A1]'/>"))]);
    assert!(refused("a.ods", bytes).contains("B1 holds a formula without a computed result"));
    let secret = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"\x00\x01"),
        ("META-INF/manifest.xml", b"<manifest><file-entry><encryption-data/></file-entry></manifest>"),
    ]);
    assert!(refused("a.ods", secret).contains("is protected by a password; open it in a spreadsheet program"));
}

#[test]
fn rows_that_repeat_without_end_meet_the_limit_of_cells() {
    let row = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' \
               office:value-type='float' office:value='1'/></table:table-row>";
    let message = refused("a.ods", ods(&[("table:name='T'", row)]));
    assert!(message.contains("20000000 cells"), "{message}");
    let formulas = row.replace("office:value-type='float' office:value='1'", "table:formula='of:=1'");
    let message = refused("a.ods", ods(&[("table:name='T'", &formulas)]));
    assert!(message.contains("A1 and 1048575 more cells hold formulas"), "{message}");
}

const XML_STYLES: &str = "<Style ss:ID='Default'/><Style ss:ID='s1'><NumberFormat ss:Format='yyyy'/></Style>\
     <Style ss:ID='s2'><NumberFormat ss:Format='Percent'/></Style><Style ss:ID='s3'><NumberFormat ss:Format='00000'/></Style>\
     <Style ss:ID='s4'><NumberFormat ss:Format='#,##0,'/></Style><Style ss:ID='s5'><Font ss:StrikeThrough='1'/></Style>";
const XML_ROWS: &str = "<Table><Column ss:Index='2' ss:Width='50'/>\
     <Row><Cell><Data ss:Type='String'>Region</Data></Cell><Cell ss:StyleID='s1'><Data ss:Type='DateTime'>2013-01-01T00:00:00.000</Data></Cell>\
     <Cell><Data ss:Type='String'>share</Data><Comment><ss:Data>who says</ss:Data></Comment></Cell></Row>\
     <Row><Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><Font>Isles</Font><Sup>1</Sup></ss:Data></Cell>\
     <Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'>234<Sup><Font html:Size='8'>1</Font></Sup></ss:Data></Cell>\
     <Cell ss:StyleID='s2'><Data ss:Type='Number'>0.125</Data></Cell></Row>\
     <Row ss:Hidden='1'><Cell><Data ss:Type='String'>East</Data></Cell><Cell ss:Formula='=R[-1]C'><Data ss:Type='Number'>95</Data></Cell>\
     <Cell ss:StyleID='s2'><Data ss:Type='Number'>0.04</Data></Cell></Row>\
     <Row ss:Index='4'><Cell ss:StyleID='s3'><Data ss:Type='Number'>1003</Data></Cell><Cell ss:StyleID='s4'><Data ss:Type='Number'>1234567</Data></Cell>\
     <Cell ss:Index='3' ss:StyleID='s5'><Data ss:Type='Number'>7</Data></Cell></Row>\
     <Row><Cell><Data ss:Type='String'>West</Data></Cell><Cell ss:MergeDown='1'><Data ss:Type='Number'>12</Data></Cell></Row></Table>";

fn xml2003(rows: &str) -> String {
    format!(
        "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' \
         xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet' xmlns:html='http://www.w3.org/TR/REC-html40'><Styles>{XML_STYLES}</Styles>\
         <Worksheet ss:Name='old'><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>\
         <Worksheet ss:Name='T'>{rows}</Worksheet></Workbook>"
    )
}

#[test]
fn a_workbook_in_one_xml_document_is_read_as_a_clerk_sees_it_whatever_its_encoding() {
    let text = xml2003(XML_ROWS);
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let bytes = [text.clone().into_bytes(), utf16];
    for (name, bytes) in ["a.xls", "a.xml"].into_iter().zip(bytes) {
        let table = check(name, bytes);
        assert!(table.notes.iter().any(|note| note.contains("it has also \"old\" (hidden)")), "{:?}", table.notes);
    }
    let cut = &text[..text.len() - 60];
    assert!(refused("a.xls", cut.as_bytes().to_vec()).starts_with("a.xls: the XML workbook: "));
    let formula = xml2003("<Table><Row><Cell ss:Formula='=A2'/></Row></Table>");
    assert!(refused("a.xls", formula.into_bytes()).contains("A1 holds a formula without a computed result"));
}
