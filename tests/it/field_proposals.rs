//! What the program proposes for every table at hand, against what a person wrote down from the files: tests/fixtures/field.
//!
//! A proposal may leave open what the file does not say. What it must never do is be complete and wrong.

use crate::{
    data_tables::{self, Set},
    harness::{Workspace, real_data},
};
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::{Path, PathBuf},
};

#[derive(Deserialize)]
struct Fixture {
    case: Vec<Expected>,
    real: Vec<Expected>,
}

/// One table and its right proposal; see the head of proposals.toml.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Expected {
    file: String,
    set: String,
    label: Vec<String>,
    values: Vec<String>,
    first: i64,
    indicator: String,
    period: String,
    ask: Vec<String>,
    #[serde(default)]
    may: Vec<String>,
}

/// A proposal as it is printed.
struct Proposed {
    mapping: toml::Table,
    questions: Vec<String>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Score {
    /// As a person would write it, with the same questions.
    Right,
    /// What is not right is asked.
    Open,
    /// Something is wrong that is not asked; something else is asked, so it is not imported as it is.
    WrongAndOpen,
    CompleteAndWrong,
    /// The file was not read.
    Refused,
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field")
}

fn fixture() -> Fixture {
    toml::from_str(&std::fs::read_to_string(fixtures().join("proposals.toml")).unwrap()).unwrap()
}

/// A workspace with the indicators and sets of the case tables.
pub fn workspace() -> Workspace {
    let tables = fixtures().join("tables");
    let workspace = Workspace::new(&std::fs::read_to_string(tables.join("indicators.toml")).unwrap());
    std::fs::create_dir_all(workspace.path("code_lists")).unwrap();
    std::fs::copy(tables.join("sex.csv"), workspace.path("code_lists/sex.csv")).unwrap();
    for set in ["cc", "de", "districts", "north", "twins", "world"] {
        let file = tables.join("sets").join(format!("{set}.geojson")).display().to_string();
        workspace.ok(&[
            "import",
            "boundaries",
            &file,
            "--set",
            set,
            "--vintage",
            "2020",
            "--code",
            "code",
            "--name",
            "name",
        ]);
    }
    workspace
}

/// What the program proposes; `None`: it does not read the file.
fn propose(workspace: &Workspace, file: &Path, set: &str) -> Option<Proposed> {
    let output = workspace.run(&["import", "observations", &file.display().to_string(), "--set", set, "--dry-run"]);
    if output.status.code() != Some(3) {
        return None;
    }
    let text = String::from_utf8(output.stdout).unwrap();
    let questions = text.lines().filter_map(|line| line.strip_prefix("# To fill in: ")).map(str::to_owned).collect();
    Some(Proposed { mapping: toml::from_str(&text).unwrap(), questions })
}

impl Proposed {
    fn text(&self, table: &str, key: &str) -> Option<String> {
        let value = self.mapping.get(table)?.get(key)?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)).filter(|text| !text.is_empty())
    }

    /// Where a text stands, as the fixture writes it.
    fn place(&self, table: &str) -> String {
        let value = self.text(table, "value");
        let row = || self.text(table, "header_row").map(|row| format!("row {row}"));
        value
            .or_else(row)
            .or_else(|| self.text(table, "column").map(|column| format!("column {column}")))
            .unwrap_or("open".to_owned())
    }

    /// The columns of values, ranges written out.
    fn values(&self) -> Vec<String> {
        let list = self.mapping.get("value").and_then(|value| value.get("columns")).and_then(toml::Value::as_array);
        let texts = list.into_iter().flatten().filter_map(toml::Value::as_str);
        texts.flat_map(written_out).collect()
    }

    fn asks(&self, key: &str) -> bool {
        self.questions.iter().any(|question| question.starts_with(key))
    }

    /// What differs from the expectation and is not asked.
    fn faults(&self, expected: &Expected) -> Vec<String> {
        let mut faults = Vec::new();
        // Nothing is claimed where no table was found.
        if self.asks("first_row") {
            return faults;
        }
        let mut check = |what: &str, keys: &[&str], right: bool, got: String| {
            if !right && !keys.iter().any(|key| self.asks(key)) {
                faults.push(format!("{what}: {got}"));
            }
        };
        let label = self.text("area", "column").unwrap_or_default();
        check("label", &["area"], expected.label.contains(&label), label.clone());
        let values = self.values();
        check("values", &["value.columns"], expected.values == values, values.join(" "));
        let first = self.mapping.get("first_row").and_then(toml::Value::as_integer);
        check("first row", &["first_row"], first == Some(expected.first), format!("{first:?}"));
        let (indicator, period) = (self.place("indicator"), self.place("period"));
        check("indicator", &["indicator"], indicator == expected.indicator, indicator);
        check("period", &["period"], period == expected.period, period);
        let missing = expected.ask.iter().filter(|key| !self.asks(key)).map(|key| format!("does not ask {key}"));
        faults.extend(missing);
        faults
    }

    /// Questions that a person would not ask.
    fn idle(&self, expected: &Expected) -> Vec<String> {
        let wanted =
            |question: &&String| expected.ask.iter().chain(&expected.may).any(|key| question.starts_with(key.as_str()));
        self.questions.iter().filter(|question| !wanted(question)).cloned().collect()
    }
}

