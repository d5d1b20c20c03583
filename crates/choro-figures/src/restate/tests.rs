use super::*;
use choro_model::{AreaCode, Cell, Correspondence, CrosswalkTable, Figure, ObsStatus, SetId, State, VintageId, Vintages};
use proptest::prelude::*;
use std::collections::BTreeSet;

const MISSING: Cell = Cell::State(State::Missing);
const SECRECY: Cell = Cell::State(State::Secrecy);
const INVALID: Cell = Cell::State(State::Invalid);

fn value(number: f64) -> Cell {
    Cell::Value(number)
}

fn codes(names: &[&str]) -> BTreeSet<AreaCode> {
    names.iter().map(|name| AreaCode::new(name).unwrap()).collect()
}

fn vintage(id: &str) -> VintageId {
    VintageId::new(id).unwrap()
}

/// The rows of a text with commas between its cells.
fn table_of(csv: &str) -> CrosswalkTable {
    let rows = csv.lines().map(|line| line.split(',').map(str::to_owned).collect());
    CrosswalkTable::new("t.csv", (1..).zip(rows)).unwrap()
}

fn table(between: (&str, &str), from: &[&str], to: &[&str], csv: &str) -> Correspondence {
    let (from_codes, to_codes) = (codes(from), codes(to));
    let set = SetId::new("regions").unwrap();
    let (old, new) = (vintage(between.0), vintage(between.1));
    let vintages = Vintages { set: &set, from: &old, to: &new, from_codes: &from_codes, to_codes: &to_codes };
    Correspondence::parse(&table_of(csv), vintages).unwrap()
}

fn draft(cells: &[Cell]) -> DraftColumn {
    DraftColumn::stored(cells.iter().map(|cell| Figure { cell: *cell, status: None }))
}

fn cells_of(column: &DraftColumn) -> Vec<Cell> {
    column.figures().map(|figure| figure.cell).collect()
}

fn statuses(column: &DraftColumn) -> Vec<Option<ObsStatus>> {
    column.figures().map(|figure| figure.status).collect()
}

fn gaps(column: &DraftColumn) -> Vec<Option<Gap>> {
    column.rows().iter().map(|row| row.gap).collect()
}

/// A and B become C; `back` says how much of C comes from each.
fn merge() -> Correspondence {
    table(("1", "2"), &["A", "B"], &["C"], "from,to,back\nA,C,0.75\nB,C,0.25\n")
}

fn forward(table: &Correspondence, from: &[&str], to: &[&str], cells: &[Cell], rule: Rule<'_>) -> DraftColumn {
    restate(&Plan::of(table, Direction::Forward, from, to), &draft(cells), rule)
}

#[test]
fn a_merge_is_an_exact_sum_and_is_withheld_or_missing_as_its_parts_are() {
    for (a, b, expected) in [
        (value(30.0), value(10.0), value(40.0)),
        (value(0.0), value(0.0), value(0.0)),
        (value(30.0), MISSING, MISSING),
        (value(30.0), SECRECY, SECRECY),
        (MISSING, SECRECY, SECRECY),
        (INVALID, SECRECY, SECRECY),
        (INVALID, INVALID, INVALID),
        (INVALID, value(1.0), MISSING),
        (value(f64::MAX), value(f64::MAX), MISSING),
    ] {
        let merged = forward(&merge(), &["A", "B"], &["C"], &[a, b], Rule::Sum);
        assert_eq!(merged, draft(&[expected]), "{a:?} {b:?}");
    }
}

#[test]
fn sums_parts_and_means_are_those_of_decimals() {
    for (a, b, expected) in [(0.7, 0.1, 0.8), (1e15, 1e-13, 1e15), (0.1, 0.2, 0.3), (1e-13, 2e-13, 3e-13)] {
        let merged = forward(&merge(), &["A", "B"], &["C"], &[value(a), value(b)], Rule::Sum);
        assert_eq!(cells_of(&merged), [value(expected)], "{a} + {b}");
    }
    let back = Plan::of(&merge(), Direction::Back, &["C"], &["A", "B"]);
    assert_eq!(cells_of(&restate(&back, &draft(&[value(0.6)]), Rule::Sum)), [value(0.45), value(0.15)]);
    let weights = draft(&[value(1.0), value(2.0)]);
    let mean = forward(&merge(), &["A", "B"], &["C"], &[value(0.2), value(0.2)], Rule::Mean(&weights));
    assert_eq!(cells_of(&mean), [value(0.2)], "in binary 0.6000000000000001 / 3");
    let plan = Plan::of_parents(&[Some("X"); 83], &["X"]);
    assert_eq!(cells_of(&restate(&plan, &draft(&[value(0.1); 83]), Rule::Sum)), [value(8.3)]);
}

