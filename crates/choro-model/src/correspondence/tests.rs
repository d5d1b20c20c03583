use super::*;
use crate::{AreaCode, CrosswalkTable, SetId, VintageId};
use std::collections::BTreeSet;

fn codes(text: &str) -> BTreeSet<AreaCode> {
    text.split(' ').filter(|code| !code.is_empty()).map(|code| AreaCode::new(code).unwrap()).collect()
}

/// The rows of a text with commas between its cells.
fn table_of(csv: &str) -> CrosswalkTable {
    let rows = csv.lines().map(|line| line.split(',').map(str::to_owned).collect());
    CrosswalkTable::new("t.csv", (1..).zip(rows)).unwrap()
}

/// A table between the areas `from` and `to`, each separated by spaces.
fn parse(from: &str, to: &str, csv: &str) -> Result<Correspondence, String> {
    let (from_codes, to_codes) = (codes(from), codes(to));
    let (set, old, new) = (SetId::new("regions").unwrap(), VintageId::new("1").unwrap(), VintageId::new("2").unwrap());
    let vintages = Vintages { set: &set, from: &old, to: &new, from_codes: &from_codes, to_codes: &to_codes };
    Correspondence::parse(&table_of(csv), vintages).map_err(|e| e.to_string())
}

/// `A>B weight back change` for each link.
fn shown(table: &Correspondence) -> Vec<String> {
    let part = |part: Option<f64>| part.map_or("-".to_owned(), |part| part.to_string());
    let line = |link: &Link| format!("{}>{} {} {} {}", link.from, link.to, part(link.weight), part(link.back), link.change);
    table.links().iter().map(line).collect()
}

#[test]
fn what_happened_follows_from_the_rows_and_unnamed_areas_are_unchanged() {
    for (from, to, csv, expected) in [
        ("A B", "A B", "from,to\n", vec!["A>A 1 1 same", "B>B 1 1 same"]),
        ("A B", "C B", "from,to\nA,C\n", vec!["A>C 1 1 rename", "B>B 1 1 same"]),
        ("A B", "B", "from,to\nA,B\nB,B\n", vec!["A>B 1 - merge", "B>B 1 - merge"]),
        ("A B", "B", "from,to,back\nA,B,0.25\nB,B,0.75\n", vec!["A>B 1 0.25 merge", "B>B 1 0.75 merge"]),
        ("A", "A B", "from,to\nA,A\nA,B\n", vec!["A>A - 1 split", "A>B - 1 split"]),
        (
            "A B",
            "A B",
            "from,to,weight,kind\nA,A,0.9,transfer\nA,B,0.1,\nB,B,,transfer\n",
            vec!["A>A 0.9 1 transfer", "A>B 0.1 - transfer", "B>B 1 - transfer"],
        ),
    ] {
        assert_eq!(shown(&parse(from, to, csv).unwrap()), expected, "{csv}");
    }
}

#[test]
fn areas_without_a_partner_are_listed_by_the_table() {
    let table = parse("A D", "A E", "from,to\nD,\n,E\n").unwrap();
    assert_eq!((table.gone(), table.new_areas()), (&[AreaCode::new("D").unwrap()][..], &[AreaCode::new("E").unwrap()][..]));
    assert!(table.fits(&codes("A D"), &codes("A E")));
    assert!(!table.fits(&codes("A D F"), &codes("A E")) && !table.fits(&codes("A D"), &codes("A")));
    assert_eq!(table.counts(), [(Change::Same, 1)]);
}

#[test]
fn a_table_that_does_not_cover_or_add_up_is_refused_with_row_field_and_remedy() {
    for (from, to, csv, expected) in [
        ("A B", "B", "from,to\nA,B\n", "from: area B of vintage 1 stands in no row; add what it became, or a row B,"),
        ("A", "A C", "from,to\n", "to: area C of vintage 2 stands in no row"),
        ("A", "A B", "from,to,weight\nA,A,0.9\nA,B,0.2\n", "row 3, weight: the parts of area A add up to 1.1"),
        ("A", "A B", "from,to,weight\nA,A,0.9\nA,B,\n", "area A has 2 parts and 1 of them no weight"),
        ("A", "A B", "from,to,weight\nA,A,0.7\nA,B,0.1\n", "the parts of area A add up to 0.8, expected 1"),
        ("A", "B", "from,to,weight\nA,B,0.5\n", "the parts of area A add up to 0.5, expected 1"),
        ("A B", "C", "from,to,back\nA,C,0.5\nB,C,0.499\n", "row 3, back: the parts of area C add up to 0.999"),
        ("A", "A B", "from,to,weight\nA,A,1.5\nA,B,0\n", "row 2, weight: \"1.5\" is no part"),
        ("A", "A", "from,to,weight\nA,A,inf\n", "\"inf\" is no part"),
        ("A", "A", "from,to,weight\nA,A,-0\n", "\"-0\" is no part"),
        ("RU-PER", "RU-PER", "from,to\nRU-PRE,RU-PER\n", "vintage 1 has no area \"RU-PRE\"; did you mean \"RU-PER\"?"),
        ("A", "A", "from,to\nA,A\nA,A\n", "row 3, from: A to A stands there twice, also in row 2"),
        ("A", "A", "from,to\nA,A\nA,\n", "row 3, from: area A has no partner here and stands in another row"),
        ("A", "A", "from,to\n,\n", "row 2, from: both codes are empty"),
        ("A", "A", "from,to,weight\nA,,0.5\n,A,\n", "row 2, weight: an area without a partner has a weight"),
        ("A", "B", "from,to,kind\nA,B,merge\n", "row 2, kind: the row says merge, but the rows link 1 areas with 1: rename"),
        ("A", "B", "from,to,kind\nA,B,renam\n", "did you mean \"rename\"?"),
        ("A", "A", "from,too\nA,A\n", "column \"too\" is not known, did you mean \"to\"?"),
        ("A", "A", "from,weight\nA,1\n", "there is no column \"to\""),
    ] {
        let message = parse(from, to, csv).expect_err(csv);
        assert!(message.contains(expected) && message.contains("t.csv"), "{csv}: {message}");
    }
}

#[test]
fn weights_that_miss_one_by_rounding_alone_are_taken() {
    let third = "0.33333333333";
    let csv = format!("from,to,weight\nA,A,{third}\nA,B,{third}\nA,C,{third}\n");
    assert!(parse("A", "A B C", &csv).is_ok());
}

#[test]
fn a_message_lists_some_faults_and_counts_the_rest() {
    let from: Vec<String> = (0..30).map(|n| format!("A{n}")).collect();
    let message = parse(&from.join(" "), "B", "from,to\n,B\n").unwrap_err();
    assert!(message.contains("30 faults") && message.contains("and 10 more"), "{message}");
}
