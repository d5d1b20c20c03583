use super::{super::Reason, Options, collection, file, import, options, text};
use choro_model::{CrosswalkSpec, Lang};
use std::fs;

const A: &str = "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]";
const B: &str = "[[[[1,0],[2,0],[2,1],[1,1],[1,0]]]]";

#[test]
fn codes_are_text_of_one_field_or_of_several_joined() {
    let areas = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"properties":{"file":" b.json ","index":1.0,"okato":"01000"},"geometry":null},
        {"type":"Feature","id":8,"properties":{"file":"a.json","index":2,"okato":"02000"},"geometry":null}]}"#;
    for (code, expected) in [("file+index", ["a.json+2", "b.json+1"]), ("okato", ["01000", "02000"]), ("id", ["7", "8"])] {
        let import = text(areas, &options(code)).unwrap();
        let codes: Vec<&str> = import.set.areas.iter().map(|area| area.code.as_str()).collect();
        assert_eq!(codes, expected);
    }
}

#[test]
fn areas_of_one_code_are_all_rejected_and_empty_or_invalid_codes_too() {
    let areas = collection(&[("a", A), ("a", B), ("", A), ("b<c>", A), ("x\u{202e}y", A), ("z", A)]);
    let import = text(&areas, &options("code")).unwrap();
    let reasons: Vec<(usize, Reason)> = import.report.rejected.iter().map(|r| (r.index, r.reason)).collect();
    assert_eq!(
        reasons,
        [
            (0, Reason::DuplicateCode),
            (1, Reason::DuplicateCode),
            (2, Reason::NoCode),
            (3, Reason::BadCode),
            (4, Reason::Text)
        ]
    );
    assert!(import.report.rejected[0].detail.contains("area 1"));
    assert_eq!(import.set.areas.len(), 1);
}

/// Imports two areas with a crosswalk of `name`, `code`, `en` and `up`.
fn with_crosswalk(rows: &str) -> Result<super::Import, super::BoundaryError> {
    let (folder, path) = file("a.geojson", collection(&[("Курск", A), ("Орёл", B)]).as_bytes());
    let csv = folder.path().join("codes.csv");
    fs::write(&csv, format!("name,code,en,up\n{rows}")).unwrap();
    let mut options: Options = options("code");
    options.crosswalk = Some(CrosswalkSpec::parse(&format!("{}:name=code", csv.display())).unwrap());
    options.names = vec![
        (Some(Lang::new("ru").unwrap()), "code".parse().unwrap()),
        (Some(Lang::new("en").unwrap()), "crosswalk:en".parse().unwrap()),
    ];
    options.parent = Some("crosswalk:up".parse().unwrap());
    import(&path, &options)
}

#[test]
fn a_crosswalk_gives_codes_names_parents_and_the_areas_that_the_file_does_not_have() {
    // The Ё is written with a combining sign.
    let import =
        with_crosswalk("Курск,RU-KRS,Kursk,CFO\nОре\u{308}л,RU-ORL,Oryol,CFO\n,XX-1,Nowhere,\n,,Nothing,\n").unwrap();
    assert_eq!(import.report.rejected, []);
    let codes: Vec<&str> = import.set.areas.iter().map(|area| area.code.as_str()).collect();
    assert_eq!(codes, ["RU-KRS", "RU-ORL", "XX-1"]);
    let oryol = &import.set.areas[1];
    assert_eq!(oryol.names.0.values().map(String::as_str).collect::<Vec<_>>(), ["Oryol", "Орёл"]);
    assert_eq!(oryol.parent.as_ref().map(|code| code.as_str()), Some("CFO"));
    assert_eq!(
        (import.set.areas[2].geometry.is_none(), import.report.without_polygon[0].name.as_deref()),
        (true, Some("Nowhere"))
    );
}

#[test]
fn areas_that_only_the_crosswalk_has_need_a_code_of_their_own() {
    let import = with_crosswalk("Курск,RU-KRS,,\nОрёл,RU-ORL,,\n,RU-KRS,,\n,XX,,\n,XX,,\n").unwrap();
    let rejected: Vec<&str> = import.report.rejected.iter().map(|reject| reject.detail.as_str()).collect();
    assert!(rejected[0].starts_with("row 4 of the crosswalk") && rejected[1].starts_with("row 6"), "{rejected:?}");
    assert_eq!((rejected.len(), import.report.without_polygon.len(), import.set.areas.len()), (2, 1, 3));
}

#[test]
fn a_crosswalk_that_is_incomplete_rejects_areas_and_one_that_contradicts_itself_is_refused() {
    let import = with_crosswalk("Курс,RU-KRS,,\nОрёл,,,\n").unwrap();
    let reasons: Vec<Reason> = import.report.rejected.iter().map(|r| r.reason).collect();
    assert_eq!(reasons, [Reason::NotInCrosswalk, Reason::NoCode]);
    assert!(import.report.rejected[0].detail.contains("the nearest is \"Курс\""));
    let message = with_crosswalk("Курск,A,,\nКурск,B,,\n").unwrap_err().to_string();
    assert!(message.contains("row 3") && message.contains("twice"), "{message}");
}