#[test]
fn a_split_is_an_estimate_by_weights_and_nothing_without_them() {
    let back = Plan::of(&merge(), Direction::Back, &["C"], &["A", "B"]);
    let split = restate(&back, &draft(&[value(40.0)]), Rule::Sum);
    assert_eq!(cells_of(&split), [value(30.0), value(10.0)]);
    assert_eq!(statuses(&split), [Some(ObsStatus::E); 2]);
    let secret = restate(&back, &draft(&[SECRECY]), Rule::Sum);
    assert_eq!((cells_of(&secret), statuses(&secret)), (vec![SECRECY; 2], vec![None; 2]));
    let unweighted = table(("1", "2"), &["A"], &["B", "C"], "from,to\nA,B\nA,C\n");
    let split = forward(&unweighted, &["A"], &["B", "C"], &[value(40.0)], Rule::Sum);
    assert_eq!((cells_of(&split), gaps(&split)), (vec![MISSING; 2], vec![Some(Gap::NoWeights); 2]));
    // What the parts give together is exact, whether or not the weights of the split are known.
    let whole = restate(&Plan::of(&unweighted, Direction::Back, &["B", "C"], &["A"]), &draft(&[value(4.0); 2]), Rule::Sum);
    assert_eq!(whole, draft(&[value(8.0)]));
}

#[test]
fn of_a_transfer_only_areas_that_are_made_of_wholes_are_exact() {
    let transfer = table(("1", "2"), &["A", "B"], &["A", "B"], "from,to,weight\nA,A,0.9\nA,B,0.1\nB,B,\n");
    let moved = forward(&transfer, &["A", "B"], &["A", "B"], &[value(100.0), value(50.0)], Rule::Sum);
    assert_eq!(cells_of(&moved), [value(90.0), value(60.0)]);
    assert_eq!(statuses(&moved), [Some(ObsStatus::E); 2]);
    let desert = table(("1", "2"), &["A", "B"], &["A", "B"], "from,to,weight\nA,A,1\nA,B,0\nB,B,\n");
    let moved = forward(&desert, &["A", "B"], &["A", "B"], &[SECRECY, value(50.0)], Rule::Sum);
    assert_eq!(cells_of(&moved), [SECRECY, value(50.0)], "a part of nothing reveals nothing");
    assert_eq!(statuses(&moved), [None; 2]);
}

#[test]
fn a_rate_goes_with_a_rename_and_not_through_a_merge_or_a_split() {
    let from = ["A", "B", "D"];
    let to = ["C", "E"];
    let changes = table(("1", "2"), &from, &to, "from,to\nA,C\nB,C\nD,E\n");
    let rates = [value(5.0), value(7.0), value(3.0)];
    let carried = forward(&changes, &from, &to, &rates, Rule::Carry);
    assert_eq!(cells_of(&carried), [MISSING, value(3.0)]);
    assert_eq!(gaps(&carried), [Some(Gap::NotAdditive), None]);
    let people = draft(&[value(100.0), value(300.0), value(9.0)]);
    let mean = forward(&changes, &from, &to, &rates, Rule::Mean(&people));
    assert_eq!((cells_of(&mean), statuses(&mean)), (vec![value(6.5), value(3.0)], vec![Some(ObsStatus::E), None]));
    let back = restate(&Plan::of(&merge(), Direction::Back, &["C"], &["A", "B"]), &draft(&[value(6.0)]), Rule::Carry);
    assert_eq!((cells_of(&back), gaps(&back)), (vec![MISSING; 2], vec![Some(Gap::NotDivisible); 2]));
}

