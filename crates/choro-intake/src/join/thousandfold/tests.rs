use super::{StoredFigures, ThousandfoldFindings, thousandfold};
use crate::{
    join::{KnownArea, join},
    statistics::{
        self,
        tests::{csv, indicators, mapping},
    },
};
use choro_model::{AreaCode, Cell, Observation};
use std::fmt::Write as _;

/// So many that the columns of a file are compared in several parts.
const YEARS: usize = 21;

fn areas() -> Vec<KnownArea> {
    let area = |code: &str| KnownArea {
        code: AreaCode::new(code).unwrap(),
        names: Vec::new(),
        parent: Vec::new(),
        has_polygon: true,
    };
    ["A", "B", "C"].map(area).to_vec()
}

/// A table of three areas from 2000 on, in which `odd` changes figures by area, year and figure.
fn table(odd: impl Fn(usize, usize, usize) -> usize) -> String {
    table_of(YEARS, odd)
}

/// Such a table of so many years.
fn table_of(years: usize, odd: impl Fn(usize, usize, usize) -> usize) -> String {
    let mut text = (0..years).fold("area".to_owned(), |mut text, year| {
        let _ = write!(text, ",{}", 2000 + year);
        text
    });
    for (number, area) in ["A", "B", "C"].into_iter().enumerate() {
        let _ = write!(text, "\n{area}");
        for year in 0..years {
            let _ = write!(text, ",{}", odd(number, year, 1000 * (number + 1) + 7 * year));
        }
    }
    text + "\n"
}

/// The doubts about a table, beside what is stored of years, areas and figures.
fn doubts(text: &str, stored: &[(&str, &str, f64)]) -> Vec<String> {
    findings(text, stored, 0).doubts.into_iter().map(|doubt| doubt.what).collect()
}

/// What is found of a table beside what is stored, of which some columns were not read.
fn findings(text: &str, stored: &[(&str, &str, f64)], left_out: usize) -> ThousandfoldFindings {
    let how = "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }\n";
    let (areas, indicators) = (areas(), indicators());
    let intake = statistics::read(&csv(text), &mapping(how), &indicators).unwrap();
    let joined = join(intake, &areas, None).unwrap();
    let observation = |(year, area, figure): &(&str, &str, f64)| Observation {
        indicator: choro_model::IndicatorId::new("arrivals").unwrap(),
        period: year.parse().unwrap(),
        codes: Vec::new(),
        area: AreaCode::new(area).unwrap(),
        cell: Cell::Value(*figure),
        status: None,
    };
    let mut figures = StoredFigures::of(&areas);
    figures.add(&stored.iter().map(observation).collect::<Vec<_>>());
    figures.leave_out(left_out);
    thousandfold(&joined, &indicators, &figures).unwrap()
}

#[test]
fn one_odd_figure_is_found_once_in_whatever_part_of_the_file_it_stands() {
    assert_eq!(doubts(&table(|_, _, figure| figure), &[]), [""; 0]);
    for year in 0..YEARS {
        let found = doubts(&table(|area, at, figure| if (area, at) == (1, year) { figure * 1000 } else { figure }), &[]);
        let told = format!("B has {} in {}, and", (2000 + 7 * year) * 1000, 2000 + year);
        assert!(found.len() == 1 && found[0].contains(&told) && found[0].matches(" has ").count() == 2, "{year}: {found:?}");
    }
}

#[test]
fn a_column_is_compared_with_what_is_stored_of_its_own_period_and_of_the_one_before() {
    let same: Vec<(&str, &str, f64)> = vec![("2000", "A", 1e6), ("2000", "B", 2e6), ("2000", "C", 3e6)];
    let found = doubts(&table(|_, _, figure| figure), &same);
    assert!(found[0].contains("A has 1000 in 2000, and 1000000 in 2000 as stored, like most of 3 areas"), "{found:?}");
    let before: Vec<(&str, &str, f64)> = vec![("1999", "A", 1e6), ("1999", "B", 2e6), ("1999", "C", 3e6)];
    let found = doubts(&table(|_, _, figure| figure), &before);
    assert!(found[0].contains("and 1000000 in 1999 as stored"), "{found:?}");
    // Another kind of period is another matter.
    let months: Vec<(&str, &str, f64)> = vec![("1999-12", "A", 1e6), ("1999-12", "B", 2e6), ("1999-12", "C", 3e6)];
    assert_eq!(doubts(&table(|_, _, figure| figure), &months), [""; 0]);
}

#[test]
fn columns_that_are_too_many_to_be_compared_are_counted() {
    assert_eq!(findings(&table(|_, _, figure| figure), &[], 0).notes, [""; 0]);
    // Parts of eight columns of which four stand in the next one too: eight passes compare 34 of 40.
    let found = findings(&table_of(40, |_, _, figure| figure), &[], 12).notes;
    assert!(found[0].starts_with("6 columns of figures of the file were not compared"), "{found:?}");
    assert!(found[1].starts_with("12 columns of figures stored before were not compared"), "{found:?}");
    assert_eq!(findings(&table_of(36, |_, _, figure| figure), &[], 0).notes, [""; 0]);
}
