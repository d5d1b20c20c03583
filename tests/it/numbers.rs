//! Figures that the tests of faults measure: printed, never asserted. Where `CHORO_TEST_NUMBERS` names a folder they are kept
//! there, and `reliability` writes them into docs/reliability.md.

use std::{
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

/// The same of times in milliseconds: their middle, and what one of a hundred exceeds.
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

/// Relative to the checkout, wherever the test runs.
fn folder() -> Option<PathBuf> {
    std::env::var_os("CHORO_TEST_NUMBERS").map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
}
