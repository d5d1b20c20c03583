//! Figures that are a thousand times those of another period, or a thousandth of them.
//!
//! A was 410 and B 95; if now A is 410000 and B 95000, the file is in another unit. If A alone is, its cell has lost a decimal sign.
//! A few persons may become thousands without a mishap, so small figures are not compared; nor are those of balances one by one,
//! which pass through zero.

mod check;
mod pairs;
mod series;
mod stored_figures;

#[cfg(test)]
mod tests;

pub use check::{ThousandfoldFindings, thousandfold};
pub use stored_figures::StoredFigures;
