use super::*;
use choro_model::{AreaCode, Cell, Code, Figure, Indicator, Period, SetId, State, VintageId};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

const SECRECY: Cell = Cell::State(State::Secrecy);

fn cell(text: &str) -> Cell {
    match text {
        "c" => SECRECY,
        "-" => Cell::State(State::Missing),
        "x" => Cell::State(State::Invalid),
        number => Cell::value(number.parse().unwrap()).unwrap(),
    }
}

/// A count of persons over dimensions, each given as `code<parent` words; the first code is the total.
fn indicator(dimensions: &[&str]) -> Indicator {
    let item = |word: &str| {
        let (code, parent) = word.split_once('<').map_or((word, None), |(code, parent)| (code, Some(parent)));
        json!({"code": code, "name": {}, "parent": parent})
    };
    let dimension = |(place, codes): (usize, &&str)| {
        let items: Vec<_> = codes.split_whitespace().map(item).collect();
        json!({"id": format!("d{place}"), "name": {}, "total": items[0]["code"], "code_list": {"id": "list", "items": items}})
    };
    serde_json::from_value(json!({
        "id": "people", "name": {}, "note": {}, "unit": {"id": "PS", "name": {}}, "kind": "count", "decimals": 0,
        "dimensions": dimensions.iter().enumerate().map(dimension).collect::<Vec<_>>(), "diverging": false, "persons": true,
        "declared_public": true, "source": "s", "licence": "l",
    }))
    .unwrap()
}

/// Columns of one area, `T/F 12` each.
fn columns(text: &str) -> Vec<UnprotectedColumn> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let codes = |word: &str| word.split('/').map(|code| Code::new(code).unwrap()).collect();
    words.chunks(2).map(|pair| UnprotectedColumn { codes: codes(pair[0]), figures: figures(pair[1]) }).collect()
}

fn figures(text: &str) -> Vec<Figure> {
    text.split_whitespace().map(|word| Figure { cell: cell(word), status: None }).collect()
}

/// Set, vintage and areas.
struct Place(SetId, VintageId, Arc<[AreaCode]>);

fn place(set: &str, areas: &[&str]) -> Place {
    let areas = areas.iter().map(|code| AreaCode::new(code).unwrap()).collect();
    Place(set.parse().unwrap(), "1".parse().unwrap(), areas)
}

fn table<'a>(
    indicator: &'a Indicator,
    Place(set, vintage, areas): &'a Place,
    columns: Vec<UnprotectedColumn>,
) -> UnprotectedTable<'a> {
    let period = Period::year(2022).unwrap();
    UnprotectedTable { set, vintage, indicator, period, areas: Arc::clone(areas), columns }
}