#[test]
fn a_mean_is_withheld_with_its_weights_and_missing_without_them() {
    for (weights, expected) in [
        ([value(1.0), SECRECY], SECRECY),
        ([value(1.0), MISSING], MISSING),
        ([INVALID, INVALID], MISSING),
        ([value(0.0), value(0.0)], MISSING),
        ([value(-1.0), value(2.0)], MISSING),
        ([value(0.0), value(2.0)], value(7.0)),
    ] {
        let rates = [value(5.0), value(7.0)];
        let mean = forward(&merge(), &["A", "B"], &["C"], &rates, Rule::Mean(&draft(&weights)));
        assert_eq!(cells_of(&mean), [expected], "{weights:?}");
    }
}

#[test]
fn the_flag_of_a_sum_is_the_one_that_warns_most() {
    for (flags, expected) in [
        ([None, None], None),
        ([None, Some(ObsStatus::P)], Some(ObsStatus::P)),
        ([Some(ObsStatus::E), Some(ObsStatus::P)], Some(ObsStatus::E)),
        ([Some(ObsStatus::B), None], Some(ObsStatus::B)),
    ] {
        let plan = Plan::of(&merge(), Direction::Forward, &["A", "B"], &["C"]);
        let stored = DraftColumn::stored(flags.map(|status| Figure { cell: value(1.0), status }));
        assert_eq!(statuses(&restate(&plan, &stored, Rule::Sum)), [expected], "{flags:?}");
    }
}

#[test]
fn a_gap_stays_a_gap_on_the_next_step() {
    let split = table(("1", "2"), &["A", "D"], &["B", "C", "D"], "from,to\nA,B\nA,C\n");
    let first = forward(&split, &["A", "D"], &["B", "C", "D"], &[value(4.0), value(1.0)], Rule::Sum);
    let again = table(("2", "3"), &["B", "C", "D"], &["B", "E"], "from,to\nC,E\nD,E\n");
    let second = restate(&Plan::of(&again, Direction::Forward, &["B", "C", "D"], &["B", "E"]), &first, Rule::Sum);
    assert_eq!((cells_of(&second), gaps(&second)), (vec![MISSING; 2], vec![Some(Gap::NoWeights); 2]));
    let new = table(("1", "2"), &["A"], &["A", "N"], "from,to\nA,A\n,N\n");
    assert_eq!(gaps(&forward(&new, &["A"], &["A", "N"], &[value(1.0)], Rule::Sum)), [None, Some(Gap::NoSource)]);
}

#[test]
fn the_shortest_way_is_taken_in_either_direction() {
    let same = |from, to| table((from, to), &["A"], &["A"], "from,to\n");
    let tables = [same("1", "2"), same("2", "3"), same("3", "4"), same("1", "3"), same("8", "9")];
    let shown = |native: &str| -> Vec<String> {
        let ways = paths(&tables, &vintage(native));
        let way = |steps: &Vec<Step<'_>>| steps.iter().map(|step| step.target().to_string()).collect::<Vec<_>>().join(" ");
        ways.iter().map(|(vintage, steps)| format!("{vintage}: {}", way(steps))).collect()
    };
    assert_eq!(shown("1"), ["2: 2", "3: 3", "4: 3 4"]);
    assert_eq!(shown("4"), ["1: 3 1", "2: 3 2", "3: 3"]);
    assert_eq!(shown("9"), ["8: 8"]);
    assert!(shown("7").is_empty());
}

#[test]
fn areas_are_summed_to_those_above_them() {
    let parents = [Some("X"), Some("Y"), Some("X"), None, Some("Z")];
    let plan = Plan::of_parents(&parents, &["X", "Y", "W"]);
    let summed = restate(&plan, &draft(&[value(1.0), value(2.0), value(4.0), value(8.0), value(16.0)]), Rule::Sum);
    assert_eq!(
        (cells_of(&summed), gaps(&summed)),
        (vec![value(5.0), value(2.0), MISSING], vec![None, None, Some(Gap::NoSource)])
    );
}

