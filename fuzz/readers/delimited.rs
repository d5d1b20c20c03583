//! Delimited text in any encoding: a table, or an error that says why not.

use choro_intake::statistics::{self, TableOptions};

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let Ok(table) = statistics::file::parse("file.csv", data.to_vec(), &TableOptions::default()) else { return };
    for row in 0..table.height() {
        for column in 0..table.width() {
            let _cell = table.get(row, column);
        }
    }
    let known = |key: &str| if key == "northland" { vec![0] } else { Vec::new() };
    let _proposal = statistics::propose(&table, &[], &[], &known);
}
