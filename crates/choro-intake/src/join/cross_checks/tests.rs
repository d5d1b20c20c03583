use crate::{
    join::{KnownArea, join},
    statistics::{
        self,
        tests::{csv, indicators, mapping},
    },
};
use choro_model::AreaCode;

fn area(code: &str, name: &str, parent: &[&str]) -> KnownArea {
    KnownArea {
        code: AreaCode::new(code).unwrap(),
        names: vec![name.to_owned()],
        parent: parent.iter().map(|name| (*name).to_owned()).collect(),
        has_polygon: true,
    }
}

fn countries() -> Vec<KnownArea> {
    let list =
        [("AT", "Austria"), ("AU", "Australia"), ("CH", "Switzerland"), ("CN", "China"), ("NE", "Niger"), ("NG", "Nigeria")];
    list.map(|(code, name)| area(code, name, &[])).to_vec()
}

fn districts(with_parents: bool) -> Vec<KnownArea> {
    let parent = |code: &'static str, name: &'static str| if with_parents { vec![code, name] } else { Vec::new() };
    vec![
        area("A-1", "Soviet district", &parent("A", "Alland")),
        area("A-2", "Lenin district", &parent("A", "Alland")),
        area("B-2", "Sea district", &parent("B", "Boland")),
    ]
}

/// The doubts about a table with the columns `area`, `year` and `v`.
fn doubts(text: &str, areas: &[KnownArea]) -> Vec<String> {
    let how = "area = { column = 'area' }\nindicator = { value = 'arrivals' }\nperiod = { column = 'year' }\nvalue = { column = 'v' }\n";
    let intake = statistics::read(&csv(text), &mapping(how), &indicators()).unwrap();
    let report = join(intake, areas, None).unwrap().report;
    report.doubts.into_iter().map(|doubt| format!("{}: {}", doubt.kind, doubt.what)).collect()
}

#[test]
fn a_column_of_names_that_contradicts_the_matched_areas_is_a_doubt_with_rows_labels_and_names() {
    for (text, areas, expected) in [
        // Codes of another list.
        (
            "area,name,year,v\nAU,Austria,2014,1\nCH,China,2014,2\n",
            countries(),
            "row 3 \"CH\" is CH Switzerland, and there stands \"China\"",
        ),
        (
            "area,name,year,v\nAT,Austria,2014,1\nCH,China,2014,2\n",
            countries(),
            "other-names: column B \"name\" names other areas",
        ),
        ("area,name,year,v\nAT,AUSTRIA,2014,1\nCH,china,2014,2\n", countries(), "other-names"),
        ("area,name,year,v\nCH,China,2014,1\n", countries(), "area.column = \"B\""),
        // Longer forms of the names agree, and one name is another's.
        (
            "area,name,year,v\nAT,Republic of Austria,2014,1\nCN,People's Republic of China,2014,3\nCH,Niger,2014,2\n",
            countries(),
            "row 4 \"CH\" is CH Switzerland, and there stands \"Niger\"",
        ),
        // One wrong code among right ones.
        (
            "name,area,year,v\nAT,Austria,2014,1\nAU,Australia,2014,1\nCH,Switzerland,2014,2\nCN,China,2014,1\nNE,Nigeria,2014,1\n",
            countries(),
            "row 6 \"Nigeria\" is NG Nigeria, and there stands \"NE\"",
        ),
        // Two tables side by side.
        (
            "area,year,v,area 2\nAustria,2014,1,China\nChina,2014,2,Niger\nNiger,2014,3,Austria\n",
            countries(),
            "column D \"area 2\"",
        ),
        (
            "area,name,year,v\nA-1,Soviet district,2014,1\nB-2,Lenin district,2014,1\n",
            districts(false),
            "is B-2 Sea district",
        ),
    ] {
        let found = doubts(text, &areas);
        assert!(found.len() == 1 && found[0].contains(expected), "{text}: {found:?}");
    }
}

#[test]
fn a_column_of_parents_that_contradicts_the_matched_areas_is_a_doubt() {
    let text =
        "oblast,area,year,v\nALLAND,Soviet district,2014,1\nAlland,Lenin district,2014,2\nBoland,Soviet district,2015,3\n";
    let codes = "oblast,area,year,v\nA,Soviet district,2014,1\nA,Lenin district,2014,2\nB,Sea district,2014,3\nB,Soviet district,2015,4\n";
    let names = "oblast,area,year,v\nX,Soviet district,2014,1\nX,Lenin district,2014,2\nY,Soviet district,2015,4\n";
    for (text, with_parents, expected) in [
        (text, true, "row 4 \"Soviet district\" is A-1 Soviet district, and there stands \"Boland\""),
        ("region,area,year,v\nBoland,Soviet district,2014,1\n", true, "there stands \"Boland\""),
        (codes, true, "row 5 \"Soviet district\" is A-1"),
        (codes, false, "row 5 \"Soviet district\" is A-1"),
        (names, false, "row 4 \"Soviet district\" is A-1 Soviet district, and there stands \"Y\""),
    ] {
        let found = doubts(text, &districts(with_parents));
        assert!(
            found.len() == 1 && found[0].starts_with("other-parents") && found[0].contains(expected),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn columns_that_agree_or_say_something_else_are_no_contradiction() {
    for (text, areas) in [
        ("area,name,year,v\nAT,Austria,2014,1\nCH,Schweiz,2014,2\n", countries()),
        ("area,name,year,v\nAustria,AT,2014,1\nChina,CN,2014,2\n", countries()),
        // Another list of codes beside right names.
        ("area,fips,year,v\nAustria,AU,2014,1\nChina,CH,2014,2\nSwitzerland,SZ,2014,3\n", countries()),
        ("oblast,area,year,v\nA,Soviet district,2014,1\nA,Lenin district,2014,2\nB,Sea district,2014,3\n", districts(false)),
        ("oblast,area,year,v\nAlland,Soviet district,2014,1\nBoland,Sea district,2014,3\n", districts(true)),
        // A flag that differs by year is no parent.
        (
            "flag,area,year,v\nA,Soviet district,2014,1\nP,Soviet district,2015,2\nA,Lenin district,2014,3\nA,Lenin district,2015,3\n",
            districts(false),
        ),
    ] {
        let found: Vec<String> =
            doubts(text, &areas).into_iter().filter(|doubt| !doubt.starts_with("unread-column")).collect();
        assert_eq!(found, [""; 0], "{text}");
    }
}

#[test]
fn what_is_not_read_and_no_area_is_told() {
    let text = "kind,area,year,v\nin,AT,2014,1\nin,CH,2014,2\n";
    assert_eq!(doubts(text, &countries()), ["unread-column: column A \"kind\" is not read; it says \"in\" in all rows"]);
    let text = "flag,area,year,v\nfinal,AT,2014,1\nrevised,AT,2015,1\nfinal,CH,2014,2\nfinal,CH,2015,2\n";
    assert_eq!(
        doubts(text, &countries()),
        ["unread-column: column A \"flag\" is not read; it says \"final\", \"revised\" of rows of one area"]
    );
    assert_eq!(doubts("unit,area,year,v\nU,AT,2014,1\nU,CH,2014,2\n", &countries()), [""; 0]);
}
