//! Tables in docs/ that the tests write, each between two marks of its page, and the tests that they name.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A page and the tests that write into it.
pub struct Page {
    /// `docs/reliability.md`.
    pub file: &'static str,
    /// `tests/it/reliability`.
    pub by: &'static str,
}

impl Page {
    fn path(&self) -> PathBuf {
        root().join(self.file)
    }

    /// What stands between two marks of the page, and the page around it.
    fn part<'a>(&self, page: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
        let (begin, end) = (format!("<!-- {name}: written by {} -->\n", self.by), format!("<!-- {name}: end -->"));
        let start = page.find(&begin).unwrap_or_else(|| panic!("{} lacks {begin}", self.file)) + begin.len();
        let stop = start + page[start..].find(&end).unwrap_or_else(|| panic!("{} lacks {end}", self.file));
        (&page[..start], &page[start..stop], &page[stop..])
    }

    /// Puts a table between its marks.
    pub fn write(&self, name: &str, table: &str) {
        let page = fs::read_to_string(self.path()).unwrap();
        let (before, _, after) = self.part(&page, name);
        fs::write(self.path(), format!("{before}{table}{after}")).unwrap();
    }

    /// The page holds the table; `INSTA_UPDATE=always` writes it, as it does snapshots.
    pub fn holds(&self, name: &str, table: &str) {
        if is_asked_for() {
            return self.write(name, table);
        }
        let page = fs::read_to_string(self.path()).unwrap();
        let found = self.part(&page, name).1;
        assert_eq!(found, table, "{} differs from {}: INSTA_UPDATE=always writes it", self.file, self.by);
    }
}

/// Whether pages are to be written.
pub fn is_asked_for() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// Names of tests as a cell.
pub fn cell(tests: &[&str]) -> String {
    tests.iter().map(|test| format!("`{test}`")).collect::<Vec<_>>().join(", ")
}

/// Whether there is such a test: of the integration tests by module and name as `cargo test` takes them (`load::slow::name`), of a
/// crate with the crate before (`choro-store::tests::name`), of the program (`choro::cli::tests::name`); or a file.
pub fn is_there(test: &str) -> bool {
    if test.contains('/') {
        return root().join(test).is_file();
    }
    let Some((module, name)) = test.rsplit_once("::") else { return false };
    let (folder, module) = match module.split_once("::") {
        Some(("choro", module)) => ("src".to_owned(), module),
        Some((name, module)) if name.starts_with("choro-") => (format!("crates/{name}/src"), module),
        _ => ("tests/it".to_owned(), module),
    };
    let place = format!("{folder}/{}", module.replace("::", "/"));
    // Tests of a file may stand in the file itself.
    let places = [Some(place.as_str()), place.strip_suffix("/tests")].into_iter().flatten();
    let files = places.flat_map(|place| [format!("{place}.rs"), format!("{place}/mod.rs")]);
    files.filter_map(|file| fs::read_to_string(root().join(file)).ok()).any(|code| declares(&code, name))
}

/// Whether the function is marked as a test: by an attribute in the lines above it.
fn declares(code: &str, name: &str) -> bool {
    let Some(place) = code.find(&format!("fn {name}(")) else { return false };
    let above = code[..place].lines().rev().skip(usize::from(!code[..place].ends_with('\n')));
    let mut attributes = above.map(str::trim).take_while(|line| line.starts_with('#') || line.starts_with("//"));
    attributes.any(|line| matches!(line, "#[test]" | "#[tokio::test]"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_test_is_told_from_a_function_and_from_nothing() {
    for (name, there) in [
        ("written::a_test_is_told_from_a_function_and_from_nothing", true),
        ("written::declares", false),
        ("written::nothing", false),
        ("reliability::the_page_of_reliability_holds_the_faults_that_are_tested", true),
        ("choro-model::id::tests::ids_that_could_leave_their_folder_or_break_a_url_are_refused", true),
        ("choro-server::public::tests::requests::only_reading_is_allowed", true),
        ("choro-figures::restate::tests::a_secret_never_ends_in_a_value", true),
        ("tests/browser/evil.mjs", true),
        ("tests/browser/nothing.mjs", false),
    ] {
        assert_eq!(is_there(name), there, "{name}");
    }
}
