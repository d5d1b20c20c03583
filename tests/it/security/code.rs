//! What no code may do, whatever a test would find.

use std::{fs, path::Path};

fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|found| found == ending) {
                found.push((entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no file *.{ending}");
    found
}

/// A pattern from outside could take time without end in the browser, and memory on the server.
#[test]
fn no_regular_expression_is_made_of_what_comes_in() {
    let rust = ["src", "choro-gdal/src"].iter().flat_map(|folder| sources(folder, "rs"));
    let made = rust.filter(|(_, code)| code.contains("Regex::new") || code.contains("RegexBuilder"));
    assert_eq!(made.map(|(file, _)| file).collect::<Vec<_>>(), [""; 0], "the server has no regular expressions at all");
    let page = sources("web/src", "ts");
    let made = page.iter().filter(|(_, code)| code.contains("new RegExp(") || code.contains(" RegExp("));
    assert_eq!(
        made.map(|(file, _)| file).collect::<Vec<_>>(),
        [""; 0],
        "the page makes regular expressions of literals alone"
    );
}

/// Texts of a provider get into the page as text.
#[test]
fn the_page_never_makes_markup_of_a_text() {
    for (file, code) in sources("web/src", "ts") {
        for door in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTML"] {
            assert!(!code.contains(door), "{file} has {door}: use textContent");
        }
    }
}
