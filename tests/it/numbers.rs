//! Figures that the tests of faults measure: printed, never asserted. Where `CHORO_TEST_NUMBERS` names a folder they are kept
//! there, and `reliability` writes them into docs/reliability.md.

use std::{
    collections::BTreeMap,
    fmt::Display,
    fs,
    path::{Path, PathBuf},
};

/// A figure of a fault, by its number in docs/reliability.md.
pub fn say(fault: u8, name: &str, value: impl Display, unit: &str) {
    let value = format!("{value} {unit}");
    println!("fault {fault}: {name}: {}", value.trim_end());
    if let Some(folder) = folder() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{fault:02} {name}")), value.trim_end()).unwrap();
    }
}

/// Says what times in milliseconds came to: their middle, and what one of a hundred exceeds.
pub fn times(fault: u8, name: &str, ms: &mut [f64]) {
    for (part, label) in [(0.5, "p50"), (0.99, "p99")] {
        say(fault, &format!("{name}, {label}"), format!("{:.1}", quantile(ms, part)), "ms");
    }
}

/// The part of times that is at most so large.
pub fn quantile(times: &mut [f64], part: f64) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    let last = times.len() - 1;
    times[((last as f64) * part).round() as usize]
}

/// All that is kept, by fault and name; `None`: nobody asked for it.
pub fn kept() -> Option<BTreeMap<(u8, String), String>> {
    let entries = fs::read_dir(folder()?).ok()?.map(|entry| entry.unwrap().path());
    let figure = |path: PathBuf| {
        let name = path.file_name()?.to_str()?;
        let (fault, name) = name.split_once(' ')?;
        Some(((fault.parse().ok()?, name.to_owned()), fs::read_to_string(&path).unwrap()))
    };
    Some(entries.filter_map(figure).collect())
}

/// Relative to the checkout, wherever the test runs.
fn folder() -> Option<PathBuf> {
    std::env::var_os("CHORO_TEST_NUMBERS").map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
}