fn written_out(range: &str) -> Vec<String> {
    let Some((from, to)) = range.split_once(':') else { return vec![range.to_owned()] };
    let letter = |text: &str| text.bytes().next().unwrap();
    (letter(from)..=letter(to)).map(|letter| char::from(letter).to_string()).collect()
}

fn score(workspace: &Workspace, file: &Path, expected: &Expected, page: &mut String) -> Score {
    let Some(proposed) = propose(workspace, file, &expected.set) else {
        writeln!(page, "refused  {}", expected.file).unwrap();
        return Score::Refused;
    };
    let (faults, idle) = (proposed.faults(expected), proposed.idle(expected));
    let score = match (faults.is_empty(), idle.is_empty(), proposed.questions.is_empty()) {
        (true, true, _) => Score::Right,
        (true, false, _) => Score::Open,
        (false, _, false) => Score::WrongAndOpen,
        (false, _, true) => Score::CompleteAndWrong,
    };
    if score != Score::Right {
        writeln!(page, "{score:?}  {}: {faults:?}; not expected: {idle:#?}", expected.file).unwrap();
    }
    score
}

/// Prints the scores, and fails where a proposal is complete and wrong or fewer than three quarters are right or rightly open.
fn hold(what: &str, scores: &[Score], page: &str) {
    let count = |score: Score| scores.iter().filter(|other| **other == score).count();
    let read = scores.len() - count(Score::Refused);
    let good = count(Score::Right) + count(Score::Open);
    println!(
        "{what}: of {read} tables that are read {} right, {} rightly open with more questions, {} wrong but not complete, {} complete \
         and wrong; {} not read\n{page}",
        count(Score::Right),
        count(Score::Open),
        count(Score::WrongAndOpen),
        count(Score::CompleteAndWrong),
        count(Score::Refused),
    );
    assert_eq!(count(Score::CompleteAndWrong), 0, "{what}\n{page}");
    assert!(good * 4 >= read * 3, "{what}: {good} of {read}\n{page}");
}

#[test]
fn no_proposal_for_a_case_is_complete_and_wrong_and_three_quarters_are_right_or_rightly_open() {
    let workspace = workspace();
    let mut page = String::new();
    let score =
        |expected: &Expected| score(&workspace, &fixtures().join("tables").join(&expected.file), expected, &mut page);
    let scores: Vec<Score> = fixture().case.iter().map(score).collect();
    hold("cases", &scores, &page);
}

/// With the indicator's name in a title nothing else becomes known, so that a trap that is not seen makes a proposal complete.
#[test]
fn a_title_that_names_the_indicator_makes_no_proposal_complete_and_wrong() {
    let workspace = workspace();
    let mut page = String::new();
    let mut scores = Vec::new();
    for expected in fixture().case.iter().filter(|expected| expected.indicator == "open") {
        let Some((file, titled)) = titled(&workspace, expected) else { continue };
        scores.push(score(&workspace, &file, &titled, &mut page));
    }
    hold("cases below a title", &scores, &page);
}

/// A copy of a text file below a title, and what is right for it.
fn titled(workspace: &Workspace, expected: &Expected) -> Option<(PathBuf, Expected)> {
    let text = std::fs::read_to_string(fixtures().join("tables").join(&expected.file)).ok()?;
    let file = workspace.path(&expected.file);
    std::fs::write(&file, format!("Arrivals\n{}", text.trim_start_matches('\u{feff}'))).unwrap();
    // Headings that are the indicator's own unit need no question, others may have one.
    let moved = |place: &String| match place.strip_prefix("row ") {
        Some(row) => format!("row {}", row.parse::<u32>().unwrap() + 1),
        None => place.clone(),
    };
    let ask: Vec<String> =
        expected.ask.iter().filter(|key| !["indicator", "header_row"].contains(&key.as_str())).cloned().collect();
    let may = expected.may.iter().cloned().chain(["header_row".to_owned()]).collect();
    let several = ask.iter().any(|key| key == "value.columns");
    let may = if several { [may, vec!["indicator".to_owned()]].concat() } else { may };
    let period = moved(&expected.period);
    Some((
        file,
        Expected { first: expected.first + 1, indicator: "arrivals".to_owned(), period, ask, may, ..expected.clone() },
    ))
}

#[test]
fn no_proposal_for_a_real_table_is_complete_and_wrong_and_three_quarters_are_right_or_rightly_open() {
    let Some(data) = real_data() else { return };
    let workspace = data_tables::workspace();
    let fixture = fixture();
    let used: BTreeSet<&str> = fixture.real.iter().map(|expected| expected.set.as_str()).collect();
    let sets = [Set::Subjects, Set::Kazakhstan, Set::Arctic, Set::Nuts2, Set::Nuts3];
    for set in sets.into_iter().filter(|set| used.contains(set.id())) {
        data_tables::import_set(&workspace, &data, set);
    }
    let mut page = String::new();
    let score = |expected: &Expected| score(&workspace, &data.join(&expected.file), expected, &mut page);
    let scores: Vec<Score> = fixture.real.iter().map(score).collect();
    hold("real tables", &scores, &page);
}
