//! XLS and XLSX: a table, or an error; no panic of the reader's gets out, and nothing is inflated without bound.
#![no_main]

use choro::intake::{self, TableOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for name in ["file.xlsx", "file.xls"] {
        let Ok(table) = intake::table::parse(name, data.to_vec(), &TableOptions::default()) else { continue };
        for row in 0..table.height().min(1_000) {
            for column in 0..table.width().min(1_000) {
                let _cell = table.get(row, column);
            }
        }
    }
});
