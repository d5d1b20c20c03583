//! Mappings that fit a table, and mappings that do not.

use super::{super::*, csv, indicators, mapping};

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
        ("{ column = 'TIME_PERIOD' }", "{ fill = true }", 5, "give value, column, header_row or sheet"),
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

/// Periods and notes of what a mapping of the period gives, or the first thing that is wrong.
fn periods(text: &str, period: &str) -> Result<Vec<String>, String> {
    let how =
        format!("header_row = [1, 2]\narea = {{ column = 1 }}\nindicator = {{ value = 'arrivals' }}\nperiod = {period}\n");
    let values = if period.contains("header_row") { "value = { columns = ['B:'] }" } else { "value = { column = 'v' }" };
    let intake = read(&csv(text), &mapping(&format!("{how}{values}")), &indicators()).map_err(|error| error.to_string())?;
    if let Some(reject) = intake.rejects.list.first() {
        return Err(format!("row {} {}: {}", reject.row, reject.code, reject.remedy));
    }
    Ok(intake.selections.iter().map(|selection| selection.period.to_string()).collect())
}

#[test]
fn a_period_may_stand_in_several_cells_whichever_is_the_year() {
    let months = "area;2014 год;;2015 год;\n;январь;февраль;январь;февраль\nN;1;2;3;4\n";
    let quarters = "area,Q1,Q1,Q2\n,2014,2015,2014\nN,1,2,3\n";
    let long = "area,year,quarter,v\n,,,\nN,2014,1,5\nN,2014,2,6\n";
    for (text, period, expected) in [
        (months, "{ header_row = [1, 2] }", &["2014-01", "2014-02", "2015-01", "2015-02"][..]),
        (quarters, "{ header_row = [1, 2] }", &["2014-Q1", "2015-Q1", "2014-Q2"]),
        ("area,I кв.,II кв.\n,,\nN,1,2\n", "{ value = 2014, header_row = 1 }", &["2014-Q1", "2014-Q2"]),
        (long, "{ column = ['year', 'quarter'] }", &["2014-Q1", "2014-Q2"]),
        (&long.replace("quarter", "Месяц"), "{ column = ['year', 'Месяц'] }", &["2014-01", "2014-02"]),
        (&long.replace(",1,", ",Jan,").replace(",2,", ",Feb,"), "{ column = ['year', 'quarter'] }", &["2014-01", "2014-02"]),
        (
            &long.replace(",1,", ",a,").replace(",2,", ",b,"),
            "{ column = ['year', 'quarter'], values = { a = 'Q1', '2014 b' = '2014-S2' } }",
            &["2014-Q1", "2014-S2"],
        ),
    ] {
        assert_eq!(
            periods(text, period).as_deref(),
            Ok(&expected.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>()[..]),
            "{text} {period}"
        );
    }
    let empty = long.replace(",2,6", ",,6");
    let error = periods(&empty, "{ column = ['year', 'quarter'] }").unwrap_err();
    assert!(error.starts_with("row 4 period.part_is_empty") && error.contains("\"2014\" = \"2014\""), "{error}");
    let whole = "{ column = ['year', 'quarter'], values = { '2014' = '2014' } }";
    assert_eq!(periods(&empty, whole).unwrap(), ["2014-Q1", "2014"]);
    let error = periods(&long.replace("quarter", "x"), "{ column = ['year', 'x'] }").unwrap_err();
    assert!(error.starts_with("row 3 period.not_valid"), "{error}");
}

#[test]
fn periods_of_no_form_are_refused_with_what_they_are() {
    for (head, expected) in [
        ("2011-12,2012-13", "it is a year that begins in 2012 and ends in 2013"),
        ("2011-12,2012-13", "period.values = { \"2011-12\" = \"2011\", \"2012-13\" = \"2012\" }"),
        ("январь-сентябрь 2016", "it is 9 months"),
        ("FY2012", "may begin in any month"),
        ("Rank 2015", "write 2014, 2014-S1"),
    ] {
        let error = periods(&format!("area,{head}\n,\nN,1\n"), "{ header_row = 1 }").unwrap_err();
        assert!(error.starts_with("t.csv: period: column") && error.contains(expected), "{error}");
    }
}

#[test]
fn the_periods_of_the_documentation_are_keys_of_a_mapping() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mappings.md")).unwrap();
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("period = ")).collect();
    assert_eq!(lines.len(), 4, "the examples of the section on periods");
    for line in lines {
        mapping(&format!("area = {{ column = 1 }}\nindicator = {{ value = 'arrivals' }}\nvalue = {{ column = 2 }}\n{line}"));
    }
}
