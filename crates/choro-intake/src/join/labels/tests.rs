use crate::{
    join::{JoinReport, KnownArea, MatchedBy, join},
    statistics::{
        self,
        tests::{indicators, mapping},
    },
};
use choro_model::AreaCode;
use std::fmt::Write as _;

fn area(code: &str, names: &[&str]) -> KnownArea {
    KnownArea {
        code: AreaCode::new(code).unwrap(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        parent: Vec::new(),
        has_polygon: true,
    }
}

fn towns() -> Vec<KnownArea> {
    vec![
        area("01001", &["Flensburg"]),
        area("01002", &["Kiel"]),
        area("02000", &["Hamburg"]),
        area("16077", &["Altenburger Land"]),
    ]
}

/// The report on labels in the columns of `area`, one a line, and values beside them.
fn report(labels: &[&str], area: &str, areas: &[KnownArea]) -> JoinReport {
    let columns = labels.first().map_or(1, |label| label.split('|').count());
    let heads: String = (0..columns).fold(String::new(), |mut heads, n| {
        let _ = write!(heads, "a{n}|");
        heads
    });
    let rows: String = labels.iter().map(|label| format!("{label}|1\n")).collect();
    let how = format!(
        "delimiter = '|'\narea = {area}\nindicator = {{ value = 'arrivals' }}\nperiod = {{ value = 2014 }}\nvalue = {{ column = 'v' }}\n"
    );
    let options = mapping(&how).table_options();
    let table = statistics::file::parse("t.csv", format!("{heads}v\n{rows}").into_bytes(), &options).unwrap();
    join(statistics::read(&table, &mapping(&how), &indicators()).unwrap(), areas, None).unwrap().report
}

/// The codes that were matched.
fn codes(report: &JoinReport) -> Vec<&str> {
    report.matched.iter().map(|matched| matched.code.as_str()).collect()
}

#[test]
fn each_hint_joins_the_labels_when_it_is_written_into_the_mapping() {
    for (labels, area, hint, line, expected) in [
        (
            &["1001.0", "1002.0", "2000.0", "16077.0"][..],
            "{ column = 1 }",
            "codes were turned into decimal numbers and lost their leading zeros",
            "area.restore = [\"leading-zeros:5\"]",
            &["01001", "01002", "02000", "16077"][..],
        ),
        (
            &["1,001E+03", "1.6077E4"],
            "{ column = 1 }",
            "decimal numbers",
            "area.restore = [\"leading-zeros:5\"]",
            &["01001", "16077"],
        ),
        (
            &["16077.0"],
            "{ column = 1 }",
            "codes were turned into decimal numbers:",
            "area.restore = [\"whole-numbers\"]",
            &["16077"],
        ),
        (
            &["1001", "2000"],
            "{ column = 1 }",
            "codes lost their leading zeros",
            "area.restore = [\"leading-zeros:5\"]",
            &["01001", "02000"],
        ),
        (
            &["Flensburg / Фленсбург", "Kiel / Киль"],
            "{ column = 1 }",
            "labels hold several names",
            "area.split = [\"/\"]",
            &["01001", "01002"],
        ),
        (
            &["01001 Flensburg", "01002 Kiel", "Hamburg (02000)"],
            "{ column = 1 }",
            "labels hold several names, or a code and a name",
            "area.split = [\"()\", \" \"]",
            &["01001", "01002", "02000"],
        ),
        (&["1|1", "2|0"], "{ column = [1, 2] }", "one code without a sign", "area.widths = [2, 3]", &["01001", "02000"]),
    ] {
        let before = report(labels, area, &towns());
        assert_eq!(codes(&before), [""; 0], "{labels:?}");
        let text = before.to_text();
        assert!(text.contains(hint) && text.contains(line), "{labels:?}: {text}");
        let (key, value) = line.strip_prefix("area.").unwrap().split_once(" = ").unwrap();
        let after = report(labels, &area.replace(" }", &format!(", {key} = {value} }}")), &towns());
        assert_eq!(codes(&after), expected, "{labels:?}");
    }
}

#[test]
fn what_no_rule_can_restore_is_named_for_what_it_is() {
    let rounded = report(&["4,7E+10"], "{ column = 1 }", &towns());
    assert!(rounded.to_text().contains("codes such as \"4,7E+10\" were rounded by a spreadsheet"), "{}", rounded.to_text());
    assert!(!rounded.to_text().contains("restore"), "{}", rounded.to_text());
    // The boundaries have lost their zeros, and the table has them.
    let set = [area("1001", &["Flensburg"]), area("2000", &["Hamburg"])];
    let zeros = report(&["01001", "02000"], "{ column = 1 }", &set);
    let text = zeros.to_text();
    assert!(text.contains("the boundary set has lost leading zeros, its 1001 is \"01001\" here"), "{text}");
    assert!(!text.contains("restore") && text.contains("import the boundaries again with codes as text"), "{text}");
}

#[test]
fn a_label_taken_apart_into_different_areas_matches_none_and_each_match_is_listed() {
    let split = "{ column = 1, split = ['/', ' '] }";
    let report = report(&["Kiel / Hamburg", "Kiel / Киль", "New Kiel", "01001 Nowhere"], split, &towns());
    assert_eq!(codes(&report), ["01002", "01001"]);
    assert_eq!(report.matched_by(MatchedBy::Part), 2);
    let text = report.to_text();
    assert!(text.contains("\"Kiel / Hamburg\": its parts are different areas; nearest: 01002 Kiel"), "{text}");
    assert!(text.contains("labels taken apart: 2\n  row 3: \"Kiel / Киль\" is 01002"), "{text}");
}

#[test]
fn candidates_fit_whatever_the_kind_of_area_the_order_of_words_and_the_script() {
    let areas = [
        area("TVE", &["Тверская область", "Tver Oblast"]),
        area("TOM", &["Томская область", "Tomsk Oblast"]),
        area("OMS", &["Омская область", "Omsk Oblast"]),
        area("KYA", &["Красноярский край"]),
        area("SE", &["Республика Северная Осетия — Алания"]),
        area("ORE", &["Орловская область"]),
        area("HAB", &["Хабаровский край"]),
    ];
    for (label, code) in [
        ("Тверская губерния", "TVE"),
        ("Томская губ.", "TOM"),
        ("область Омская", "OMS"),
        ("Северная Осетия-Алания, республика", "SE"),
        ("Orlovskaya oblast", "ORE"),
        ("Khabarovskiy kray", "HAB"),
        ("Krasnoyarsk Krai", "KYA"),
        ("Тверь", "TVE"),
        ("Tverskaja oblast'", "TVE"),
    ] {
        let found = report(&[label], "{ column = 1 }", &areas);
        let candidates = &found.unmatched[0].candidates;
        assert_eq!(candidates.first().map(|candidate| candidate.code.as_str()), Some(code), "{label}: {candidates:?}");
    }
    let same = report(&["Krasnoiarskii krai"], "{ column = 1 }", &areas);
    assert_eq!(same.unmatched[0].candidates[0].why.as_str(), "same name in other letters");
}

#[test]
fn thousands_of_unmatched_labels_take_no_time_to_speak_of() {
    let areas: Vec<KnownArea> =
        (0..3143).map(|n| area(&format!("{:05}", n * 17), &[&format!("County {}", word(n))])).collect();
    let labels: Vec<String> = (0..3143).map(|n| format!("{:05}X", n * 17)).collect();
    let started = std::time::Instant::now();
    let found = report(&labels.iter().map(String::as_str).collect::<Vec<_>>(), "{ column = 1 }", &areas);
    let took = started.elapsed();
    println!("{} unmatched codes took {took:?}", found.unmatched.len());
    assert_eq!((found.unmatched.len(), found.not_compared), (3143, 0));
    assert!(found.unmatched.iter().all(|label| !label.candidates.is_empty()));
    // Debug builds are ten times slower than the others, and machines are shared.
    assert!(took.as_secs() < 20, "{took:?}");
}

/// A made-up name of a number.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    while word.len() < 8 {
        word.push(char::from(b"bcdfghklmn"[number % 10]));
        word.push(char::from(b"aeiou"[number % 5]));
        number = number / 7 + 13;
    }
    word
}