/// A table between `n` and `m` areas with random weights that add up to 1, and whole numbers for the first.
fn additive() -> impl Strategy<Value = (Correspondence, Vec<String>, Vec<String>, Vec<Cell>)> {
    (1_usize..6, 1_usize..6).prop_flat_map(|(n, m)| {
        let parts = proptest::collection::vec(proptest::collection::vec(0_u32..4, m), n);
        let values = proptest::collection::vec(-1_000_i32..1_000, n);
        (parts, values).prop_map(move |(parts, values)| {
            let names = |prefix: &str, count: usize| (0..count).map(|i| format!("{prefix}{i}")).collect::<Vec<_>>();
            let (from, to) = (names("A", n), names("B", m));
            let mut csv = "from,to,weight\n".to_owned();
            let mut reached = BTreeSet::new();
            for (code, row) in from.iter().zip(&parts) {
                let total: u32 = row.iter().sum();
                let row: Vec<u32> = if total == 0 { (0..m).map(|i| u32::from(i == 0)).collect() } else { row.clone() };
                let total = f64::from(row.iter().sum::<u32>());
                for (index, part) in row.iter().enumerate().filter(|(_, part)| **part > 0) {
                    reached.insert(index);
                    csv += &format!("{code},{},{}\n", to[index], f64::from(*part) / total);
                }
            }
            (0..m).filter(|index| !reached.contains(index)).for_each(|index| csv += &format!(",{},\n", to[index]));
            let names: (Vec<&str>, Vec<&str>) =
                (from.iter().map(String::as_str).collect(), to.iter().map(String::as_str).collect());
            let table = table(("1", "2"), &names.0, &names.1, &csv);
            (table, from, to, values.into_iter().map(|v| value(f64::from(v))).collect())
        })
    })
}

fn total(draft: &DraftColumn) -> f64 {
    cells_of(draft).iter().filter_map(|cell| cell.number()).sum()
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![(-1e9..1e9).prop_map(value), Just(MISSING), Just(SECRECY), Just(INVALID)]
}

proptest! {
    #[test]
    fn the_total_of_an_additive_indicator_is_conserved((table, from, to, cells) in additive()) {
        let (from, to): (Vec<&str>, Vec<&str>) = (from.iter().map(String::as_str).collect(), to.iter().map(String::as_str).collect());
        let restated = forward(&table, &from, &to, &cells, Rule::Sum);
        let difference = total(&restated) - total(&draft(&cells));
        prop_assert!(difference.abs() < 1e-6, "{} differs by {difference}", total(&restated));
    }

    #[test]
    fn a_secret_never_ends_in_a_value((table, from, to, mut cells) in additive(), secret in 0_usize..6) {
        let secret = secret % cells.len();
        cells[secret] = SECRECY;
        let (names, to): (Vec<&str>, Vec<&str>) = (from.iter().map(String::as_str).collect(), to.iter().map(String::as_str).collect());
        let restated = forward(&table, &names, &to, &cells, Rule::Sum);
        for link in table.links().iter().filter(|link| link.from.as_str() == from[secret]) {
            let row = to.iter().position(|code| *code == link.to.as_str()).unwrap();
            prop_assert_eq!(cells_of(&restated)[row], SECRECY);
        }
    }

    #[test]
    fn unchanged_areas_keep_every_cell_under_every_rule(cells in proptest::collection::vec(any_cell(), 1..8)) {
        let names: Vec<String> = (0..cells.len()).map(|i| format!("A{i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let same = table(("1", "2"), &names, &names, "from,to\n");
        let weights = draft(&cells);
        for rule in [Rule::Sum, Rule::Carry, Rule::Mean(&weights)] {
            prop_assert_eq!(forward(&same, &names, &names, &cells, rule), draft(&cells));
        }
    }

    #[test]
    fn a_rename_there_and_back_changes_nothing(cells in proptest::collection::vec(any_cell(), 1..8)) {
        let old: Vec<String> = (0..cells.len()).map(|i| format!("A{i}")).collect();
        let new: Vec<String> = (0..cells.len()).rev().map(|i| format!("B{i}")).collect();
        let csv = old.iter().zip(&new).fold("from,to\n".to_owned(), |csv, (a, b)| csv + &format!("{a},{b}\n"));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        let renamed = table(("1", "2"), &old, &new, &csv);
        let there = forward(&renamed, &old, &new, &cells, Rule::Carry);
        let back = restate(&Plan::of(&renamed, Direction::Back, &new, &old), &there, Rule::Carry);
        prop_assert_eq!(back, draft(&cells));
    }
}
