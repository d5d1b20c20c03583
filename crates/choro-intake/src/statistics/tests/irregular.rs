//! Tables as people make them: merged cells, footnotes, rows that are no data, figures that must not be told.

use super::{super::*, csv, fixture, indicators, mapping};

const LONG: &str = "
indicator = { value = 'arrivals' }
period = { column = 'year' }
value = { column = 'v' }
";

/// Row, label and cell of everything taken, and reason of everything rejected.
fn taken(text: &str, how: &str) -> (Intake, Vec<String>) {
    let intake = read(&csv(text), &mapping(how), &indicators()).unwrap();
    let cells = intake.cells.all().into_iter().map(|c| {
        let label = &intake.labels[c.label as usize].key;
        let flag = c.status.map(|flag| format!(" {}", flag.as_str())).unwrap_or_default();
        let value = c.cell.number().map_or_else(|| format!("{:?}", c.cell), |number| number.to_string());
        format!("{} {label} {} {value}{flag}", c.row, intake.selections[c.selection as usize].period)
    });
    let rejects = intake.rejects.list.iter().map(|r| format!("{} {}", r.row, r.code));
    let all = cells.chain(rejects).collect();
    (intake, all)
}

#[test]
fn only_rows_with_the_declared_texts_are_data_and_the_others_are_counted() {
    let text = "area,level,year,v\nNorth, town ,2014,1\nNorth,region,2014,9\nSouth,town,2014,2\n";
    let how = format!("area = {{ column = 1 }}\nonly = [{{ column = 'level', values = ['town'] }}]\n{LONG}");
    let (intake, all) = taken(text, &how);
    assert_eq!(all, ["2 North 2014 1", "4 South 2014 2"]);
    assert_eq!(intake.left_out, 1);
    assert!(intake.notes.contains(&"1 rows are left out by only".to_owned()), "{:?}", intake.notes);
}

#[test]
fn merged_cells_are_filled_downwards_until_a_cell_to_the_left_is_new() {
    let text = "region,town,year,v\nNorth,A,2014,1\n,,2015,2\n,B,2014,3\n\nSouth,,2014,4\n,C,2014,5\n";
    let how = format!("area = {{ column = [1, 2], fill = true }}\n{LONG}");
    let (intake, all) = taken(text, &how);
    assert_eq!(all, ["2 North+A 2014 1", "3 North+A 2015 2", "4 North+B 2014 3", "6 South+ 2014 4", "7 South+C 2014 5"]);
    assert_eq!(intake.blank_rows, 1);
    let years = "area,year,v\nNorth,2014,1\nSouth,,2\n";
    let how = format!("area = {{ column = 1 }}\n{LONG}").replace("column = 'year'", "column = 'year', fill = true");
    assert_eq!(taken(years, &how).1, ["2 North 2014 1", "3 South 2014 2"]);
}

#[test]
fn footnotes_are_taken_off_numbers_and_labels_say_what_was_declared_and_are_counted() {
    let text = "area;year;v\nNorth*;2014;1 234*\nSouth 1);2014;5 p\nSouth;2015;: c\nEast;2014;12 2)\nEast;2015;7 c\n";
    let how = format!("area = {{ column = 1 }}\n{LONG}\n[marks.footnotes]\n'*' = ''\n'1)' = ''\np = 'P'\nc = 'secrecy'\n");
    let (intake, all) = taken(text, &how);
    assert_eq!(
        all,
        [
            "2 North 2014 1234",
            "3 South 2014 5 P",
            "4 South 2015 State(Secrecy)",
            "5 value.not_a_number",
            "6 status.contradicts_value"
        ]
    );
    assert!(
        intake.notes.iter().any(|note| note == "footnote \"*\" stands beside 1 numbers and 1 labels"),
        "{:?}",
        intake.notes
    );
}

#[test]
fn footnotes_are_taken_off_headings_too() {
    let how = "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\n\
               value = { columns = ['B:'] }\nmarks = { footnotes = { '1)' = '' } }";
    assert_eq!(taken("area,2014,2015 1)\nNorth,1,2\n", how).1, ["2 North 2014 1", "2 North 2015 2"]);
}

