//! Correspondence tables: what is accepted covers every area, and its weights add up.

use choro_intake::crosswalk_file;
use choro_model::{AreaCode, Correspondence, SetId, VintageId, Vintages};
use std::collections::BTreeSet;

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let Ok(table) = crosswalk_file::parse(data.to_vec(), "table.csv") else { return };
    let codes = |list: &[&str]| list.iter().map(|code| AreaCode::new(code).expect("a code")).collect::<BTreeSet<_>>();
    let (set, from, to) = (SetId::new("s"), VintageId::new("2010"), VintageId::new("2020"));
    let (set, from, to) = (set.expect("an id"), from.expect("an id"), to.expect("an id"));
    let (from_codes, to_codes) = (codes(&["A", "B", "C"]), codes(&["A", "B", "D"]));
    let vintages = Vintages { set: &set, from: &from, to: &to, from_codes: &from_codes, to_codes: &to_codes };
    match Correspondence::parse(&table, vintages) {
        Ok(correspondence) => assert!(correspondence.fits(&from_codes, &to_codes)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
