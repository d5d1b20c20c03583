//! Whole files: real ones where they are at hand, invented ones otherwise.

use super::*;
use choro_model::{Code, CodeItem, CodeList, Dimension, DimensionId, Indicator, IndicatorId, Kind, Lang, Names, Unit};
use std::{path::PathBuf, sync::Arc};

/// A real file, which cannot be part of the repository. `None`, said aloud, where it is absent; in CI that is a failure.
pub(crate) fn real(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CHORO_TEST_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let file = folder.join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is absent: set CHORO_TEST_DATA", file.display());
    {
        eprintln!("NOT RUN: {} is absent; set CHORO_TEST_DATA to the folder of the real data", file.display());
    }
    None
}

/// A file of the repository.
pub(crate) fn fixture(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures")).join(path)
}

/// Indicators without further dimensions, and `arrivals_by_sex` with one.
pub(crate) fn indicators() -> Vec<Indicator> {
    let code = |code: &str| Code::new(code).unwrap();
    let items = ["_T", "F", "M"].map(|text| CodeItem { code: code(text), name: Names::default(), parent: None }).to_vec();
    let sex = Dimension {
        id: DimensionId::new("sex").unwrap(),
        name: Names::default(),
        code_list: Arc::new(CodeList { id: "sex".to_owned(), items }),
        total: code("_T"),
    };
    vec![
        indicator("net_migration_rate", Kind::Rate, vec![]),
        indicator("population", Kind::Count, vec![]),
        indicator("arrivals", Kind::Count, vec![]),
        indicator("departures", Kind::Count, vec![]),
        indicator("arrivals_by_sex", Kind::Count, vec![sex]),
    ]
}

fn indicator(id: &str, kind: Kind, dimensions: Vec<Dimension>) -> Indicator {
    let (note, theme, keywords, weighted_by) = Default::default();
    Indicator {
        id: IndicatorId::new(id).unwrap(),
        name: Names([(Lang::new("en").unwrap(), id.to_owned())].into()),
        note,
        theme,
        keywords,
        unit: Unit { id: "U".to_owned(), name: Names::default() },
        kind,
        decimals: 1,
        dimensions,
        diverging: false,
        additive: false,
        weighted_by,
        persons: kind == Kind::Count,
        declared_public: false,
        source: "invented".to_owned(),
        licence: "CC0-1.0".to_owned(),
    }
}

pub(crate) fn csv(text: &str) -> CellTable {
    file::parse("t.csv", text.as_bytes().to_vec(), &TableOptions::default()).expect("a table")
}

pub(crate) fn mapping(text: &str) -> Mapping {
    Mapping::parse(text, "m.toml").expect("a mapping")
}

/// Indicators whose names stand in the titles of the real files.
fn titled() -> Vec<Indicator> {
    let mut indicators = indicators();
    for (indicator, name) in indicators.iter_mut().zip(["Коэффициент миграционного прироста", "Численность населения"])
    {
        indicator.name.0.insert(Lang::new("ru").unwrap(), name.to_owned());
    }
    indicators
}

fn proposal(path: &str) -> Option<(CellTable, Proposal)> {
    let table = file::read(&real(path)?, &TableOptions::default()).unwrap();
    let proposal = propose(&table, &titled(), &|label| label.contains("область") || label.contains("край"));
    Some((table, proposal))
}