#[test]
fn no_number_is_kept_of_a_row_that_says_it_is_confidential() {
    let text = "area,year,v,CONF\nNorth,2014,3,F\nSouth,2014,4,C\nEast,2014,,C\nWest,2014,5,\n";
    let how = format!("area = {{ column = 1 }}\nconfidentiality = {{ column = 'CONF', public = ['F'] }}\n{LONG}");
    let (intake, all) = taken(text, &how);
    assert_eq!(
        all,
        ["2 North 2014 3", "3 South 2014 State(Secrecy)", "4 East 2014 State(Secrecy)", "5 West 2014 State(Secrecy)"]
    );
    assert!(intake.notes.iter().any(|note| note.starts_with("2 numbers are confidential")), "{:?}", intake.notes);
}

#[test]
fn leading_blanks_make_totals_of_rows_with_deeper_ones_below_and_name_parents() {
    let text = "area,year,v\nLand,2014,9\n  North,2014,5\n    Town,2014,1\n    Isles,2014,2\n  South,2014,4\n    Town,2014,4\nLost,2014,7\n";
    let how = |indent: &str| format!("area = {{ column = 1, indent = {indent} }}\n{LONG}");
    let (intake, all) = taken(text, &how("['totals']"));
    assert_eq!(all, ["4 Town 2014 1", "5 Isles 2014 2", "7 Town 2014 4", "8 Lost 2014 7"]);
    assert_eq!(intake.labels.iter().filter(|label| label.kind == LabelKind::Group).count(), 3);
    let (_, all) = taken(text, &how("['totals', 'parent']"));
    assert_eq!(all, ["4 North+Town 2014 1", "5 North+Isles 2014 2", "7 South+Town 2014 4", "8 Lost 2014 7"]);
    // A long table repeats each label; that makes nobody a total.
    let long = "area,year,v\nLand,2014,9\nLand,2015,9\n  North,2014,5\n  North,2015,6\n";
    assert_eq!(taken(long, &how("['totals']")).1, ["4 North 2014 5", "5 North 2015 6"]);
}

#[test]
fn a_proposal_says_that_labels_are_indented() {
    let toml = |text: &str| propose(&csv(text), &[], &indicators(), &|_| vec![0]).toml;
    assert!(toml("area;2014\nLand;9,5\n  North;5\n").contains("# Labels are indented"));
    assert!(!toml("area;2014\nLand;9,5\nNorth;5\n").contains("indented"));
}

#[test]
fn an_area_with_a_row_without_its_parts_stays_an_area_though_parts_stand_below_it() {
    let text = "area,year,v\nNorth,2014,5\n  Isles,2014,2\n  North (without Isles),2014,3\n";
    let part = "{ row = 'North (without Isles)', of = 'North' }";
    let how = format!("area = {{ column = 1, indent = ['totals'], part = [{part}] }}\n{LONG}");
    assert_eq!(taken(text, &how).0.labels[0].kind, LabelKind::Area);
}

#[test]
fn areas_may_stand_in_the_headings() {
    let text = "year,North,South,Total\n2014,1,2,3\n,,,\n2015,4,,4\n";
    let how = "area = { header_row = 1, groups = ['Total'] }\nindicator = { value = 'arrivals' }\n\
               period = { column = 'year' }\nvalue = { columns = ['B:'] }";
    let (intake, all) = taken(text, how);
    assert_eq!(all, ["2 North 2014 1", "2 South 2014 2", "4 North 2015 4", "4 South 2015 State(Missing)"]);
    assert_eq!((intake.rows, intake.blank_rows, intake.labels[1].row), (2, 1, 1));
}

#[test]
fn a_table_of_two_hundred_columns_is_read_whole() {
    let years: Vec<String> = (1850..2050).map(|year| year.to_string()).collect();
    let row = |n: usize| (0..200).map(|column| (n * 200 + column).to_string()).collect::<Vec<_>>().join(",");
    let rows: String = (0..500).map(|n| format!("Area {n},{}\n", row(n))).collect();
    let text = format!("area,{}\n{rows}", years.join(","));
    let how = "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }";
    let intake = read(&csv(&text), &mapping(how), &indicators()).unwrap();
    assert_eq!((intake.cells.len(), intake.selections.len(), intake.rejects.total()), (100_000, 200, 0));
    assert_eq!(intake.cells.all()[99_999].cell.number(), Some(99_999.0));
}

