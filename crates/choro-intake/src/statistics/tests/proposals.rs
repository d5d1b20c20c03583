//! Proposed mappings.

use super::{super::*, csv, indicators, real};
use choro_model::{Indicator, Lang};

/// Indicators whose names and units stand in the titles of the real files.
fn titled() -> Vec<Indicator> {
    let mut indicators = indicators();
    for (indicator, name) in indicators.iter_mut().zip(["Коэффициент миграционного прироста", "Численность населения"])
    {
        indicator.name.0.insert(Lang::new("ru").unwrap(), name.to_owned());
    }
    indicators[0].unit.name.0.insert(Lang::new("ru").unwrap(), "на 10 тыс. человек".to_owned());
    indicators
}

/// Each label with one of these letters is an area of its own.
fn lettered(label: &str) -> Vec<usize> {
    let known =
        ["область", "край", "a"].iter().any(|letters| label.contains(letters)) && label.starts_with(char::is_uppercase);
    if known { vec![label.bytes().map(usize::from).fold(0, |sum, byte| sum * 31 % 1_000_003 + byte)] } else { Vec::new() }
}

fn keys(proposal: &Proposal) -> Vec<&str> {
    proposal.open.iter().map(|question| question.key.as_str()).collect()
}

#[test]
fn the_proposals_for_real_files_work_when_their_questions_are_answered() {
    for (path, asked, rows, cells, first) in [
        ("russia_stats/emiss_migration_rate_2012_2017.xls", &[][..], 98, 98 * 6, ("net_migration_rate", "2012")),
        ("russia_stats/emiss_population_2012_2017.xls", &["header_row", "dimensions"], 98, 98 * 6, ("population", "2012")),
        ("eaeu/kazakhstan_internal_migration_2022.csv", &[], 20, 20 * 2, ("arrivals", "2022")),
    ] {
        let Some(file) = real(path) else { continue };
        let table = file::read(&file, &TableOptions::default()).unwrap();
        let mut proposal = propose(&table, &[], &titled(), &lettered);
        assert_eq!(keys(&proposal), asked, "{path}: {}", proposal.toml);
        while !proposal.open.is_empty() {
            proposal = proposal.answered(0, propose::Answer::AsDrafted);
        }
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

#[test]
fn what_a_file_does_not_say_is_left_open() {
    let proposal = propose(&csv("area;a;b\nNorth;1,5;2\nSouth;2,25;3\n"), &[], &indicators(), &|_| Vec::new());
    assert_eq!(keys(&proposal), ["area", "indicator.value", "value.columns", "period.value"]);
    assert_eq!(proposal.mapping, None);
    assert!(
        proposal.toml.contains("decimal = \",\"") && proposal.toml.contains("# FILL IN indicator.value"),
        "{}",
        proposal.toml
    );
    let nothing = propose(&csv("only\ntext\nhere\n"), &[], &indicators(), &|_| Vec::new());
    assert!(nothing.mapping.is_none() && nothing.open[0].text.contains("right file and sheet"));
}

/// North and South, by name.
fn two(label: &str) -> Vec<usize> {
    ["North", "South"].iter().position(|name| *name == label).into_iter().collect()
}

/// What is asked about a table; `arrivals` and `population` are indicators.
#[test]
fn each_thing_that_may_be_otherwise_is_asked_with_its_place() {
    for (text, asked) in [
        ("area,2014\nNorth,1.5\nSouth,2.5\n", &["indicator.value: which"][..]),
        ("Arrivals\narea,2014\nNorth,1.5\nSouth,2.5\n", &[]),
        ("Arrivals\narea,year,v\nNorth,2014,5\nSouth,2014,7\n", &["header_row: row 2 \"v\""]),
        ("Arrivals (in thousands)\narea,2014\nNorth,1.5\nSouth,2.5\n", &["power: row 1, column A"]),
        ("Arrivals\narea,2014,place\nNorth,15,2\nSouth,25,1\n", &["value.columns: C \"place\""]),
        ("Arrivals\narea,2014,2015 place\nNorth,15,2\nSouth,25,1\n", &["value.columns: C \"2015 place\""]),
        (
            "Arrivals\narea,kind,2014\nNorth,Female,15\nSouth,Female,25\n",
            &["dimensions: column B \"kind\" is always \"Female\""],
        ),
        ("Arrivals\narea,kind,2014\nNorth,Total,15\nSouth,Total,25\n", &[]),
        (
            "Arrivals\narea,kind,2014\nNorth,F,15\nNorth,M,25\nSouth,F,3\n",
            &["only: rows 3 and 4", "dimensions: column B \"kind\" has 2 texts"],
        ),
        ("Arrivals\narea,2011-12,2012-13\nNorth,15,16\nSouth,25,26\n", &["period.values: row 2"]),
        ("Arrivals\narea,2011/12\nNorth,15\nSouth,25\n", &["period.values: row 2"]),
        ("Arrivals\narea,Jan-Mar 2014,Jan-Jun 2014\nNorth,15,16\nSouth,25,26\n", &["period.values: row 2"]),
        ("Arrivals\narea,1435,1436\nNorth,15,16\nSouth,25,26\n", &["period.values: row 2"]),
        ("Arrivals\nfrom,to,2014\nNorth,South,15\nSouth,North,25\n", &["area.column: columns A \"from\" and B \"to\""]),
        ("Arrivals\narea,2014,area,2014\nNorth,15,South,25\nSouth,25,North,15\n", &["area.column: column C"]),
        ("Arrivals\narea,2014\nNorth,-\nSouth,25\n", &["marks: row 3"]),
        ("Arrivals\narea,2014\nNorth,\"12,345\"\nSouth,\"1,234\"\n", &["decimal: row 3, column B"]),
        ("Arrivals\narea,2014\nNorth,15\nSouth,25\nTable 2. Departures\nNorth,5\n", &["last_row: row 5"]),
        ("Arrivals\narea,2014,2014\nNorth,15,16\nSouth,25,26\n", &["value.columns: B"]),
        ("Arrivals\narea,month,2014\nNorth,May,15\nSouth,June,26\n", &["period.value: column B"]),
    ] {
        let proposal = propose(&csv(text), &[], &indicators(), &two);
        let open: Vec<String> = proposal.open.iter().map(ToString::to_string).collect();
        let fits = open.len() == asked.len() && open.iter().zip(asked).all(|(open, asked)| open.starts_with(asked));
        assert!(fits, "{text}\n{open:#?}\n{}", proposal.toml);
        assert_eq!(proposal.mapping.is_some(), asked.is_empty(), "{}", proposal.toml);
    }
}

#[test]
fn a_mapping_with_open_questions_is_refused_and_the_answers_make_it_whole() {
    let table = csv("area;sex;2014\nNorth;F;..\nSouth;F;25\n");
    let mut proposal = propose(&table, &[], &indicators(), &two);
    assert_eq!(keys(&proposal), ["indicator.value", "marks", "dimensions"]);
    let refused = Mapping::parse(&proposal.toml, "m.toml").unwrap_err().to_string();
    assert!(refused.contains("open: the proposal's questions"), "{refused}");
    let propose::Wants::Dimension(column, texts, choices) = &proposal.open[2].wants else { panic!("{:?}", proposal.open) };
    assert_eq!((*column, &texts[..], choices[0].id.as_str()), (1, &["F".to_owned()][..], "sex"));
    let one = |from: &str, to: &str| [(from.to_owned(), to.to_owned())].into();
    proposal = proposal.answered(2, propose::Answer::Dimension(1, "sex".to_owned(), one("F", "F")));
    proposal = proposal.answered(1, propose::Answer::Marks(one("..", "missing")));
    proposal = proposal.answered(0, propose::Answer::Indicator("arrivals_by_sex".to_owned()));
    let intake = read(&table, &proposal.mapping.expect("nothing is open"), &indicators()).unwrap();
    assert_eq!((intake.cells.len(), intake.rejects.total()), (2, 0), "{:?}", intake.rejects);
    assert_eq!(intake.selections[0].codes[0].as_str(), "F");
}
