//! What the benchmarks share: boundary sets, releases made of them, servers as processes, and load.

pub mod clock;
mod counties;
pub mod load;
pub mod process;
pub mod release;
pub mod sets;
mod squares;

/// The middle one of some figures.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