/// Rows are origins, columns destinations.
const SQUARE: &str = "from,North,South,Total\nNorth,0,2,2\nSouth,4,0,4\nTotal,4,2,6\n";

#[test]
fn a_square_matrix_is_refused_as_flows_and_its_totals_are_taken_where_the_mapping_says_so() {
    let constant = "indicator = { value = 'arrivals' }\nperiod = { value = 2014 }\n";
    let all = format!("area = {{ column = 1, groups = ['Total'] }}\nvalue = {{ columns = ['B:C'] }}\n{constant}");
    let message = read(&csv(SQUARE), &mapping(&all), &indicators()).unwrap_err().to_string();
    assert!(message.contains("value.columns") && message.contains("table of flows"), "{message}");
    let departures = all.replace("['B:C']", "['Total']");
    assert_eq!(taken(SQUARE, &departures).1, ["2 North 2014 2", "3 South 2014 4"]);
    let arrivals = "area = { header_row = 1 }\nvalue = { columns = ['B:C'] }\n\
                    only = [{ column = 'from', values = ['Total'] }]\n";
    assert_eq!(taken(SQUARE, &format!("{arrivals}{constant}")).1, ["4 North 2014 4", "4 South 2014 2"]);
}

#[test]
fn a_rule_of_restoring_that_does_not_exist_is_refused_with_those_that_do() {
    for rule in ["zeros", "leading-zeros:", "leading-zeros:0", "leading-zeros:99", "leading-zeros:8x"] {
        let message = Mapping::parse(&format!("area = {{ column = 1, restore = ['{rule}'] }}\n{LONG}"), "m").unwrap_err();
        assert!(message.to_string().contains("leading-zeros:N"), "{message}");
    }
}

#[test]
fn a_proposal_for_a_matrix_says_that_flows_are_no_map_yet() {
    let known = |label: &str| ["North", "South"].iter().position(|name| *name == label).into_iter().collect();
    let proposal = propose(&csv(SQUARE), &[], &indicators(), &known);
    assert!(
        proposal.open.iter().any(|open| open.text.contains("row 1") && open.text.contains("table of flows")),
        "{:?}",
        proposal.open
    );
    assert!(proposal.mapping.is_none());
}

/// Two sheets of one layout, `2023` and `2024`, and a cover.
fn years(how: &str) -> Result<Intake, FileError> {
    read_file(&fixture("intake/years.xlsx"), &mapping(how), &indicators())
}

#[test]
fn sheets_of_one_layout_are_one_import_and_their_names_may_be_periods() {
    let how = "sheets = ['20??']\narea = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { sheet = true }\n\
               value = { column = 2 }";
    let intake = years(how).unwrap();
    let cells: Vec<String> = intake
        .cells
        .all()
        .iter()
        .map(|c| {
            let (label, period) = (&intake.labels[c.label as usize].key, intake.selections[c.selection as usize].period);
            format!("{}:{} {label} {period} {:?}", intake.sheets[usize::from(c.sheet)], c.row, c.cell.number())
        })
        .collect();
    assert_eq!(cells, ["2023:2 North 2023 Some(1.0)", "2023:3 South 2023 Some(2.0)", "2024:2 North 2024 Some(3.0)"]);
    assert_eq!(intake.rejects.list[0].column, "B \"arrivals\" of sheet \"2024\"");
    assert_eq!((intake.rows, intake.labels.len(), intake.rejects.total()), (4, 2, 1));
}

#[test]
fn sheets_that_are_not_there_or_do_not_fit_are_named() {
    let how =
        "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { sheet = true }\nvalue = { column = 2 }\n";
    for (sheets, expected) in [
        ("sheets = ['19??']", "no sheet fits \"19??\""),
        ("sheets = [9]", "no sheet 9"),
        ("sheets = ['*']", "sheet \"Cover\": first_row: no row of data is left"),
    ] {
        let message = years(&format!("{sheets}\n{how}")).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
    let both = Mapping::parse(&format!("sheet = 1\nsheets = [2]\n{how}"), "m.toml").unwrap_err().to_string();
    assert!(both.contains("either sheet or sheets"), "{both}");
    let text = read(&csv("a,2012\nNorth,1\n"), &mapping(how), &indicators()).unwrap_err().to_string();
    assert!(text.contains("the file has no sheets"), "{text}");
}