#[test]
fn the_proposals_for_real_files_work_as_they_are() {
    for (path, rows, cells, first) in [
        ("russia_stats/emiss_migration_rate_2012_2017.xls", 98, 98 * 6, ("net_migration_rate", "2012")),
        ("russia_stats/emiss_population_2012_2017.xls", 98, 98 * 6, ("population", "2012")),
        ("eaeu/kazakhstan_internal_migration_2022.csv", 20, 20 * 2, ("arrivals", "2022")),
    ] {
        let Some((table, proposal)) = proposal(path) else { continue };
        assert_eq!(proposal.open, Vec::<String>::new(), "{path}: {}", proposal.toml);
        let intake = read(&table, &proposal.mapping.unwrap(), &titled()).unwrap();
        assert!(intake.rejects.is_empty(), "{path}: {:?}", intake.rejects.list);
        assert_eq!((intake.rows, intake.cells.len()), (rows, cells), "{path}: {}", proposal.toml);
        let cell = intake.cells.all()[0];
        let selection = &intake.selections[cell.selection as usize];
        assert_eq!((selection.indicator.as_str(), selection.period.to_string().as_str()), first);
        for cell in intake.cells.all() {
            let source = table.get(cell.row as usize - 1, cell.column as usize - 1);
            assert_eq!(
                cell.cell.number().map(|n| n.to_string()).unwrap_or_default(),
                source.to_string(),
                "{path}: {cell:?}"
            );
        }
    }
}

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
    let cases: [(&str, Vec<u8>, &str); 14] = [
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
        ("a.xlsx", b"PK\x03\x04 is not enough".to_vec(), "no readable XLSX workbook"),
        ("a.xlsx", xlsx[..xlsx.len() / 2].to_vec(), "no readable XLSX workbook"),
        ("a.xls", compound, "the XLS workbook"),
        ("a.csv", b"%PDF-1.7".to_vec(), "a PDF document"),
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

const LONG: &str = "\
REF_AREA;SEX;TIME_PERIOD;OBS_VALUE;OBS_STATUS
North;F;2014;1 234,5;A
North;M;2014;;Q
North;_T;2014;7;E
South;F;2014;x;
South;X;2014;1;
South;F;14;1;
South;F;2014;1.5;
South;F;2014;3;Q
;F;2014;3;
;;;;
";

const LONG_MAPPING: &str = "
decimal = ','
area = { column = 'REF_AREA' }
indicator = { value = 'arrivals_by_sex' }
period = { column = 'TIME_PERIOD' }
value = { column = 'OBS_VALUE' }
status = { column = 'OBS_STATUS' }
marks = { invalid = ['x'] }
dimensions = { sex = { column = 'SEX' } }
";

#[test]
fn a_long_table_gives_values_states_and_rejects_with_place_and_reason() {
    let intake = read(&csv(LONG), &mapping(LONG_MAPPING), &indicators()).unwrap();
    let cells: Vec<String> = intake
        .cells
        .all()
        .iter()
        .map(|c| {
            let codes = &intake.selections[c.selection as usize].codes;
            format!("{} {} {} {:?} {:?}", c.row, intake.labels[c.label as usize].key, codes[0], c.cell, c.status)
        })
        .collect();
    assert_eq!(
        cells,
        [
            "2 North F Value(1234.5) None",
            "3 North M State(Secrecy) None",
            "4 North _T Value(7.0) Some(E)",
            "5 South F State(Invalid) None",
        ]
    );
    let rejects: Vec<String> =
        intake.rejects.list.iter().map(|r| format!("{} {} {} {:?}", r.row, r.column, r.code, r.got)).collect();
    assert_eq!(
        rejects,
        [
            "6 B \"SEX\" dimension.unknown_code \"X\"",
            "7 C \"TIME_PERIOD\" period.not_valid \"14\"",
            "8 D \"OBS_VALUE\" value.ambiguous_sign \"1.5\"",
            "9 E \"OBS_STATUS\" status.contradicts_value \"Q\"",
            "10 A \"REF_AREA\" area.empty \"\"",
        ]
    );
    assert_eq!((intake.rows, intake.blank_rows), (8, 1));
}

#[test]
fn a_wide_table_takes_codes_and_periods_from_two_rows_of_headings() {
    let table = csv("Area;2013;;2014;\n;women;men;women;men\nNorth;1;2;3;4\nTotal;5;6;7;8\n");
    let mapping = mapping(
        "header_row = [1, 2]\narea = { column = 'A', groups = ['Tot*'] }\nindicator = { value = 'arrivals_by_sex' }\n\
         period = { header_row = 1, fill = true }\nvalue = { columns = ['B:E'] }\n\
         [dimensions.sex]\nheader_row = 2\nvalues = { women = 'F', men = 'M' }\n",
    );
    let intake = read(&table, &mapping, &indicators()).unwrap();
    let selections: Vec<String> = intake.selections.iter().map(|s| format!("{} {}", s.period, s.codes[0])).collect();
    assert_eq!(selections, ["2013 F", "2013 M", "2014 F", "2014 M"]);
    assert_eq!(intake.cells.all().iter().filter_map(|c| c.cell.number()).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(intake.labels[1].kind, LabelKind::Group);
}

#[test]
fn a_mapping_that_does_not_fit_says_what_there_is() {
    for (from, to, expected) in [
        ("'REF_AREA'", "'REF_ARAE'", "did you mean \"REF_AREA\"?"),
        ("'REF_AREA'", "'REF_ARAE'", "B \"SEX\""),
        ("'OBS_VALUE'", "9", "no column \"9\""),
        ("sex =", "age =", "no indicator has such a dimension"),
        ("decimal = ','", "decimal = ','\nfirst_row = 99", "no row 99"),
        ("decimal = ','", "decimal = ','\nlast_row = 1", "no row of data"),
        ("invalid = ['x']", "invalid = ['x'], zero = ['x']", "two meanings"),
        ("column = 'OBS_STATUS'", "column = 'OBS_STATUS', values = { F = 'f' }", "expected B, E, P"),
    ] {
        let text = LONG_MAPPING.replacen(from, to, 1);
        assert_ne!(text, LONG_MAPPING, "{from}");
        let message = read(&csv(LONG), &mapping(&text), &indicators()).unwrap_err().to_string();
        assert!(message.contains(expected) && message.starts_with("t.csv"), "{message}");
    }
}

#[test]
fn a_key_that_says_two_things_or_nothing_is_refused_with_the_line_of_the_mapping() {
    let one_text = "give exactly one of value, column, header_row and sheet";
    for (from, to, line, expected) in [
        ("column = 'SEX'", "column = 'SEX', value = 'F'", 9, one_text),
        ("column = 'SEX'", "column = 'SEX', sheet = true", 9, one_text),
        ("column = 'SEX'", "fill = true", 9, one_text),
        ("{ column = 'TIME_PERIOD' }", "{ column = 'TIME_PERIOD', header_row = 1 }", 5, one_text),
        ("area = { column = 'REF_AREA' }", "area = {}", 3, "give exactly one of column and header_row"),
        ("column = 'REF_AREA'", "column = 'REF_AREA', header_row = 1", 3, "give exactly one of column and header_row"),
        ("{ column = 'OBS_VALUE' }", "{}", 6, "give either column (long form) or columns (wide form)"),
        ("column = 'OBS_VALUE'", "column = 'OBS_VALUE', columns = [1]", 6, "give either column (long form) or columns"),
    ] {
        let text = LONG_MAPPING.replacen(from, to, 1);
        assert_ne!(text, LONG_MAPPING, "{from}");
        let message = Mapping::parse(&text, "m.toml").unwrap_err().to_string();
        assert!(message.starts_with(&format!("m.toml: line {line}: {expected}")), "{message}");
    }
}

#[test]
fn a_wrong_heading_is_the_mappings_fault_and_not_every_rows() {
    let wide =
        "area = { column = 1 }\nindicator = { value = 'arrival' }\nperiod = { header_row = 1 }\nvalue = { columns = [2] }\n";
    let message = read(&csv("area,2012\nNorth,1\n"), &mapping(wide), &indicators()).unwrap_err().to_string();
    assert!(message.contains("did you mean \"arrivals\"?"), "{message}");
    let message = read(&csv("area,old\nNorth,1\n"), &mapping(&wide.replace("arrival'", "arrivals'")), &indicators());
    assert!(message.unwrap_err().to_string().contains("B \"old\""));
}

#[test]
fn unknown_keys_and_signs_of_a_mapping_are_refused_with_line_and_nearest_key() {
    for (text, expected) in [
        ("\ndecimals = ','", "line 2: unknown field `decimals`"),
        ("decimals = ','", "did you mean \"decimal\"?"),
        ("[area]\ncolum = 'A'", "did you mean \"column\"?"),
        ("decimal = ';'", "expected \".\" or \",\""),
        ("decimal = '.'\nthousands = '.'", "must differ"),
    ] {
        let rest = LONG_MAPPING
            .replace("decimal = ','", "")
            .replace("area =", if text.contains("[area]") { "#" } else { "area =" });
        let whole = if text.contains("[area]") { format!("{rest}\n{text}") } else { format!("{text}\n{rest}") };
        let message = Mapping::parse(&whole, "m.toml").unwrap_err().to_string();
        assert!(message.starts_with("m.toml") && message.contains(expected), "{message}");
    }
}

#[test]
fn a_declared_part_without_a_row_is_refused_with_the_nearest_label() {
    let text = "area = { column = 1, part = [{ row = 'North (without the isle)', of = 'North' }] }\n\
                indicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = [2] }\n";
    let table = csv("area,2012\nNorth,3\nNorth (without the isles),1\n");
    let message = read(&table, &mapping(text), &indicators()).unwrap_err().to_string();
    assert!(message.contains("did you mean \"North (without the isles)\"?"), "{message}");
}

#[test]
fn what_a_file_does_not_say_is_left_open() {
    let proposal = propose(&csv("area;a;b\nNorth;1,5;2\nSouth;2,25;3\n"), &indicators(), &|_| false);
    assert_eq!((proposal.open.len(), proposal.mapping), (2, None));
    assert!(
        proposal.toml.contains("decimal = \",\"") && proposal.toml.contains("# FILL IN indicator.value"),
        "{}",
        proposal.toml
    );
    let nothing = propose(&csv("only\ntext\nhere\n"), &indicators(), &|_| false);
    assert!(nothing.mapping.is_none() && nothing.open[0].contains("right file and sheet"));
}

/// The fenced block of docs/mappings.md that follows `heading`.
fn documented(heading: &str) -> String {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mappings.md")).unwrap();
    let block = page.split_once(heading).and_then(|(_, rest)| rest.split_once("```")).unwrap().1;
    let (_, block) = block.split_once('\n').unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_example_of_the_documentation_works_as_it_says() {
    let mut indicators = indicators();
    indicators.retain(|indicator| indicator.id.as_str() == "arrivals_by_sex");
    let mapping = mapping(&documented("`arrivals.toml`:").replace("\"arrivals\"", "\"arrivals_by_sex\""));
    let intake = read(&csv(&documented("`arrivals.csv`,")), &mapping, &indicators).unwrap();
    assert!(intake.rejects.is_empty(), "{:?}", intake.rejects.list);
    let kinds: Vec<_> = intake.labels.iter().map(|label| &label.kind).collect();
    let part = LabelKind::Part { of: "Northland".to_owned() };
    assert_eq!(kinds, [&LabelKind::Group, &LabelKind::Area, &part, &LabelKind::Area]);
    assert_eq!(intake.selections[2].period.to_string(), "2024");
}