/// The sums that a refusal names; nothing where the table may be published.
fn refused(indicator: &Indicator, text: &str) -> String {
    match protect_alone(table(indicator, &place("areas", &["A"]), columns(text))) {
        Ok(_) => String::new(),
        Err(Refusal::Told { named, .. }) => named,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_withheld_cell_that_one_sum_over_codes_tells_is_refused_by_the_name_of_the_sum() {
    let flat = ["T F M U"];
    let groups = ["T OLD<T YOUNG<T Y0<YOUNG Y15<YOUNG"];
    for (dimensions, table, expected) in [
        (&flat[..], "T 120 F c M 100", "A F by T = F + M"),
        (&flat, "T c F 20 M 100", "A T by T = F + M"),
        (&flat, "T 120 F c M 100 U x", "A F by T = F + M + U"),
        (&flat, "T 120 F c M c", ""),
        (&flat, "T 120 F c M - ", ""),
        (&flat, "T - F c M 100", ""),
        (&flat, "F c M 100", ""),
        (&flat, "T c", ""),
        // Nobody is left for the two.
        (&flat, "T 100 F c M c U 100", "A F, M by T = F + M + U"),
        (&flat, "T 101 F c M c U 100", ""),
        // A group that is not there, or has no figure, stands for its parts.
        (&groups, "T 50 OLD 20 Y0 c Y15 20", "A Y0 by T = OLD + Y0 + Y15"),
        (&groups, "T 50 OLD 20 YOUNG - Y0 c Y15 20", "A Y0 by T = OLD + Y0 + Y15"),
        (&groups, "T 50 OLD c YOUNG c Y0 10 Y15 20", "A YOUNG by YOUNG = Y0 + Y15"),
        (&groups, "T 50 OLD c YOUNG c Y0 c Y15 20", ""),
        // Each line of a table by two codes; a rectangle of four is safe from each.
        (
            &["T F M", "T Y O"],
            "T/T 90 F/T 40 M/T 50 T/Y 30 F/Y c M/Y c T/O 60 F/O 27 M/O 33",
            "A F/Y by F/T = F/Y + F/O; A M/Y by M/T = M/Y + M/O",
        ),
        (&["T F M", "T Y O"], "T/T 90 F/T 40 M/T 50 T/Y 30 F/Y c M/Y c T/O 60 F/O c M/O c", ""),
    ] {
        assert_eq!(refused(&indicator(dimensions), table), expected, "{table}");
    }
}

#[test]
fn what_is_no_sum_is_not_taken_for_one() {
    let table = "T 50 F c M 60";
    for kind in [choro_model::Kind::Rate, choro_model::Kind::Share, choro_model::Kind::Index] {
        assert_eq!(refused(&Indicator { kind, ..indicator(&["T F M"]) }, table), "", "{kind:?}");
    }
    // Net figures are sums, but nothing left over says nothing of its parts.
    let net = Indicator { diverging: true, ..indicator(&["T F M U"]) };
    assert_eq!(refused(&net, "T 10 F c M c U 10"), "");
    assert_eq!(refused(&net, "T 10 F c M 20 U 10"), "A F by T = F + M + U");
}

#[test]
fn a_refusal_tells_no_number_and_how_to_mend_it() {
    let (indicator, place) = (indicator(&["T F M"]), place("areas", &["A"]));
    let said = protect_alone(table(&indicator, &place, columns("T 12077 F c M 11011"))).unwrap_err().to_string();
    for word in ["indicator people, 2022", "1 withheld cells", "A F by T = F + M", "withhold a second cell", "code list"] {
        assert!(said.contains(word), "{word:?} in {said}");
    }
    for number in ["12077", "11011", "1066"] {
        assert!(!said.contains(number), "{said}");
    }
}

/// What is refused of figures of the regions R and S beside those of the areas A and B in R, C in S, and D in none; and which of
/// the two tables are published where nothing is refused.
fn between_levels(regions: &str, areas: &str) -> String {
    let indicator = indicator(&[]);
    let (above, below) = (place("regions", &["R", "S"]), place("areas", &["A", "B", "C", "D"]));
    let column = |text| vec![UnprotectedColumn { codes: Vec::new(), figures: figures(text) }];
    let addends = vec![
        Addends { table: 0, part_of: vec![Some(0), Some(1)] },
        Addends { table: 1, part_of: vec![Some(0), Some(0), Some(1), None] },
    ];
    let tables = vec![table(&indicator, &above, column(regions)), table(&indicator, &below, column(areas))];
    match protect(LinkedTables { tables, common_sums: vec![CommonSums { areas: 2, addends }] }) {
        Ok(published) => {
            let sets: Vec<_> = published.iter().map(|table| table.as_ref().unwrap().set().as_str()).collect();
            assert_eq!(sets, ["regions", "areas"], "each table is published as it stands in the group");
            String::new()
        }
        Err(Refusal::Told { named, .. }) => named,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_withheld_cell_that_the_sum_of_another_level_tells_is_refused() {
    for (regions, areas, expected) in [
        ("30 5", "10 c 5 7", "B by regions 1 R = areas 1 A + B"),
        ("c 5", "10 20 5 7", "R by regions 1 R = areas 1 A + B"),
        ("30 5", "10 20 c 7", "C by regions 1 S = areas 1 C"),
        ("30 5", "c c 5 c", ""),
        ("30 c", "10 20 c 7", ""),
        ("- 5", "10 c 5 7", ""),
        ("30 5", "- c 5 7", ""),
        ("0 5", "c c 5 7", "A, B by regions 1 R = areas 1 A + B"),
    ] {
        assert_eq!(between_levels(regions, areas), expected, "{regions} over {areas}");
    }
}

#[test]
fn a_refused_table_leaves_the_others_of_its_group_alone() {
    let counted = Indicator { declared_public: false, ..indicator(&["T F M"]) };
    let (areas, regions) = (place("areas", &["A"]), place("regions", &["R"]));
    let tables = vec![table(&counted, &areas, columns("T 12 F 3 M 9")), table(&counted, &regions, columns("T 12 F 7 M 5"))];
    let [small, published] = &protect(LinkedTables { tables, common_sums: Vec::new() }).unwrap()[..] else { panic!("two") };
    let said = small.as_ref().unwrap_err().to_string();
    assert!(said.contains("people counts persons and 2022 F holds 1 cells of 1 to 4 (A = 3)"), "{said}");
    let columns = published.as_ref().unwrap().columns();
    assert_eq!(columns.iter().map(|column| column.codes()[0].as_str()).collect::<Vec<_>>(), ["T", "F", "M"]);
}

#[test]
fn a_column_that_does_not_fit_its_areas_is_refused() {
    let (indicator, place) = (indicator(&[]), place("areas", &["A", "B"]));
    let column = UnprotectedColumn { codes: Vec::new(), figures: figures("10 20 30") };
    let said = protect_alone(table(&indicator, &place, vec![column])).unwrap_err().to_string();
    assert!(said.contains("boundary set areas, vintage 1, has 3 figures for 2 areas"), "{said}");
}

/// Three by three codes; the whole of each line stands first. Cells that are not withheld are consistent sums.
fn three_by_three() -> impl Strategy<Value = (Vec<u32>, Vec<bool>)> {
    (proptest::collection::vec(0_u32..4, 4), proptest::collection::vec(any::<bool>(), 9))
}

proptest! {
    /// The lines are counted here by hand, not by parents.
    #[test]
    fn in_what_is_published_no_withheld_cell_is_the_only_unknown_of_a_sum((inner, hidden) in three_by_three()) {
        let [a, b, c, d] = inner[..] else { unreachable!("four cells") };
        let numbers = [a + b + c + d, a + c, b + d, a + b, a, b, c + d, c, d];
        let names = ["T/T", "T/Y", "T/O", "F/T", "F/Y", "F/O", "M/T", "M/Y", "M/O"];
        let shown = |at: usize| if hidden[at] { "c".to_owned() } else { numbers[at].to_string() };
        let text: String = (0..9).map(|at| format!("{} {} ", names[at], shown(at))).collect();
        let lines = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8]];
        let only = |line: &[usize; 3]| line.iter().filter(|at| hidden[**at]).count() == 1;
        let empty = |line: &[usize; 3]| {
            let parts: Vec<usize> = line[1..].iter().copied().filter(|at| hidden[*at]).collect();
            !hidden[line[0]] && !parts.is_empty() && parts.iter().all(|at| numbers[*at] == 0)
        };
        let told = lines.iter().any(|line| only(line) || empty(line));
        prop_assert_eq!(!refused(&indicator(&["T F M", "T Y O"]), &text).is_empty(), told, "{}", text);
    }
}
