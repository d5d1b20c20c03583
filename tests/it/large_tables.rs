//! Statistics files of any length: the program holds a part of them.

use crate::{harness::Workspace, memory, squares};
use std::{fmt::Write as _, fs::File};

const INDICATORS: &str = "
[[indicator]]
id = 'arrivals'
name = { en = 'Arrivals' }
unit = { id = 'PS', name = { en = 'persons' } }
kind = 'count'
decimals = 0
declared_public = true
source = 'invented'
licence = 'CC0-1.0'
";
const MAPPING: &str = "
area = { column = 'area' }
indicator = { value = 'arrivals' }
period = { column = 'day' }
value = { column = 'persons' }
";
const IMPORT: [&str; 7] = ["import", "observations", "table.csv", "--set", "areas", "--mapping", "mapping.toml"];
/// Areas of the set.
const AREAS: usize = 400;

fn workspace() -> Workspace {
    let workspace = Workspace::new(INDICATORS);
    std::fs::write(workspace.path("areas.geojson"), squares::geojson(20, AREAS / 20, 1.0)).unwrap();
    std::fs::write(workspace.path("mapping.toml"), MAPPING).unwrap();
    workspace.ok(&["import", "boundaries", "areas.geojson", "--set", "areas", "--vintage", "1", "--code", "code"]);
    workspace
}

/// A row for each area and day, the first `rows` of them.
fn table(rows: usize) -> String {
    let mut text = "area,day,persons\n".to_owned();
    for row in 0..rows {
        let (area, day) = (row % AREAS, row / AREAS);
        let (year, month, day) = (1900 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        writeln!(text, "A{area:05},{year}-{month:02}-{day:02},{row}").unwrap();
    }
    text
}

/// The most memory, MB, that the import of a table takes, and what it says.
fn import(workspace: &Workspace, table: &str) -> (f64, String) {
    std::fs::write(workspace.path("table.csv"), table).unwrap();
    let said = workspace.path("said.txt");
    let mut child = workspace.command(&IMPORT).stdout(File::create(&said).unwrap()).spawn().unwrap();
    let (status, most) = memory::most_until_end(&mut child).unwrap();
    let said = std::fs::read_to_string(said).unwrap();
    assert!(status.success(), "{said}");
    (most / 1e6, said)
}

#[test]
fn a_table_of_four_times_as_many_rows_takes_no_more_memory() {
    let workspace = workspace();
    let table = table(600_000);
    let quarter = table.match_indices('\n').nth(150_000).unwrap().0;
    let (of_quarter, _) = import(&workspace, &table[..=quarter]);
    let (of_all, said) = import(&workspace, &table);
    println!("an import of 150,000 rows takes {of_quarter:.0} MB, one of 600,000 rows {of_all:.0} MB");
    // To hold them would take 200 bytes a row, 90 MB; the allocator's heaps are worth up to 20.
    assert!(of_all < of_quarter + 45.0, "{of_quarter} MB, then {of_all} MB");
    assert!(said.contains("600000 observations") && said.contains("450000 new, 0 changed, 150000 as before"), "{said}");
}

#[test]
fn without_room_for_its_cells_a_table_is_refused_and_the_remedy_named() {
    let workspace = workspace();
    std::fs::write(workspace.path("table.csv"), table(140_000)).unwrap();
    let output = workspace.run_with(&IMPORT, &[("TMPDIR", "/nonexistent")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("/nonexistent") && said.contains("TMPDIR"), "{said}");
    std::fs::write(workspace.path("table.csv"), table(400)).unwrap();
    workspace.ok(&IMPORT);
}
